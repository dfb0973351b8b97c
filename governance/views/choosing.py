"""Suggestions for pickers."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from governance.access import visible
from governance.forms.choosing import numbered
from governance.forms.picker import SHOWN, Option, options_response, typed_text
from governance.lists.search import search
from governance.models import Forvaltningsobjekt, Informationssystem, Leverantor


def suggest(
    request: HttpRequest,
    things: QuerySet[Any],
    option: Callable[[Any], Option],
    *,
    letters: int = 1,
) -> HttpResponse:
    """Answer a picker with what is found among things that the person may know of, best first.

    Nothing is suggested before so many letters have been typed.
    """
    typed = typed_text(request)
    if len(typed) < letters:
        return options_response(request, [])
    found = search(visible(request.user, things), typed)[: SHOWN + 1]
    return options_response(request, map(option, found))


@require_safe
def system_search(request: HttpRequest) -> HttpResponse:
    """Suggest systems that the person may know of, with the object that tells namesakes apart."""
    systems = Informationssystem.objects.select_related("objekt")
    return suggest(request, systems, lambda s: Option(numbered(s), str(s.objekt)))


@require_safe
def objekt_search(request: HttpRequest) -> HttpResponse:
    """Suggest objects, with how each stands."""
    objects = Forvaltningsobjekt.objects.all()
    return suggest(request, objects, lambda o: Option(numbered(o), o.get_status_display()))


@require_safe
def leverantor_search(request: HttpRequest) -> HttpResponse:
    """Suggest suppliers, with their organisationsnummer."""
    suppliers = Leverantor.objects.all()
    return suggest(request, suppliers, lambda s: Option(s.name, s.organisationsnummer))
