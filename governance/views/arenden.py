"""Ärenden: put before the styrgrupp, the page of one, and what its members say."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance import access
from governance.access import get_permitted, visible
from governance.actions import arende as actions
from governance.actions import uppdrag as uppdragen
from governance.forms.removal import RemovalForm
from governance.forms.uppdrag import ArendeForm, PositionForm
from governance.models import Aktivitet, Arende, Forvaltningsobjekt, Uppdrag
from governance.steering import styrgrupp
from governance.steering.money import written
from governance.views.editing import Done, edit_view
from governance.views.places import named

ALL = Arende.objects.select_related("objekt", "system", "raised_by")
SENT_ON = "ryms_inte"
"""The button that sends an uppdrag form here: nothing is saved yet, the ärende is filled in."""


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a matter, what each member says, and what it waits for."""
    arende = get_permitted(request.user, None, ALL, pk)
    rights = access.rights_during(request, [arende])[Arende, arende.pk]
    group = styrgrupp.styrgrupp_of(arende.objekt)
    positions = list(arende.stallningstaganden.select_related("person").order_by("pk"))
    said = {position.person_id: position for position in positions}
    rows = [(p, group.stands_for(p), said.pop(p.pk, None)) for p in group.members]
    uppdrag = visible(request.user, Uppdrag.objects.filter(arende=arende).order_by("pk"))
    granted = arende.status == Arende.Status.BIFALLET
    context = {
        "arende": arende,
        "objekt": arende.objekt,
        "rows": rows if arende.is_open else [],
        "positions": list(said.values()) if arende.is_open else positions,
        "stands": styrgrupp.outcome(group, positions).sentence if arende.is_open else "",
        "is_member": arende.is_open and request.user in group.members,
        "own": next((p for p in positions if p.person_id == request.user.pk), None),
        "may_refer": arende.is_open and actions.REFER in rights,
        "may_change": arende.is_open and actions.REFER in rights and not positions,
        "may_initiate": granted and uppdragen.INITIATE in rights,
        "uppdrag": uppdrag,
        "members": f"{styrgrupp.VERKSAMHET} {styrgrupp.IT}".split(),
        "history": reverse("governance:arende_history", args=[arende.pk]),
    }
    return render(request, "governance/arende_detail.html", context)


