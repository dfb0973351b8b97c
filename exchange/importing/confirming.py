"""Confirming what was shown: planned again against the register of this moment, then written."""

from typing import Any

from django.db import connection, transaction

from exchange.importing.applying import Say, Stale, carry_out, require
from exchange.importing.instructions import Instructions
from exchange.importing.planning import make_plan
from exchange.reading.book import Book
from governance.models import Gesture

ADVISORY_LOCK = 0x496D706F7274  # "Import"


def confirm(
    actor: Any,
    book: Book,
    instructions: Instructions,
    fingerprint: str,
    *,
    reason: str,
    say: Say = str,
) -> Gesture:
    """Import the book as its preview said, all or nothing; one import at a time.

    Raises Forbidden, Stale where the plan is not what it was when it was shown, and ValidationError
    as `carry_out` does.
    """
    require(actor)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        plan = make_plan(actor, book, instructions)
        if plan.fingerprint != fingerprint:
            raise Stale
        return carry_out(actor, plan, reason=reason, say=say)


__all__ = ["Stale", "confirm"]
