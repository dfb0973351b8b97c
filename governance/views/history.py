"""The history of one thing: a timeline of gestures, filtered and paged in the address."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from governance import access
from governance.forms.history import HistoryFilter
from governance.history import reading
from governance.history.timeline import Timeline
from governance.history.wording import address
from governance.models import (
    Arende,
    Avtal,
    Avvikelse,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Informationssystem,
    Kostnadsrapport,
    Leverantor,
    Mote,
    Namnd,
    Statusrapport,
    Styrdokument,
    Uppdrag,
)
from governance.views.as_of import ON_DAY


def timeline_page(request: HttpRequest, thing: Model, **context: Any) -> HttpResponse:
    """Render the timeline of a thing that the reader may see."""
    form = HistoryFilter(request, Timeline(request.user, thing))
    timeline = Timeline(request.user, thing, form.filters())
    page = reading.page(timeline, request.GET)
    context |= {
        "thing_url": address(thing),
        "as_of_url": as_of_start(thing),
        "today": timezone.localdate(),
        "thing": thing,
        "form": form,
        "page": page,
        "entries": timeline.entries(page.gestures),
    }
    return render(request, "governance/history.html", context)


def as_of_start(thing: Model) -> str:
    """Return where the form that asks for a day leads, for things that have such a page."""
    name = ON_DAY.get(type(thing))
    return reverse(name, args=[thing.pk]) if name else ""


def history_of(model: type[Model]) -> Callable[..., HttpResponse]:
    """Return the view of a model's timelines."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        thing = access.get_permitted(request.user, None, model._default_manager.all(), pk)
        return timeline_page(request, thing)

    return view


objekt_history = history_of(Forvaltningsobjekt)
system_history = history_of(Informationssystem)
namnd_history = history_of(Namnd)
leverantor_history = history_of(Leverantor)
styrdokument_history = history_of(Styrdokument)
uppdrag_history = history_of(Uppdrag)
arende_history = history_of(Arende)
avvikelse_history = history_of(Avvikelse)
statusrapport_history = history_of(Statusrapport)
kostnadsrapport_history = history_of(Kostnadsrapport)
avtal_history = history_of(Avtal)
plan_history = history_of(Forvaltningsplan)
mote_history = history_of(Mote)
