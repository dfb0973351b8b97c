"""Out and in again: what tests of the round trip share."""

import io
from collections.abc import Callable
from typing import Any, BinaryIO

from django.apps import apps
from django.db import connection

from exchange import exporting
from exchange.importing import Instructions, confirm, make_plan
from exchange.reading import Book, read
from exchange.writing import Table
from governance.models import Gesture
from governance.models.base import Tracked

Write = Callable[[list[Table], BinaryIO], None]


def exported(write: Write, tables: list[Table] | None = None) -> Book:
    """Return the tables, or the whole register, written and read."""
    file = io.BytesIO()
    write(tables or exporting.register_tables(None), file)
    file.seek(0)
    return read(file, "System.x")


def imported(book: Book) -> None:
    """Import a book that has no errors."""
    instructions = Instructions.guess(book)
    plan = make_plan(None, book, instructions)
    assert [str(problem) for problem in plan.errors] == []
    confirm(None, book, instructions, plan.fingerprint, reason="Flyttar in")


def sheets(book: Book) -> dict[str, list[dict[str, Any]]]:
    """Return what the sheets say, in an order of their own: rows and columns are no content."""
    return {
        sheet.name: sorted(
            (dict(sorted(zip(sheet.headings, row.values, strict=True))) for row in sheet.rows),
            key=str,
        )
        for sheet in book.sheets
    }


def emptied() -> None:
    """Leave nothing of the register: as a new installation, but for the history's triggers."""
    tables = [
        connection.ops.quote_name(model._meta.db_table)
        for model in apps.get_models()
        if issubclass(model, Tracked | Gesture) or "Historical" in model.__name__
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
