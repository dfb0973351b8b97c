"""An object or a system as the register told of it on a day: "Så såg det ut den 12 maj 2026"."""

from datetime import date
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from governance import access
from governance.history import record
from governance.history.wording import address, swedish_day
from governance.models import Forvaltningsobjekt, Informationssystem


def objekt_as_of(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """Show an object's fields, roles, systems and mandates as of a day."""
    objekt = access.get_permitted(request.user, None, Forvaltningsobjekt.objects.all(), pk)
    context = _context(request, objekt, wanted_day(day))
    if context["record"]:
        context["systems"] = record.systems_on(request.user, objekt, context["day"])
    return render(request, "governance/objekt_as_of.html", context)


def system_as_of(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """Show a system's fields, its object's roles, its information and samband as of a day."""
    systems = Informationssystem.objects.select_related("objekt")
    system = access.get_permitted(request.user, None, systems, pk)
    context = _context(request, system, wanted_day(day))
    if context["record"]:
        then, names = context["record"].thing, context["record"].names
        then.objekt = names.thing(Forvaltningsobjekt, then.objekt_id) or system.objekt
        context["around"] = record.surroundings(request.user, then, context["day"])
    return render(request, "governance/system_as_of.html", context)


def objekt_on_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead from the form that asks for a day to the day's page."""
    return _to_day(request, "governance:objekt_as_of", pk)


def system_on_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead from the form that asks for a day to the day's page."""
    return _to_day(request, "governance:system_as_of", pk)


def wanted_day(text: str) -> date:
    """Return the day of an address; 404 when it is none."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise Http404
    return day


def _to_day(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    try:
        day = parse_date(request.GET.get("dag", "")) or timezone.localdate()
    except ValueError:
        day = timezone.localdate()
    return HttpResponseRedirect(reverse(name, args=[pk, day.isoformat()]))


def _context(request: HttpRequest, thing: Model, day: date) -> dict[str, Any]:
    today = timezone.localdate()
    model = type(thing)
    found = record.record(request.user, model, thing.pk, day) if day <= today else None
    began = None if found or day > today else record.first_moment(model, thing.pk)
    return {
        "thing": thing,
        "thing_url": address(thing),
        "day": day,
        "today": today,
        "future": day > today,
        "record": found,
        "registered": swedish_day(began) if began else None,
        "on_day_url": reverse(ON_DAY[model], args=[thing.pk]),
        "history_url": reverse(HISTORY[model], args=[thing.pk]),
    }


ON_DAY: dict[type[Model], str] = {
    Forvaltningsobjekt: "governance:objekt_on_day",
    Informationssystem: "governance:system_on_day",
}
HISTORY: dict[type[Model], str] = {
    Forvaltningsobjekt: "governance:objekt_history",
    Informationssystem: "governance:system_history",
}
