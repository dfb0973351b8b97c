"""Att göra as a list: everything that waits for a person, kind by kind; the kind is in the address."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance import access, todo
from governance.forms.listing import ListForm
from governance.lists.columns import column
from governance.lists.listing import CHUNK

SOME = 5
PAGE = 50


class TodoList(ListForm):
    """What waits for somebody, of the kind that the address names or of every kind."""

    cells = (
        column(_("Att göra"), "sentence"),
        column(_("Förvaltningsobjekt"), "where"),
        column(_("Sedan"), "since"),
        column(_("Avsnitt"), "clause"),
    )

    slag = forms.ChoiceField(label=_("Slag"), required=False)

    def __init__(self, user: access.Person, params: QueryDict) -> None:
        self.user = user
        super().__init__(params)

    def add_fields(self) -> None:
        """Offer every kind there is; there is nothing to search in."""
        del self.fields["q"]
        names = [(p.code, gettext(p.name)) for p in todo.all_providers()]
        self.fields["slag"].choices = [("", _("Allt")), *names]  # type: ignore[attr-defined]

    @property
    def provider(self) -> todo.Provider | None:
        """The kind that is asked for."""
        return todo.get(self.chosen.get("slag", ""))

    def page(self, number: Any) -> Page[Any] | None:
        """Return a page of the kind that is asked for, as tasks; nothing when none is."""
        if self.provider is None:
            return None
        page = Paginator(todo.rows_of(self.provider, self.user), PAGE).get_page(number)
        page.object_list = [self.provider.task(row) for row in page.object_list]
        return page

    def rows(self, _using: str = "") -> Iterator[todo.Task]:
        """Yield everything of the kind that is asked for, or of every kind."""
        for provider in [self.provider] if self.provider else todo.all_providers():
            rows = todo.rows_of(provider, self.user)
            yield from map(provider.task, rows.iterator(chunk_size=CHUNK))
