"""The outermost answers: pages to people, problem+json to programs under /api/v1/."""

import sys

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from exchange.api import problems
from exchange.api.app import PREFIX
from governance.views import errors


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 to what cannot be read at all: a foreign host name, too many fields."""
    if _from_program(request):
        return problems.answer(400, _("Frågan går inte att läsa. Kontrollera adress och rubriker."))
    return errors.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when the database is away or too busy before the API is reached."""
    if not _from_program(request):
        return errors.server_error(request)
    return problems.not_now(sys.exc_info()[1]) or problems.fault()


def _from_program(request: HttpRequest) -> bool:
    return request.path_info.startswith(f"/{PREFIX}")