def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a matter before the styrgrupp (6.3.U12, 6.5.U8), with what was typed about an uppdrag."""
    objekt = get_permitted(request.user, actions.REFER, Forvaltningsobjekt.objects.all(), pk)
    waiting = Uppdrag.objects.filter(objekt=objekt, status=Uppdrag.Status.INITIERAT)
    uppdrag = named(request, "uppdrag", waiting.select_related("aktivitet__system"))
    context = {
        "objekt": objekt,
        "about": uppdrag,
        "cancel": uppdrag.get_absolute_url()
        if uppdrag
        else reverse("governance:uppdrag_list", args=[objekt.pk]),
    }
    make_form = partial(ArendeForm, user=request.user, objekt=objekt)
    if SENT_ON in request.POST:
        form = make_form(initial=from_typed(request, uppdrag))
        return render(request, "governance/arende_form.html", {**context, "form": form})
    if uppdrag is not None:
        make_form = partial(make_form, initial=from_uppdrag(uppdrag))
    return edit_view(
        request,
        lambda data: make_form(data=data, instance=Arende(objekt=objekt)),
        partial(actions.refer, request.user, objekt, uppdrag=uppdrag),
        lambda made: on_page(made, _("Ärendet %s är föredraget för styrgruppen.")),
        template="governance/arende_form.html",
        context=context,
    )


def from_uppdrag(uppdrag: Uppdrag) -> dict[str, Any]:
    """Return what an uppdrag says, as an ärende."""
    facts = {
        _("Aktivitet i planen"): uppdrag.aktivitet,
        _("Utförs av"): uppdrag.assignee,
        _("Börjar"): uppdrag.starts_on,
        _("Klart senast"): uppdrag.ends_on,
    }
    return {
        "title": uppdrag.title,
        "description": described(uppdrag.description, facts),
        "belopp": uppdrag.belopp,
        "system": uppdrag.aktivitet.system_id if uppdrag.aktivitet else None,
    }


def from_typed(request: HttpRequest, uppdrag: Uppdrag | None) -> dict[str, Any]:
    """Return all that was typed about an uppdrag, as an ärende: nothing is lost on the way."""
    typed = request.POST
    chosen = typed.get("aktivitet", "")
    activities = visible(request.user, Aktivitet.objects.select_related("plan"))
    aktivitet = uppdrag.aktivitet if uppdrag else None
    if aktivitet is None and chosen.isdecimal() and len(chosen) < 19:
        aktivitet = activities.filter(pk=chosen).first()
    facts = {
        _("Aktivitet i planen"): aktivitet,
        _("Aktivitetens kostnadsram"): written(aktivitet.ram) if aktivitet else "",
        _("Utförs av"): typed.get("assignee"),
        _("Börjar"): typed.get("starts_on"),
        _("Klart senast"): typed.get("ends_on"),
        _("Anledning"): typed.get("reason"),
    }
    return {
        "title": typed.get("title", ""),
        "description": described(typed.get("description", ""), facts),
        "belopp": typed.get("belopp", ""),
        "system": aktivitet.system_id if aktivitet else None,
    }


def described(text: str, facts: dict[str, Any]) -> str:
    """Return a text with facts below it, a line each; those that say nothing are left out."""
    lines = [f"{label}: {value}" for label, value in facts.items() if value]
    return "\n\n".join(part for part in (text.strip(), "\n".join(lines)) if part)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a matter, until somebody has taken a stand on it."""
    arende = get_permitted(request.user, actions.REFER, ALL, pk)
    return edit_view(
        request,
        lambda data: ArendeForm(
            data=data,
            user=request.user,
            objekt=arende.objekt,
            instance=ALL.get(pk=arende.pk),
            version=arende.version,
        ),
        partial(actions.change, request.user, arende),
        lambda saved: on_page(saved, _("Ärendet %s är sparat.")),
        template="governance/arende_form.html",
        context={"objekt": arende.objekt, "arende": arende, "cancel": arende.get_absolute_url()},
    )


def position(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a stand as a member of the styrgrupp."""
    arende = get_permitted(request.user, None, ALL, pk)
    styrgrupp.require_member(request.user, arende.objekt)
    own = arende.stallningstaganden.filter(person=request.user.pk).first()
    initial = {"bifall": "ja" if own.bifall else "nej", "note": own.note} if own else {}
    return edit_view(
        request,
        partial(PositionForm, user=request.user, initial=initial),
        partial(actions.take_position, request.user, arende),
        lambda saved: on_page(saved, told(saved)),
        template="governance/arende_step.html",
        context={
            "arende": arende,
            "objekt": arende.objekt,
            "heading": _("Ta ställning"),
            "submit": _("Ta ställning"),
            "cancel": arende.get_absolute_url(),
        },
    )


def told(arende: Arende) -> str:
    """Return what a position led to."""
    if arende.status == Arende.Status.BIFALLET:
        return _("Ditt ställningstagande är sparat. Ärendet %s är bifallet.")
    if arende.status == Arende.Status.AVSLAGET:
        return _("Ditt ställningstagande är sparat. Ärendet %s är avslaget.")
    return _("Ditt ställningstagande till %s är sparat. Ärendet är öppet.")


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a matter back."""
    arende = get_permitted(request.user, actions.REFER, ALL, pk)
    return edit_view(
        request,
        partial(RemovalForm, user=request.user),
        partial(actions.withdraw, request.user, arende),
        lambda saved: on_page(saved, _("Ärendet %s är återtaget.")),
        template="governance/arende_step.html",
        context={
            "arende": arende,
            "objekt": arende.objekt,
            "heading": _("Återta ärendet"),
            "submit": _("Återta ärendet"),
            "button": "btn-danger",
            "cancel": arende.get_absolute_url(),
        },
    )


def on_page(arende: Arende, sentence: str) -> Done:
    """Lead to the matter's page."""
    history = reverse("governance:arende_history", args=[arende.pk])
    return Done(sentence % arende, arende.get_absolute_url(), history)
