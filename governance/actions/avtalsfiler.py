"""Files of an agreement: received by content and size, kept once by checksum, removed with a reason."""

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.utils.translation import gettext as _

from governance import access
from governance.access import Person
from governance.actions.avtal import drop_unused
from governance.actions.base import lock, write
from governance.actions.objekt import CHANGE
from governance.filetypes import recognise, safe_name
from governance.gestures import gesture
from governance.models import Avtalsfil, Filinnehall
from governance.models.avtal import Avtal

MEGABYTE = 1_000_000


def add(actor: Person, avtal: Avtal, *, file: UploadedFile, reason: str = "") -> Avtalsfil:
    """Keep a file with an agreement (6.3.U4).

    Raises ValidationError for one that is too large, of a type that is not received, or there already.
    """
    access.require(actor, CHANGE, avtal)
    content = _read(file)
    kind = recognise(content)
    if kind is None:
        raise ValidationError(
            {
                "file": _(
                    "Filen är varken PDF, Word, Excel utan makron, PNG, JPEG eller vanlig text."
                )
            }
        )
    checksum = hashlib.sha256(content).hexdigest()
    with gesture(actor, "change", reason):
        fresh = lock(avtal, None, {})
        _alone_with(checksum)
        if fresh.avtalsfil.filter(innehall=checksum).exists():
            raise ValidationError({"file": _("Samma fil finns redan bland avtalets filer.")})
        Filinnehall.objects.get_or_create(pk=checksum, defaults={"content": content})
        return write(
            Avtalsfil(
                avtal=fresh,
                name=safe_name(file.name or "", kind),
                media_type=kind.media_type,
                size=len(content),
                innehall_id=checksum,
            )
        )


def remove(actor: Person, fil: Avtalsfil, *, reason: str) -> None:
    """Remove a file. Name, size and checksum stay in the history; the bytes do not."""
    access.require(actor, CHANGE, fil)
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför filen tas bort.")})
    with gesture(actor, "remove", reason):
        fresh = lock(fil, None, {})
        _alone_with(fresh.innehall_id)
        fresh.delete()
        drop_unused([fresh.innehall_id])


def largest() -> int:
    """Return how many bytes a file may have."""
    return int(settings.AVTAL_FILE_MAX_MB) * MEGABYTE


def _read(file: UploadedFile) -> bytes:
    limit = largest()
    if (file.size or 0) > limit:
        raise ValidationError(
            {"file": _("Filen är större än %s MB. Dela upp den.") % (limit // MEGABYTE)}
        )
    file.seek(0)  # it may have been read by a first try
    content = bytes(file.read())
    if not content:
        raise ValidationError({"file": _("Filen är tom.")})
    return content


def _alone_with(checksum: str) -> None:
    """Let nobody else add or drop the same bytes until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [checksum])
