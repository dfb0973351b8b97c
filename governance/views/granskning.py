"""Granskning: the whole register's history, for whoever may read it."""

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance import access, replica
from governance.forms.choosing import person_text
from governance.forms.granskning import GranskningFilter
from governance.forms.picker import Option
from governance.history import reading, sealing
from governance.views.choosing import suggest

PERMISSION = "view_granskning"


@require_safe
def granskning(request: HttpRequest) -> HttpResponse:
    """Show the register's history, filtered and paged in the address."""
    access.require(request.user, PERMISSION)
    form = GranskningFilter(request)
    timeline = form.timeline(request.user, replica.alias_for(request.user))
    page = reading.page(timeline, request.GET)
    context = {
        "form": form,
        "page": page,
        "entries": timeline.entries(page.gestures),
        "exports": [
            (label, reverse("exchange:granskning_export", args=[fmt]))
            for label, fmt in (("XLSX", "xlsx"), ("CSV", "csv"))
        ],
        "whole": True,
        "standing": sealing.standing(),
    }
    return render(request, "governance/granskning.html", context)


@require_safe
def actor_search(request: HttpRequest) -> HttpResponse:
    """Suggest people, those who have left included: what they did is still history."""
    access.require(request.user, PERMISSION)
    people = get_user_model()._default_manager.all()
    return suggest(request, people, lambda p: Option(person_text(p), p.unit))
