"""Suggestions for pickers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from governance.access import visible
from governance.forms.choosing import numbered
from governance.forms.picker import SHOWN, Option, options_response, typed_text
from governance.lists.search import search
from governance.models import Forvaltningsobjekt, Informationssystem, Leverantor


@require_safe
def system_search(request: HttpRequest) -> HttpResponse:
    """Suggest systems that the person may know of, with the object that tells namesakes apart."""
    typed = typed_text(request)
    if not typed:
        return options_response(request, [])
    systems = visible(request.user, Informationssystem.objects.select_related("objekt"))
    found = search(systems, typed)[: SHOWN + 1]
    return options_response(request, (Option(numbered(s), str(s.objekt)) for s in found))


@require_safe
def objekt_search(request: HttpRequest) -> HttpResponse:
    """Suggest objects, with how each stands."""
    typed = typed_text(request)
    if not typed:
        return options_response(request, [])
    found = search(visible(request.user, Forvaltningsobjekt.objects.all()), typed)[: SHOWN + 1]
    return options_response(request, (Option(numbered(o), o.get_status_display()) for o in found))


@require_safe
def leverantor_search(request: HttpRequest) -> HttpResponse:
    """Suggest suppliers, with their organisationsnummer."""
    typed = typed_text(request)
    if not typed:
        return options_response(request, [])
    found = search(visible(request.user, Leverantor.objects.all()), typed)[: SHOWN + 1]
    return options_response(request, (Option(s.name, s.organisationsnummer) for s in found))
