"""Which rows a list's address asks for: search and facets, of what the person may know of."""

from collections.abc import Callable, Sequence
from functools import cache, cached_property, partial
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from governance import access
from governance.forms.listing import ListForm
from governance.lists import prepared
from governance.lists.facets import Way, facets_of, ways_of
from governance.lists.search import Word, folded_terms, found, hits, terms

COUNTED = 60
"""Most choices of one facet that are counted: beyond that the numbers cost more than they tell."""


class Selection(ListForm):
    """The rows that an address asks for, and the form that says which they are.

    `user` is who looks; `params` is the address after the ?. Nothing in the address can fail:
    what is not understood is left out, and `ignored` says so. A field that is no facet has a
    method `selects_<name>(value)` → Q.
    """

    model: ClassVar[type[Model]]
    ranks: ClassVar[bool] = True
    """Whether a search puts the best match first."""
    keeps: ClassVar[bool] = False
    """Whether the reader and the address alone decide which rows there are (governance/lists/kept.py)."""
    settled: frozenset[str] = frozenset()
    """Facets that the page has already decided, and that are not offered."""

    def __init__(self, user: access.Person, params: QueryDict) -> None:
        self.user, self.ranked = user, True
        self.few: list[Any] | None = None
        offered = (f for f in facets_of(self.model) if f.name not in self.settled)
        self.facets = {facet.name: facet for facet in offered}
        self.options = {name: list(facet.choices()) for name, facet in self.facets.items()}
        if searching := self.ranks and bool(terms(params.get("q", ""))):
            self.sorts = (("", _("Bästa träff")), *type(self).sorts)
        super().__init__(params)
        if not searching:
            self._hide_first_order()

    def _hide_first_order(self) -> None:
        """Let the form leave the usual order out of the address: a search ranks by itself."""
        (_key, label), *others = self.sorts
        self.fields["sort"].widget.choices = [("", label), *others]

    def add_fields(self) -> None:
        """Add a select field for every facet."""
        for name, facet in self.facets.items():
            pairs = [(choice.key, choice.label) for choice in self.options[name]]
            self.fields[name] = forms.ChoiceField(
                label=facet.label, required=False, choices=[("", facet.any_label), *pairs]
            )
        self.order_fields([*self.facets])

    @property
    def text(self) -> str:
        """What is searched for."""
        return str(self.chosen.get("q", ""))

    @cached_property
    def words(self) -> list[Word]:
        """The words that are searched for, folded."""
        return [*folded_terms(self.text)]

    @property
    def order(self) -> str:
        """The order that applies; nothing while a search puts the best match first."""
        usual = "" if self.ranks and terms(self.text) else type(self).sorts[0][0]
        return str(self.chosen.get("sort") or usual)

    @cached_property
    def selections(self) -> dict[str, Q]:
        """What each active filter selects; search and order are none."""
        chosen = {n: value for n, value in self.chosen.items() if n not in ("q", "sort")}
        return {name: self._selected(name, value) for name, value in chosen.items()}

    def _selected(self, name: str, value: Any) -> Q:
        if name in self.facets:
            return next(choice.q() for choice in self.options[name] if choice.key == value)
        selects: Q = getattr(self, f"selects_{name}")(value)
        return selects

    @cached_property
    def numbered(self) -> list[str]:
        """The facets with so few choices that each is counted."""
        return [name for name, several in self.options.items() if len(several) <= COUNTED]

    @cached_property
    def boxes(self) -> list[str]:
        """The filters that are on or off."""
        return [n for n, field in self.fields.items() if isinstance(field, forms.BooleanField)]

    @property
    def visible(self) -> QuerySet[Any]:
        """Everything of the kind that the person may know of."""
        return access.visible(self.user, self.model._default_manager.all())

    def searched(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow to what the text finds, here or by way of something else."""
        return found(rows, self.words, self._ways_elsewhere, often=not self.ranked)

    def hits(self, rows: QuerySet[Any], most: int) -> QuerySet[Any]:
        """Return the ids of what the text finds, at most so many, in no order."""
        return hits(rows, self.words, self._ways_elsewhere, most)

    def filtered(self, *, without: Sequence[str] = ()) -> QuerySet[Any]:
        """Return the rows in no order; `without` leaves out those filters."""
        rows = self._selecting(without)
        return (
            self.searched(rows) if self.few is None else rows.filter(prepared.is_one_of(self.few))
        )

    def _selecting(self, without: Sequence[str] = ()) -> QuerySet[Any]:
        """Return the rows that the filters leave, whatever is searched for."""
        rows = self.visible
        for name, selects in self.selections.items():
            if name not in without:
                rows = rows.filter(selects)
        return rows.order_by()

    @cached_property
    def _ways_elsewhere(self) -> list[Callable[[Word], Q]]:
        """The ways of searching, which say only once what a word selects."""
        return [cache(partial(_as_seen_by, self.user, way)) for way in ways_of(self.model)]


def _as_seen_by(user: access.Person, way: Way, word: Word) -> Q:
    return way(word, user)
