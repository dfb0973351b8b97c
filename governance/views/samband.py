"""Register, change and remove a samband, from the page of a system."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from governance.access import get_permitted
from governance.actions import samband as actions
from governance.forms.removal import RemovalForm
from governance.forms.samband import SambandForm
from governance.models import Informationssystem, Samband
from governance.views.editing import Done, edit_view
from governance.views.places import on_system

ALL = Samband.objects.select_related("source__objekt", "target__objekt")


def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a connection of a system (6.5.B4)."""
    systems = Informationssystem.objects.select_related("objekt")
    system = get_permitted(request.user, actions.CHANGE, systems, pk)
    return edit_view(
        request,
        partial(SambandForm, user=request.user, instance=Samband(source=system)),
        partial(actions.create, request.user, system),
        lambda saved: on_system(system, _("Sambandet %s är registrerat.") % saved, "samband"),
        template="governance/samband_form.html",
        context={"system": system},
    )


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a connection; the mandate at either end is enough."""
    samband = get_permitted(request.user, actions.CHANGE, ALL, pk)
    system = samband.source
    return edit_view(
        request,
        partial(SambandForm, user=request.user, instance=samband, version=samband.version),
        partial(actions.change, request.user, samband),
        lambda saved: on_system(system, _("Sambandet %s är sparat.") % saved, "samband"),
        template="governance/samband_form.html",
        context={"system": system, "samband": samband},
    )


def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove a connection; its history stays."""
    samband = get_permitted(request.user, actions.CHANGE, ALL, pk)
    said = _("Sambandet %s är borttaget.") % samband
    other = samband.target or samband.outside_party

    def done(_nothing: None) -> Done:
        return on_system(samband.source, said, "samband")

    return edit_view(
        request,
        partial(RemovalForm, user=request.user),
        partial(actions.remove, request.user, samband),
        done,
        template="governance/samband_remove.html",
        context={"system": samband.source, "samband": samband, "other": other},
    )
