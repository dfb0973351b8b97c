"""What the API answers when it cannot do as asked: application/problem+json (RFC 9457), in Swedish."""

import logging
from collections.abc import Mapping
from html import unescape
from http import HTTPStatus
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, BadRequest, PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as Refused
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.encoding import force_str
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from governance.access import Forbidden
from governance.actions.base import Conflict
from governance.refusals import Busy, is_busy
from governance.views.errors import AWAY_FOR, BUSY_FOR, is_away
from roles import panel, who

MEDIA_TYPE = "application/problem+json"
TITLES: Mapping[int, Any] = {
    400: gettext_lazy("Frågan går inte att läsa"),
    401: gettext_lazy("Nyckel saknas eller gäller inte"),
    403: gettext_lazy("Mandat saknas"),
    404: gettext_lazy("Finns inte"),
    405: gettext_lazy("Går inte att göra här"),
    412: gettext_lazy("Någon annan har ändrat"),
    413: gettext_lazy("För mycket på en gång"),
    415: gettext_lazy("Fel slag av innehåll"),
    422: gettext_lazy("Uppgifterna går inte att spara"),
    428: gettext_lazy("If-Match saknas"),
    429: gettext_lazy("För många försök"),
    500: gettext_lazy("Fel i RegIT"),
    503: gettext_lazy("Databasen går inte att nå"),
}

logger = logging.getLogger("django.request")


class TooMany(HttpError):
    """Asked too often; the answer says how many seconds to wait."""

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(429, sentence)
        self.seconds = seconds


class Difference(Schema):
    """A field that somebody else saved in another way meanwhile."""

    field: str
    saved: str
    yours: str


