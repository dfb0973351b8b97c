"""The page of a förvaltningsobjekt, and what can be done to its entry."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance import access, rules
from governance.actions import objekt as actions
from governance.forms.objekt import ObjektForm
from governance.lists import rows
from governance.models import Forvaltningsobjekt, Informationssystem
from governance.rules.facts import VERIFIED_FOR
from governance.rules.findings import entries
from governance.views.editing import Done, carried_out, edit_view
from governance.views.lists import exports

CHANGE, DECIDE = actions.CHANGE, "decide_livscykel"


@require_safe
def objekt_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an object: who answers for it, what is to be mended, its systems, who may do what."""
    objekt = rows.get(request.user, Forvaltningsobjekt, pk, related=("verified_by",))
    systems = systems_of(request, objekt)
    rights = access.rights_during(request, [objekt, *systems])
    permissions = rights[Forvaltningsobjekt, objekt.pk]
    found = entries(rules.findings_in([objekt]) + rules.findings_in(systems), rights)
    open_to_change = CHANGE in permissions and objekt.status != "avvecklat"
    context = {
        "objekt": objekt,
        "systems": systems,
        "system_count": len(systems),
        "entries": found,
        "finding_count": sum(len(entry.things) for entry in found),
        "due": objekt.verified_on and objekt.verified_on + VERIFIED_FOR,
        "may_change": CHANGE in permissions,
        "may_verify": open_to_change,
        "may_add_system": open_to_change,
        "staffs": any(entry.url and entry.rule.url_args for entry in found),
        "status_url": DECIDE in permissions and reverse("roles:objekt_status", args=[objekt.pk]),
        "history": history(objekt),
        "exports": exports("system"),
    }
    return render(request, "governance/objekt_detail.html", context)


def systems_of(request: HttpRequest, objekt: Forvaltningsobjekt) -> list[Informationssystem]:
    """Return the object's systems that the person may know of, carrying what they break."""
    systems = rows.of(
        request.user,
        Informationssystem,
        "objekt",
        [objekt.pk],
        related=("leverantor", "updated_by"),
    )
    for system in systems:
        system.objekt = objekt
    return systems


def done(message: str, objekt: Forvaltningsobjekt) -> Done:
    """Lead to the object's page and say what happened, with a link to its history."""
    return Done(message, objekt.get_absolute_url(), history(objekt))


def history(objekt: Forvaltningsobjekt) -> str:
    """Return the address of the object's history."""
    return reverse("governance:objekt_history", args=[objekt.pk])


def objekt_create(request: HttpRequest) -> HttpResponse:
    """Register an object as an utkast. For Administratörer."""
    access.require(request.user, "add_forvaltningsobjekt")
    return edit_view(
        request,
        partial(ObjektForm, user=request.user),
        partial(actions.create, request.user),
        lambda made: done(_("%(name)s är registrerat som utkast.") % {"name": made}, made),
        context={
            "heading": _("Registrera förvaltningsobjekt"),
            "lead": _(
                "Det blir ett utkast. När fem roller är tillsatta kan det tas i förvaltning."
            ),
            "submit": _("Registrera"),
            "cancel": reverse("governance:objekt_list"),
        },
    )


def objekt_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the object's entry (6.3.U4, 6.3.U5)."""
    objekt = access.get_permitted(request.user, CHANGE, Forvaltningsobjekt.objects.all(), pk)
    name = objekt.name  # the form writes what was typed into the object
    return edit_view(
        request,
        partial(ObjektForm, user=request.user, version=objekt.version, instance=objekt),
        partial(actions.change, request.user, objekt),
        lambda saved: done(_("Uppgifterna om %(name)s är sparade.") % {"name": saved}, saved),
        context={
            "parent": name,
            "heading": _("Ändra uppgifter"),
            "submit": _("Spara uppgifterna"),
            "cancel": objekt.get_absolute_url(),
        },
    )


@require_POST
def objekt_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that the object's entry is correct today (6.3.U5); `next` leads back to a list."""
    objekt = access.get_permitted(request.user, CHANGE, Forvaltningsobjekt.objects.all(), pk)
    said = _("Du har bekräftat att uppgifterna om %(name)s stämmer.") % {"name": objekt}
    back = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    done = Done(said, back if here else objekt.get_absolute_url(), history(objekt))
    return carried_out(request, partial(actions.verify, request.user, objekt), done)
