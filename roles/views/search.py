"""The suggestions of the person picker."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from governance.forms.choosing import person_text
from governance.forms.picker import Option
from governance.views.choosing import suggest
from roles.models import User

ENOUGH = 3


@require_safe
def person_search(request: HttpRequest) -> HttpResponse:
    """Suggest active people by three letters of name, unit or user name; for everybody logged in."""
    people = User.objects.filter(is_active=True)
    return suggest(request, people, lambda p: Option(person_text(p), described(p)), letters=ENOUGH)


def described(person: User) -> str:
    """Tell namesakes apart: unit and title."""
    return ", ".join(part for part in (person.unit, person.title) if part)
