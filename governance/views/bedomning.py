"""What each side judges of a system, and the picture of where the two differ."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance import access
from governance.actions import bedomning as actions
from governance.forms.bedomning import BedomningForm
from governance.lists.filters import system_filter
from governance.models import Bedomning, Informationssystem, Livscykel, Sida
from governance.steering import judging, sides
from governance.views.editing import edit_view
from governance.views.places import on_system

PART = "bedomning"


def bedomning_change(request: HttpRequest, pk: int, sida: str) -> HttpResponse:
    """Judge a system for one side; what was said before stays in the history."""
    if sida not in Sida.values:
        raise Http404
    systems = Informationssystem.objects.select_related("objekt")
    system = access.get_permitted(request.user, None, systems, pk)
    actions.require(request.user, system, sida)
    now = Bedomning.objects.filter(system=system, sida=sida).first()
    known = now or Bedomning(system=system, sida=sida)
    return edit_view(
        request,
        partial(BedomningForm, user=request.user, instance=known, version=known.version),
        partial(actions.judge, request.user, system, sida),
        lambda _saved: on_system(system, _("Bedömningen av %s är sparad.") % system, PART),
        context={
            "parent": system,
            "heading": _("Bedöm för IT") if sida == Sida.IT else _("Bedöm för verksamheten"),
            "lead": _("Bedömningen visas bredvid den andra sidans. Vad ni sa tidigare finns kvar."),
            "submit": _("Spara bedömningen"),
            "cancel": f"{system.get_absolute_url()}#{PART}",
        },
    )


def panel(request: HttpRequest, system: Informationssystem) -> list[judging.Side]:
    """Return what both sides say of a system, for its page: two queries beside the rights."""
    held = access.rights_during(request, [system])[Informationssystem, system.pk]
    mine = sides.sides_of(held) if system.livscykel != Livscykel.AVVECKLAT else []
    both = judging.said_of(system)
    for side in both.values():
        side.may_judge = side.sida in mine
        side.verbs = sides.speaks_with(side.sida)
    return list(both.values())


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Show the register's systems by the two judgements, filtered as the list of systems is."""
    listing = system_filter(request.user, request.GET)
    del listing.fields["sort"]
    listing.count()
    context: dict[str, Any] = {
        "form": listing,
        "matrix": judging.matrix(listing.filtered()),
        "systems": reverse("governance:system_list"),
        "rest": rest(listing),
    }
    return render(request, "governance/bedomning_matrix.html", context)


def rest(listing: Any) -> str:
    """Return the other filters as the end of an address."""
    address = listing.address.copy()
    for gone in ("bedomning", "bedomning_it", "page", "sort"):
        address.pop(gone, None)
    return f"&{address.urlencode()}" if address else ""
