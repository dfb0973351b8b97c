"""Hand over everything a person answers for: choose, see what it means, confirm."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from governance import access
from governance.models import Informationsmangd
from governance.refusals import patiently
from governance.views.editing import Done, add_errors, edit_view, saved_already
from roles import panel, transfer, who
from roles.catalogue import BY_CODE, Role
from roles.forms.transfer import TransferForm
from roles.models import User
from roles.preview import taken_back
from roles.requirements import (
    ONE_DAY,
)
from roles.transfer import Item
from roles.views.me import me
from roles.views.two_steps import MARK, exactly, mark_of

TEMPLATE = "roles/transfer_all.html"
NOT_KEPT = ("csrfmiddlewaretoken", "change", MARK)


def transfer_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose successors, show what it means, and hand over when that is confirmed.

    Both the preview and the confirmation carry the action out; the preview takes it back. What is
    confirmed is what was shown, as its mark tells; where anything has changed it is shown again.
    """
    person = access.get_permitted(request.user, None, User.objects.all(), pk)
    actor = me(request)
    items = transfer.items_of(person, timezone.localdate(), seen_by=actor)
    may = transfer.permitted(actor, items)
    mine = [item for item in items if may[item.key]]
    others = [item for item in items if not may[item.key]]
    if others and not mine:
        raise access.Forbidden(others[0].permission, others[0].objekt)
    make_form = partial(TransferForm, user=actor, items=mine)
    action = partial(transfer.transfer_all, actor, person)
    context = {"person": person, "others": with_who_may(actor, others)}
    if request.method == "POST" and (answer := review(request, make_form, action, context)):
        return answer
    return edit_view(
        request,
        make_form,
        action,
        lambda given: _done(person, given),
        template=TEMPLATE,
        context=context,
    )


def review(
    request: HttpRequest,
    make_form: Callable[..., TransferForm],
    action: Callable[..., Any],
    context: dict[str, Any],
) -> HttpResponse | None:
    """Show what would change; nothing when just that has been shown and is confirmed.

    A refusal is shown on the form.
    """
    form = make_form(data=request.POST)
    valid = form.is_valid()
    if "change" in request.POST:
        return render(request, TEMPLATE, {**context, "form": form})
    if made := saved_already(request, form):
        return HttpResponseRedirect(made)
    if valid:
        mark = mark_of(form, said(form))
        if request.POST.get(MARK) == mark:
            return None
        if tried(form, action):
            shown = {**told(form), "mark": mark, "changed": MARK in request.POST}
            return render(request, "roles/transfer_preview.html", {**context, **shown})
    return render(request, TEMPLATE, {**context, "form": form}, status=422)


def tried(form: TransferForm, action: Callable[..., Any]) -> bool:
    """Carry the action out and take it back; put a refusal on the form."""
    try:
        patiently(lambda: taken_back(lambda: action(**form.arguments())))
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True


def said(form: TransferForm) -> list[str]:
    """Return what the preview says of each item, exactly: whose it becomes, and its days."""
    days = ("valid_from", "valid_to")
    return [
        f"{item.key} {item} {exactly(item.objekt)} {exactly(form.successors.get(item.key))}"
        f" {[exactly(getattr(item.thing, day, None)) for day in days]}"
        for item in form.items
    ]


def told(form: TransferForm) -> dict[str, Any]:
    """Return the consequence: per successor each item, and the mandates that its roles carry."""
    gains: dict[User, list[Item]] = {}
    for item in form.items:
        if item.key in form.successors:
            gains.setdefault(form.successors[item.key], []).append(item)
    return {
        "form": form,
        "on": form.cleaned_data["on"],
        "last": form.cleaned_data["on"] - ONE_DAY,
        "gains": [(successor, got, roles_of(got)) for successor, got in gains.items()],
        "number": len(form.successors),
        "early": early(form),
        "kept": [
            (name, value)
            for name, values in cast(QueryDict, form.data).lists()
            if name not in NOT_KEPT
            for value in values
        ],
    }


def early(form: TransferForm) -> int:
    """Return how many informationsmängder change owner today though the day is a later one."""
    if form.cleaned_data["on"] <= timezone.localdate():
        return 0
    given = (item.thing for item in form.items if item.key in form.successors)
    return sum(isinstance(thing, Informationsmangd) for thing in given)


def roles_of(items: Sequence[Item]) -> list[Role]:
    """Return the roles whose mandates go with the items."""
    found = {item.role.code for item in items if item.role}
    return [role for code, role in BY_CODE.items() if code in found]


def with_who_may(user: User, items: Sequence[Item]) -> list[tuple[Item, str]]:
    """Pair each item with who may hand it over: a fixed number of queries."""
    panels = panel.load(user, {item.objekt.pk: item.objekt for item in items}.values())
    return [(item, who.who_may([panels[item.objekt.pk]], item.permission)) for item in items]


def _done(person: User, given: Sequence[Item]) -> Done:
    words = ngettext(
        "Ett uppdrag är överlämnat från %(who)s.",
        "%(n)d uppdrag är överlämnade från %(who)s.",
        len(given),
    )
    history = reverse("roles:person_history", args=[person.pk])
    return Done(words % {"n": len(given), "who": person}, person.get_absolute_url(), history)