class Problem(Schema):
    """What went wrong, and at which fields."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: dict[str, list[str]] | None = Field(None, description="Meningar per fält.")
    differences: list[Difference] | None = Field(None, description="Vad som skiljer (412).")
    mandate: str | None = Field(None, description="Mandatet som saknas (403).")


def answer(status: int, detail: str = "", **more: Any) -> HttpResponse:
    """Return the problem as an answer."""
    title = str(TITLES.get(status) or HTTPStatus(status).phrase)
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail or title}
    return JsonResponse(body | more, status=status, content_type=MEDIA_TYPE)


def register(api: NinjaAPI) -> None:
    """Let every exception that leaves an operation become a problem."""
    handlers: dict[type[Exception], Any] = {
        Exception: _fault,
        BadRequest: lambda _r, e: answer(400, str(e)),
        RequestDataTooBig: lambda _r, _e: answer(413, _("Skicka mindre åt gången.")),
        Http404: lambda _r, _e: answer(404, _("Det finns inte, eller så får du inte veta av det.")),
        PermissionDenied: _forbidden,
        Conflict: _conflict,
        Refused: _refused,
        ValidationError: _unreadable,
        HttpError: _http,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _http(_request: HttpRequest, error: HttpError) -> HttpResponse:
    said = {
        400: _("Innehållet är inte giltig JSON."),
        401: _("Skicka en giltig åtkomstnyckel i rubriken Authorization: Bearer."),
    }
    response = answer(error.status_code, said.get(error.status_code, str(error)))
    if error.status_code == 401:
        response["WWW-Authenticate"] = 'Bearer realm="RegIT"'
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.seconds)
    return response


def _forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """Name the mandate and who holds it, as the page does."""
    if not isinstance(error, Forbidden):
        return answer(403, str(error))
    panels = panel.load(request.user, who.objects_of(error.thing)).values()
    system = who.system_of(error.thing)
    holders = unescape(strip_tags(who.who_may(panels, error.permission, system)))
    said = _("Det kräver mandatet %(mandate)s. Det har %(who)s.")
    return answer(403, said % {"mandate": error.name, "who": holders}, mandate=error.name)


def _conflict(_request: HttpRequest, conflict: Conflict) -> HttpResponse:
    differences = [
        {"field": field.name, "saved": force_str(saved), "yours": force_str(mine)}
        for field, saved, mine in conflict.differences
    ]
    response = answer(412, str(conflict), differences=differences)
    response["ETag"] = etag(conflict.version)
    return response


def etag(version: int) -> str:
    """Return the tag of a version."""
    return f'"{version}"'


def _refused(_request: HttpRequest, error: Refused) -> HttpResponse:
    """Say what an action refuses, by field; what belongs to none of them under an empty name."""
    if hasattr(error, "error_dict"):
        errors = {n: [str(m) for m in e.messages] for n, e in _by_field(error).items()}
    else:
        errors = {"": [str(m) for m in error.messages]}
    if NON_FIELD_ERRORS in errors:
        errors[""] = errors.pop(NON_FIELD_ERRORS)
    detail = " ".join(dict.fromkeys(m for messages in errors.values() for m in messages))
    return answer(422, detail, errors=errors)


def _by_field(error: Refused) -> dict[str, Refused]:
    return {name: Refused(errors) for name, errors in error.error_dict.items()}


WORDS = {
    "missing": gettext_lazy("Uppgiften saknas."),
    "extra_forbidden": gettext_lazy("Det finns inget sådant fält."),
    "string_type": gettext_lazy("Här ska en text stå."),
    "string_too_long": gettext_lazy("Högst %(max_length)s tecken får plats."),
    "string_too_short": gettext_lazy("Skriv minst %(min_length)s tecken."),
    "literal_error": gettext_lazy("Välj ett av: %(expected)s."),
    "int_type": gettext_lazy("Här ska ett heltal stå."),
    "int_parsing": gettext_lazy("Här ska ett heltal stå."),
    "bool_type": gettext_lazy("Här ska true eller false stå."),
    "bool_parsing": gettext_lazy("Här ska true eller false stå."),
    "greater_than_equal": gettext_lazy("Minst %(ge)s."),
    "less_than_equal": gettext_lazy("Högst %(le)s."),
    "date_from_datetime_parsing": gettext_lazy("Skriv datumet som åååå-mm-dd."),
    "date_parsing": gettext_lazy("Skriv datumet som åååå-mm-dd."),
    "date_type": gettext_lazy("Skriv datumet som åååå-mm-dd."),
    "datetime_from_date_parsing": gettext_lazy("Skriv tiden som 2026-05-12T09:00:00+02:00."),
    "datetime_parsing": gettext_lazy("Skriv tiden som 2026-05-12T09:00:00+02:00."),
    "datetime_type": gettext_lazy("Skriv tiden som 2026-05-12T09:00:00+02:00."),
    "timezone_aware": gettext_lazy("Skriv tiden med tidszon: 2026-05-12T09:00:00+02:00."),
    "too_long": gettext_lazy("Högst %(max_length)s åt gången."),
    "dict_type": gettext_lazy("Här ska ett JSON-objekt stå."),
    "list_type": gettext_lazy("Här ska en lista stå."),
    "model_attributes_type": gettext_lazy("Här ska ett JSON-objekt stå."),
}


def _unreadable(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say in Swedish what does not fit the schema, by field."""
    errors: dict[str, list[str]] = {}
    for one in error.errors:
        name = ".".join(str(part) for part in one["loc"][1:] if part not in ("body", "data"))
        words = str(WORDS.get(one["type"], _("Värdet går inte att förstå.")))
        told = words % one.get("ctx", {}) if "%(" in words else words
        errors.setdefault(name, []).append(told)
    detail = _("Det som skickades passar inte beskrivningen i openapi.json.")
    return answer(422, detail, errors=errors)


def _fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer a fault as the pages do: it is logged and counted, and tells nothing of itself."""
    got_request_exception.send(sender=None, request=request)
    if answered := not_now(error):
        return answered
    logger.error("Fault in the API: %s", request.path, exc_info=error)
    return fault()


def not_now(error: BaseException | None) -> HttpResponse | None:
    """Answer 503 where the database is away, or too busy with others; nothing for another fault."""
    if is_busy(error):
        response = answer(503, " ".join(Busy().messages), title=_("Upptaget just nu"))
        response["Retry-After"] = BUSY_FOR
    elif is_away(error):
        response = answer(503, _("Försök igen om en stund."))
        response["Retry-After"] = AWAY_FOR
    else:
        return None
    return response


def fault() -> HttpResponse:
    """Answer 500, and tell nothing of what it was."""
    return answer(500, _("Något gick fel. Inget är ändrat."))
