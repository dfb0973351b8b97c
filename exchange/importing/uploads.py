"""Uploaded files on their way into the register: kept in the database until confirmed or stale."""

import io
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.importing.applying import Stale
from exchange.importing.confirming import confirm
from exchange.importing.instructions import Instructions
from exchange.importing.planning import make_plan
from exchange.models import Inlasning
from exchange.reading import Book, read
from governance import access
from governance.models import Gesture

MOST_ROWS = 2_000
KEPT = timedelta(days=14)
State = Inlasning.State


def receive(actor: Any, file: UploadedFile) -> Inlasning:
    """Keep an uploaded file, with a guess at what its columns mean.

    Raises ValidationError for a file that cannot be read, and for one so large that it is read
    in from the command instead. Old uploads are thrown away.
    """
    access.require(actor, "import_register")
    Inlasning.objects.filter(uploaded_at__lt=timezone.now() - KEPT).delete()
    content = file.read()
    name = file.name or ""
    book = read(io.BytesIO(content), name)
    rows = sum(len(sheet.rows) for sheet in book.sheets)
    if rows > MOST_ROWS:
        raise ValidationError(_too_large(rows))
    return Inlasning.objects.create(
        filename="".join(c for c in name if c.isprintable())[-200:],
        content=content,
        uploaded_by=actor,
        rows=rows,
        instructions=Instructions.guess(book).to_dict(),
    )


def _too_large(rows: int) -> str:
    text = _(
        "Filen har %(rows)s rader. Över %(most)s rader läses in på servern, utan att någon sida "
        "behöver vänta: manage.py import_register FIL --dry-run visar vad som händer, och utan "
        "--dry-run sparas det."
    )
    return text % {"rows": rows, "most": MOST_ROWS}


def book_of(upload: Inlasning) -> Book:
    """Return the uploaded file, read."""
    return read(io.BytesIO(bytes(upload.content)), upload.filename)


def instruct(actor: Any, upload: Inlasning, instructions: Instructions) -> None:
    """Keep what the columns are said to mean, before there is a plan for it."""
    access.require(actor, "import_register")
    upload.instructions = instructions.to_dict()
    upload.save(update_fields=["instructions"])


def prepare(actor: Any, upload: Inlasning, instructions: Instructions, book: Book) -> None:
    """Plan the import as instructed and keep the plan for its preview."""
    plan = make_plan(actor, book, instructions)
    upload.instructions, upload.plan = instructions.to_dict(), plan.to_dict()
    upload.fingerprint, upload.state = plan.fingerprint, State.GRANSKAS
    upload.save()


def finish(actor: Any, upload: Inlasning, *, fingerprint: str, reason: str) -> Gesture:
    """Import what the preview with this fingerprint showed; once, whoever asks again.

    Raises Stale, with a new preview prepared, where the plan is another now.
    """
    book, instructions = book_of(upload), Instructions.from_dict(upload.instructions)
    try:
        with transaction.atomic():
            locked = Inlasning.objects.select_for_update().get(pk=upload.pk)
            if locked.gesture:
                return locked.gesture
            if fingerprint != locked.fingerprint:
                raise Stale
            made = confirm(actor, book, instructions, fingerprint, reason=reason)
            locked.gesture, locked.state, locked.content = made, State.KLAR, b""
            locked.save()
            return made
    except Stale:
        prepare(actor, upload, instructions, book)
        raise
