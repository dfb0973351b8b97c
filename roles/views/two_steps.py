"""Changes of responsibility in two steps: see what it means, then confirm. Complete without script.

The first post shows the consequence below the form, with a mark of it; a post that carries the
same mark is carried out. Where the form, or the register, has changed since, the consequence is
shown again instead.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from governance.forms.base import PLUMBING, RegisterFormMixin
from governance.refusals import patiently
from governance.views.editing import (
    Done,
    add_errors,
    edit_view,
    made_before,
    posting,
    status_of,
)
from roles.consequences import Consequence
from roles.preview import preview

MARK = "granskat"


@dataclass(frozen=True)
class Change:
    """A change to be shown and then carried out, and the words of its page."""

    objects: tuple[int, ...]
    make_form: Callable[..., RegisterFormMixin]
    action: Callable[..., Any]
    done: Callable[[Any], Done]
    title: str
    submit: str
    cancel: str
    sentences: Callable[..., list[str]] = lambda **_arguments: []
    """What else it means, given the action's arguments."""
    context: dict[str, Any] = field(default_factory=dict)
    template: str = "roles/staffing_form.html"

    @property
    def page(self) -> dict[str, Any]:
        """Return what the template needs before anything has been posted."""
        return {
            **self.context,
            "title": self.title,
            "submit": _("Granska"),
            "cancel": self.cancel,
        }


def two_steps(request: HttpRequest, change: Change) -> HttpResponse:
    """Show the form, then the consequence, then do it.

    Answers 422 with the errors of the form or the action, beside the fields they name.
    """
    if request.method != "POST":
        return _edit(request, change)
    form = change.make_form(data=request.POST)
    if not form.is_valid():
        return _edit(request, change)
    posted = posting(form)
    if posted and (made := made_before(request, posted)):
        return HttpResponseRedirect(made)
    try:
        action = partial(change.action, **form.arguments())
        consequences = patiently(partial(preview, change.objects, action))
    except ValidationError as error:
        add_errors(form, error)
        page = {**change.page, "form": form}
        return render(request, change.template, page, status=status_of(error))
    sentences = change.sentences(**form.arguments())
    mark = mark_of(form, [*map(_told, consequences), *sentences])
    if request.POST.get(MARK) == mark:
        return _edit(request, change)
    page = {
        **change.page,
        "form": form,
        "submit": change.submit,
        "before_submit": "roles/_consequences.html",
        "consequences": consequences,
        "sentences": sentences,
        "mark": mark,
        "changed": MARK in request.POST,
    }
    return render(request, change.template, page)


def _edit(request: HttpRequest, change: Change) -> HttpResponse:
    return edit_view(
        request,
        change.make_form,
        change.action,
        change.done,
        template=change.template,
        context=change.page,
    )


def mark_of(form: RegisterFormMixin, told: Iterable[str]) -> str:
    """Return a digest of what was filled in and of what it was said to mean."""
    filled = {n: v for n, v in form.cleaned_data.items() if n not in PLUMBING}
    said = [f"{name}: {exactly(value)}" for name, value in sorted(filled.items())]
    return hashlib.sha256("\n".join([*said, *told]).encode()).hexdigest()


def _told(one: Consequence) -> str:
    entries = [(entry.mandate.clause, exactly(entry.system)) for entry in one.entries]
    return f"{exactly(one.party)} {one.heading} {entries}"


def exactly(value: Any) -> str:
    """Return what tells a value from every other: many people, and systems, are called the same."""
    if isinstance(value, QuerySet):
        return f"{value.model.__name__} {sorted(row.pk for row in value)}"
    return f"{type(value).__name__} {value.pk}" if isinstance(value, Model) else repr(value)
