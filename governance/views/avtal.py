"""Agreements: all of them, those of an object, the page of one, register, change, correct, remove."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance import access
from governance.actions import avrop
from governance.actions import avtal as actions
from governance.actions import avtal_signing as signing
from governance.forms.avtal import AvtalForm, CorrectionForm
from governance.forms.removal import RemovalForm
from governance.lists import prepared
from governance.lists.avtal import AvtalListing
from governance.models import Avrop, Avtal, Forvaltningsobjekt, Informationssystem
from governance.steering import follow_up, notice
from governance.views.editing import Done, edit_view
from governance.views.lists import paged, shown

LATEST = 5
ALL = Avtal.objects.select_related(
    "objekt", "leverantor", "approved_by", "signed_by", "plan", "updated_by"
)


def history(avtal: Avtal) -> str:
    """Return the address of the agreement's history."""
    return reverse("governance:avtal_history", args=[avtal.pk])


def done(sentence: str, avtal: Avtal) -> Done:
    """Lead to the agreement's page and say what happened."""
    return Done(sentence % {"avtal": avtal}, avtal.get_absolute_url(), history(avtal))


def with_days(rows: QuerySet[Avtal]) -> QuerySet[Any]:
    """Give agreements their days as they stand today."""
    rows = notice.with_days(rows.select_related("leverantor"), timezone.localdate())
    return rows.annotate(follow_up_by=follow_up.due())


def soon() -> dict[str, Any]:
    """Return the days that the marks of a table of agreements compare with."""
    today = timezone.localdate()
    return {"today": today, "soon": today + notice.AHEAD}


@require_safe
def avtal_all(request: HttpRequest) -> HttpResponse:
    """Show the agreements that the address asks for."""
    listing = AvtalListing(request.user, request.GET)
    context = {**shown(listing, paged(request, listing), "avtal"), **soon()}
    return render(request, "governance/avtal_all.html", context)


@require_safe
def avtal_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the agreements of an object that the address asks for."""
    objekt = access.get_permitted(request.user, None, Forvaltningsobjekt.objects.all(), pk)
    listing = AvtalListing(request.user, request.GET, within=objekt)
    may_register = access.may(request.user, actions.CHANGE, objekt)
    context = {
        **shown(listing, paged(request, listing), "avtal"),
        "objekt": objekt,
        "may_register": may_register and objekt.status != "avvecklat",
        **soon(),
    }
    return render(request, "governance/avtal_list.html", context)


@require_safe
def avtal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an agreement: its terms and days, what it covers, what is done with it."""
    avtal = access.get_permitted(request.user, None, with_days(ALL), pk)
    held = access.permissions_on(request.user, [avtal])[avtal.pk]
    context = {
        "avtal": avtal,
        "systems": avtal.systems.select_related("objekt"),
        "extensions": avtal.avtalsforlangning.all(),
        "follow_ups": avtal.avtalsuppfoljning.select_related("updated_by"),
        "files": avtal.avtalsfil.select_related("updated_by"),
        "history": history(avtal),
        "then": notice.unattended(avtal, timezone.localdate()),
        **soon(),
        **doable(avtal, held),
        **call_offs(request, avtal, held),
    }
    return render(request, "governance/avtal_detail.html", context)


def call_offs(request: HttpRequest, avtal: Any, held: frozenset[str]) -> dict[str, Any]:
    """Return what has been called off from a signed agreement, what is left, and whether one may."""
    if avtal.status == Avtal.Status.REGISTRERAT:
        return {}
    rows = access.visible(request.user, Avrop.objects.filter(avtal=avtal, withdrawn_on=None))
    left = avrop.remaining(avtal)
    return {
        "avrop": rows[:LATEST],
        "avrop_count": rows.count(),
        "left": left,
        "may_call_off": avrop.CALL_OFF in held and avrop.is_open(avtal, avtal.until, left),
    }


