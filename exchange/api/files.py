"""What JSON does not do: files of agreements, a plan on paper, a meeting in a calendar."""

from base64 import b64encode
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Form, Router, UploadedFile

from exchange.api.agreements import FILES
from exchange.api.auth import asker
from exchange.api.meetings import MOTEN
from exchange.api.plans import PLANER
from exchange.api.routes import PK, READ, WRITE, answers, fetched, made
from exchange.api.schemas import Closed, Id, Reason, arguments, shown
from governance.actions import avtalsfiler
from governance.filetypes import BY_MEDIA_TYPE
from governance.models import Avtalsfil
from governance.views.avtalsfiler import sent
from governance.views.moten import as_ics
from governance.views.planer import as_pdf

BYTE_STRING = {"schema": {"type": "string", "format": "binary"}}
BYTES = dict.fromkeys(BY_MEDIA_TYPE, BYTE_STRING)
DIGEST = "Repr-Digest"
HEADERS = {
    "ETag": {"schema": {"type": "string"}, "description": "SHA-256, hexadecimalt."},
    DIGEST: {"schema": {"type": "string"}, "description": "SHA-256 enligt RFC 9530."},
}
SENT = {"description": "OK", "content": BYTES, "headers": HEADERS}


class AvtalsfilNew(Closed):
    """What is sent beside the file."""

    avtal: Id
    reason: Reason = ""


def add_operations(router: Router) -> None:
    """Let files be sent and fetched, beside what the router does with their entries."""
    router.add_api_operation(
        f"/{FILES.path}", ["POST"], add, operation_id="post_avtalsfiler", tags=[FILES.path],
        summary=_("Lägg till en fil till ett avtal"), response=answers({201: shown(FILES)}, WRITE),
    )  # fmt: skip
    router.add_api_operation(
        f"/{FILES.path}/{{pk}}/innehall", ["GET"], content, tags=[FILES.path],
        operation_id="read_avtalsfiler_innehall", summary=_("Hämta filen"),
        response=answers({}, READ), openapi_extra={"responses": {200: SENT}},
    )  # fmt: skip
    router.add_api_operation(
        f"/{PLANER.path}/{{pk}}/plan.pdf", ["GET"], plan_pdf, tags=[PLANER.path],
        operation_id="read_planer_pdf", summary=_("Hämta planen som PDF"),
        response=answers({}, READ), openapi_extra={"responses": {200: _sent("application/pdf")}},
    )  # fmt: skip
    router.add_api_operation(
        f"/{MOTEN.path}/{{pk}}/mote.ics", ["GET"], mote_ics, tags=[MOTEN.path],
        operation_id="read_moten_ics", summary=_("Hämta mötet till en kalender"),
        response=answers({}, READ), openapi_extra={"responses": {200: _sent("text/calendar")}},
    )  # fmt: skip


def _sent(media_type: str) -> dict[str, Any]:
    return {"description": "OK", "content": {media_type: BYTE_STRING}}


def plan_pdf(request: HttpRequest, pk: int = PK) -> HttpResponse:
    """Send a plan as a PDF, as the asker may know it."""
    return as_pdf(asker(request), fetched(request, PLANER, pk))


def mote_ics(request: HttpRequest, pk: int = PK) -> HttpResponse:
    """Send a meeting as a file for a calendar."""
    return as_ics(fetched(request, MOTEN, pk))


def add(
    request: HttpRequest,
    response: HttpResponse,
    body: Form[AvtalsfilNew],
    file: File[UploadedFile],
) -> Any:
    """Receive a file: multipart/form-data. Size and type are judged by the action."""
    given = arguments(asker(request), Avtalsfil, body)
    fil = avtalsfiler.add(asker(request), given.pop("avtal"), file=file, **given)
    return made(request, FILES, fil.pk, response)


def content(request: HttpRequest, pk: int = PK) -> HttpResponse:
    """Send the bytes of a file, with their checksum."""
    fil = fetched(request, FILES, pk)
    response = sent(fil)
    digest = b64encode(bytes.fromhex(fil.innehall_id)).decode()
    response[DIGEST] = f"sha-256=:{digest}:"
    return response
