"""Kostnadsrapporter of an object: sent from its economy, the page of each, and read."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance import access
from governance.access import Forbidden, get_permitted
from governance.actions import kostnadsrapport as rapporter
from governance.forms.ekonomi import KostnadsrapportForm
from governance.models import Forvaltningsobjekt, Kostnadsrapport, Sida
from governance.views.editing import edit_view
from governance.views.rapporter import around, on_page, read

REPORTS = Kostnadsrapport.objects.select_related("objekt", "plan", "reported_by")


@require_safe
def kostnadsrapport_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a kostnadsrapport, its sums as they were sent, and whom it reached."""
    rapport = get_permitted(request.user, None, REPORTS, pk)
    context = {
        **around(request, rapport),
        "rapport": rapport,
        "history": reverse("governance:kostnadsrapport_history", args=[rapport.pk]),
    }
    return render(request, "governance/kostnadsrapport_detail.html", context)


def kostnadsrapport_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Report the costs to those that the clause names (6.3.U11, 6.5.U7)."""
    objekt = get_permitted(request.user, None, Forvaltningsobjekt.objects.all(), pk)
    sides = reported_sides(request, objekt)
    return edit_view(
        request,
        partial(
            KostnadsrapportForm,
            user=request.user,
            sides=sides,
            instance=Kostnadsrapport(objekt=objekt),
        ),
        partial(rapporter.report, request.user, objekt),
        lambda made: on_page(made, _("%s är skickad."), "kostnadsrapport"),
        template="governance/kostnadsrapport_form.html",
        context={
            "objekt": objekt,
            "heading": _("Rapportera kostnaderna"),
            "reaches": [(sida, rapporter.receivers_of(objekt, sida)) for sida in sides],
            "submit": _("Skicka rapporten"),
            "cancel": reverse("governance:ekonomi", args=[objekt.pk]),
        },
    )


def reported_sides(request: HttpRequest, objekt: Forvaltningsobjekt) -> list[Sida]:
    """Return the sides whose costs the person reports; Forbidden when there are none."""
    may = {sida: access.may(request.user, verb, objekt) for sida, verb in rapporter.REPORTS.items()}
    if not any(may.values()):
        raise Forbidden(rapporter.FOLLOW_UP, objekt)
    return [sida for sida, reports in may.items() if reports]


kostnadsrapport_read = read(REPORTS, "kostnadsrapport")
