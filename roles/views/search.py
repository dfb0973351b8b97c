"""The suggestions of the person picker."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from governance.forms.choosing import person_text
from governance.forms.picker import SHOWN, Option, options_response, typed_text
from governance.lists.search import search
from roles.models import User

ENOUGH = 3


@require_safe
def person_search(request: HttpRequest) -> HttpResponse:
    """Suggest active people by three letters of name, unit or user name; for everybody logged in."""
    typed = typed_text(request)
    if len(typed) < ENOUGH:
        return options_response(request, [])
    found = search(User.objects.filter(is_active=True), typed)[: SHOWN + 1]
    return options_response(request, [Option(person_text(p), described(p)) for p in found])


def described(person: User) -> str:
    """Tell namesakes apart: unit and title."""
    return ", ".join(part for part in (person.unit, person.title) if part)
