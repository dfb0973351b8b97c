"""The page of a system, and what can be done to its entry."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance import access, rules
from governance.actions import system as actions
from governance.duplicates import similar
from governance.forms.system import LivscykelForm, SystemForm
from governance.lists import rows
from governance.models import Forvaltningsobjekt, Informationssystem
from governance.rules.findings import entries
from governance.subjects import facts
from governance.views import avtal, bedomning
from governance.views.editing import Done, edit_view

CHANGE, DECIDE = actions.CHANGE, "decide_livscykel"
RELATED = ("objekt", "leverantor", "informationen_ags_av", "updated_by")
ALL = Informationssystem.objects.select_related(*RELATED)


@require_safe
def system_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything known of a system, by subject, and who answers for it."""
    system = rows.get(request.user, Informationssystem, pk, related=RELATED)
    rights = access.rights_during(request, [system])
    permissions = rights[Informationssystem, system.pk]
    found = entries(rules.findings_in([system]), rights)
    context = {
        "system": system,
        "systems": [system],
        "objekt": system.objekt,
        "entries": found,
        "facts": list(facts(system)),
        "sides": bedomning.panel(request, system),
        "agreements": avtal.of_system(request, system),
        **avtal.soon(),
        "may_change": CHANGE in permissions,
        "may_decide": DECIDE in permissions,
        "history": reverse("governance:system_history", args=[system.pk]),
        "move_url": reverse("roles:system_move", args=[system.pk]),
    }
    return render(request, "governance/system_detail.html", context)


def done(message: str, system: Informationssystem) -> Done:
    """Lead to the system's page and say what happened, with a link to its history."""
    history = reverse("governance:system_history", args=[system.pk])
    return Done(message % {"name": system}, system.get_absolute_url(), history)


def system_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a system on an object (6.3.U4)."""
    objekt = access.get_permitted(request.user, CHANGE, Forvaltningsobjekt.objects.all(), pk)
    return edit_view(
        request,
        partial(SystemForm, user=request.user),
        partial(actions.create, request.user, objekt),
        lambda made: done(_("%(name)s är registrerat."), made),
        context={
            "parent": objekt.name,
            "heading": _("Lägg till system"),
            "lead": _("Bara namnet behövs nu. Det som saknas visas sedan på systemets sida."),
            "submit": _("Lägg till system"),
            "cancel": objekt.get_absolute_url(),
        },
    )


def system_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a system's entry (6.3.U4, 6.3.U5)."""
    system = access.get_permitted(request.user, CHANGE, ALL, pk)
    name = system.name  # the form writes what was typed into the system
    return edit_view(
        request,
        partial(SystemForm, user=request.user, version=system.version, instance=system),
        partial(actions.change, request.user, system),
        lambda saved: done(_("Uppgifterna om %(name)s är sparade."), saved),
        context={
            "parent": name,
            "heading": _("Ändra uppgifter"),
            "submit": _("Spara uppgifterna"),
            "cancel": system.get_absolute_url(),
        },
    )


def system_livscykel(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide where a system is in its life (6.2.B7)."""
    system = access.get_permitted(request.user, DECIDE, ALL, pk)
    now = system.get_livscykel_display().lower()
    return edit_view(
        request,
        partial(LivscykelForm, user=request.user, version=system.version, system=system),
        partial(actions.decide_livscykel, request.user, system),
        lambda saved: done(_("Livscykeln för %(name)s är ändrad."), saved),
        context={
            "parent": system.name,
            "heading": _("Besluta om livscykel"),
            "lead": _("Nu: %(livscykel)s.") % {"livscykel": now},
            "submit": _("Besluta"),
            "cancel": system.get_absolute_url(),
        },
    )


@require_safe
def system_similar(request: HttpRequest) -> HttpResponse:
    """Show, while a name is typed, the systems that may be the same one."""
    besides = request.GET.get("besides", "")
    found = similar(
        request.user,
        [request.GET.get("name", "").replace("\x00", "")[:200]],
        besides=int(besides) if besides.isdecimal() and len(besides) < 10 else None,
    )
    return render(request, "governance/_similar.html", {"similar": found})