def doable(avtal: Avtal, held: frozenset[str]) -> dict[str, Any]:
    """Return what this person can do with the agreement as it stands, for the page's links."""
    registered, signed = avtal.status == "registrerat", avtal.status == "tecknat"
    living = avtal.objekt.status != "avvecklat"
    signs, outside = actions.SIGN in held, held.issuperset(signing.OUTSIDE)
    covering = signing.covering_plan(avtal, timezone.localdate())
    planned = bool(covering) or (registered and signing.planned(avtal))
    extends = signs and living and not signing.option_refused(avtal)
    signs_now = signs and registered and living and not avtal.needs_approval
    return {
        "covering": covering,
        "planned": planned,
        "may_change": actions.CHANGE in held,
        "may_remove": actions.CHANGE in held and registered,
        "may_approve": actions.APPROVE in held and registered and avtal.needs_approval and living,
        "may_sign": signs_now and (planned or outside),
        "may_correct": signs and not registered,
        "may_extend": extends and (bool(covering) or outside),
        "extends_outside": extends and not covering and not outside,
        "may_terminate": signs and signed,
        "may_follow_up": signs and not registered,
    }


def avtal_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Register an agreement on an object (6.3.U4)."""
    objects = Forvaltningsobjekt.objects.all()
    objekt = access.get_permitted(request.user, actions.CHANGE, objects, pk)
    return edit_view(
        request,
        partial(AvtalForm, user=request.user, instance=Avtal(objekt=objekt)),
        partial(actions.create, request.user, objekt),
        lambda made: done(
            _("%(avtal)s är registrerat. Nästa steg är att det godkänns.")
            if made.needs_approval
            else _("%(avtal)s är registrerat. Nästa steg är att det tecknas."),
            made,
        ),
        context={
            "parent": objekt.name,
            "heading": _("Registrera avtal"),
            "submit": _("Registrera avtalet"),
            "cancel": reverse("governance:avtal_list", args=[objekt.pk]),
        },
    )


def avtal_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an agreement's entry (6.3.U4)."""
    avtal = access.get_permitted(request.user, actions.CHANGE, ALL, pk)
    title, lead = avtal.title, ""
    if avtal.status != Avtal.Status.REGISTRERAT:
        lead = _("Avtalet är tecknat. Villkoren rättas av den som får teckna avtal.")
    elif avtal.approved_on:
        lead = _("Avtalet är godkänt. Om du ändrar villkoren behöver det godkännas igen.")
    return edit_view(
        request,
        partial(AvtalForm, user=request.user, instance=avtal, version=avtal.version),
        partial(actions.change, request.user, avtal),
        lambda saved: done(_("Uppgifterna om %(avtal)s är sparade."), saved),
        context={
            "parent": title,
            "heading": _("Ändra uppgifter"),
            "lead": lead,
            "submit": _("Spara uppgifterna"),
            "cancel": avtal.get_absolute_url(),
        },
    )


def avtal_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the terms of a signed agreement, for a reason."""
    avtal = access.get_permitted(request.user, actions.SIGN, ALL, pk)
    title = avtal.title
    return edit_view(
        request,
        partial(CorrectionForm, user=request.user, instance=avtal, version=avtal.version),
        partial(actions.correct, request.user, avtal),
        lambda saved: done(_("Villkoren i %(avtal)s är rättade."), saved),
        context={
            "parent": title,
            "heading": _("Rätta villkoren"),
            "lead": _("Registret ska säga det som parterna har skrivit under."),
            "submit": _("Rätta villkoren"),
            "cancel": avtal.get_absolute_url(),
        },
    )


def avtal_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove an agreement that was registered by mistake; its history stays."""
    avtal = access.get_permitted(request.user, actions.CHANGE, ALL, pk)
    said = _("%s är borttaget.") % avtal
    address = reverse("governance:avtal_list", args=[avtal.objekt_id])
    changes = reverse("governance:objekt_history", args=[avtal.objekt_id])
    return edit_view(
        request,
        partial(RemovalForm, user=request.user),
        partial(actions.remove, request.user, avtal),
        lambda _nothing: Done(said, address, changes),
        context={
            "parent": avtal.title,
            "heading": _("Ta bort avtalet"),
            "lead": _("Avtalet och dess filer tas bort ur registret. Historiken finns kvar."),
            "submit": _("Ta bort avtalet"),
            "button": "btn-danger",
            "cancel": avtal.get_absolute_url(),
        },
    )


def of_system(request: HttpRequest, system: Informationssystem) -> list[Avtal]:
    """Return the agreements that cover a system, for its page."""
    return prepared.fetch(_of_system, reader=request.user, subject=system.pk)


def _of_system(reader: access.Person) -> QuerySet[Any]:
    rows = Avtal.objects.filter(avtalssystem__system=prepared.SUBJECT)
    return with_days(access.visible(reader, rows)).order_by("sort_key", "pk")
