"""Register, change and remove an informationsmängd, from the page of a system (clause 5.a)."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from governance.access import get_permitted
from governance.actions import informationsmangd as actions
from governance.forms.informationsmangd import InformationsmangdForm
from governance.forms.removal import RemovalForm
from governance.models import Informationsmangd, Informationssystem
from governance.views.editing import Done, edit_view
from governance.views.places import on_system

PART = "informationsmangder"
ALL = Informationsmangd.objects.select_related("system__objekt", "informationsagare")


def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Register what information is in a system, and who owns it."""
    systems = Informationssystem.objects.select_related("objekt")
    system = get_permitted(request.user, actions.CHANGE, systems, pk)
    return edit_view(
        request,
        partial(InformationsmangdForm, user=request.user),
        partial(actions.create, request.user, system),
        lambda saved: on_system(system, _("Informationsmängden %s är registrerad.") % saved, PART),
        template="governance/informationsmangd_form.html",
        context={"system": system},
    )


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an informationsmängd."""
    mangd = get_permitted(request.user, actions.CHANGE, ALL, pk)
    system = mangd.system
    return edit_view(
        request,
        partial(InformationsmangdForm, user=request.user, instance=mangd, version=mangd.version),
        partial(actions.change, request.user, mangd),
        lambda saved: on_system(system, _("Informationsmängden %s är sparad.") % saved, PART),
        template="governance/informationsmangd_form.html",
        context={"system": system, "mangd": mangd},
    )


def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove an informationsmängd; its history stays."""
    mangd = get_permitted(request.user, actions.CHANGE, ALL, pk)
    said = _("Informationsmängden %s är borttagen.") % mangd

    def done(_nothing: None) -> Done:
        return on_system(mangd.system, said, PART)

    return edit_view(
        request,
        partial(RemovalForm, user=request.user),
        partial(actions.remove, request.user, mangd),
        done,
        template="governance/informationsmangd_remove.html",
        context={"system": mangd.system, "mangd": mangd},
    )
