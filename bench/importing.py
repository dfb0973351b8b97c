"""An import as a municipality moves in: 2,000 objects with their five roles, and 10,000 systems."""

import time
from collections.abc import Iterable, Sequence
from typing import Any

import psutil
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.generate import ADMINISTRATOR, MANY
from exchange.importing import Instructions, confirm, make_plan
from exchange.reading import Book
from exchange.reading.book import Row, Sheet
from governance.models import Namnd
from roles.catalogue import MANDATORY, NAMND
from roles.models import User

SYSTEMS, IN_OBJECT = 10_000, 5
ROWS_A_STATEMENT = 50
ROLES = ("Förvaltningsobjekt", "Roll", "Innehavare", "Från och med")


def book(systems: int, namnd: str, people: Sequence[str]) -> Book:
    """Return what would be read from a file with so many systems, a fifth as many objects, and roles."""
    names = [f"Inflyttat objekt {n}" for n in range(systems // IN_OBJECT)]
    today = timezone.localdate()
    return Book(
        (
            _sheet(
                "Objekt",
                ("Namn", "Verksamhetsprocess", "Status"),
                ((name, "Flytta in", "I förvaltning") for name in names),
            ),
            _sheet(
                "Roller",
                ROLES,
                (
                    (
                        name,
                        role.name,
                        namnd if role.code == NAMND else people[(n + place) % len(people)],
                        today,
                    )
                    for n, name in enumerate(names)
                    for place, role in enumerate(MANDATORY)
                ),
            ),
            _sheet(
                "System",
                ("Namn", "Objekt", "Syfte", "Livscykel", "Riktighet"),
                (
                    (f"Inflyttat {n}", names[n // IN_OBJECT], "Ett syfte.", "I drift", "2")
                    for n in range(systems)
                ),
            ),
        )
    )


def _sheet(name: str, headings: tuple[str, ...], rows: Iterable[Sequence[Any]]) -> Sheet:
    return Sheet(name, headings, tuple(Row(n, tuple(row)) for n, row in enumerate(rows, 2)))


def import_systems(systems: int = SYSTEMS) -> dict[str, Any]:
    """Plan, confirm and take back an import; memory is what the process grew."""
    people = User.objects.filter(is_active=True, pk__gt=MANY).values_list("username", flat=True)
    file = book(systems, Namnd.objects.values_list("name", flat=True)[0], list(people[:500]))
    actor = User.objects.get(pk=ADMINISTRATOR)
    instructions = Instructions.guess(file).grouped(file, "-")
    memory = psutil.Process().memory_info
    before, began = memory().rss, time.perf_counter()
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        plan = make_plan(actor, file, instructions)
        if plan.errors:
            raise RuntimeError(f"the import is refused: {plan.errors[0]}")
        confirm(actor, file, instructions, plan.fingerprint, reason="Mätning")
        transaction.set_rollback(True)
    took = time.perf_counter() - began
    rows = sum(len(sheet.rows) for sheet in file.sheets)
    grown = (memory().rss - before) / 2**20
    note = f"{rows} rows, {rows / took:.0f} a second, +{grown:.0f} MiB"
    return {
        "queries": len(queries),
        "most": rows // ROWS_A_STATEMENT if systems >= SYSTEMS else None,
        "ms": took * 1000,
        "note": note,
    }
