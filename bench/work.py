"""What is measured beside the pages: handovers, grants, findings, exports. Nothing is kept."""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import psutil
from django.db import connection, transaction
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.counting import counting
from bench.generate import ADMINISTRATOR, MANY, OUTSIDER, REVISOR
from bench.importing import SYSTEMS, import_systems
from governance import rules
from governance.models import Forvaltningsobjekt, Informationssystem
from roles import assignments, grants, transfer
from roles.models import RoleAssignment, User

TRANSFERRED = 1000
IMPORTED_INTO = 10_000
"""Objects in the largest register that imports are measured into."""
EXPORTED = 200_000
"""Rows after which an export is stopped: enough to see how fast it goes and what memory it takes."""


def everything(size: int) -> Iterator[tuple[str, Callable[[], dict[str, Any]]]]:
    """Yield each piece of work by name; called, it returns what was measured."""
    yield "handover", lambda: undone(hand_over, most=25)
    yield f"transfer_all of {min(TRANSFERRED, size // 10)}", lambda: undone(transfer_all, most=100)
    yield "sync_grants --check", lambda: once(grants.check, most=4)
    yield "findings, counted", lambda: once(count_findings, most=len(rules.all_rules()))
    # What an import costs is the file's doing; a large register would be read for a quarter of an hour.
    for systems in (SYSTEMS // 10, SYSTEMS) if size <= IMPORTED_INTO else ():
        yield f"import of {systems} systems", partial(import_systems, systems)
    yield "export of systems, CSV", lambda: export("/export/system.csv", OUTSIDER)
    yield "export of history, CSV", lambda: export("/granskning/export.csv", REVISOR)


def once(function: Callable[[], Any], *, most: int) -> dict[str, Any]:
    """Measure something too slow to repeat."""
    with CaptureQueriesContext(connection) as queries:
        started = time.perf_counter()
        function()
        took = (time.perf_counter() - started) * 1000
    return {"queries": len(queries), "most": most, "ms": took}


def undone(function: Callable[[], Any], *, most: int) -> dict[str, Any]:
    """Measure a mutation, and roll it back."""
    with transaction.atomic():
        measured = once(function, most=most)
        transaction.set_rollback(True)
    return measured


def hand_over() -> None:
    """Hand over one role, with grants, history and checks."""
    held = RoleAssignment.objects.get(objekt=50, role="forvaltningsledare")
    assignments.hand_over(
        User.objects.get(pk=ADMINISTRATOR),
        held,
        User.objects.get(pk=777),
        on=timezone.localdate() + timedelta(days=1),
        reason="Mätning",
    )


def transfer_all() -> None:
    """Hand over up to a thousand roles of one person in one gesture."""
    person, day = User.objects.get(pk=MANY), timezone.localdate() + timedelta(days=1)
    actor, successor = User.objects.get(pk=ADMINISTRATOR), User.objects.get(pk=777)
    items = transfer.items_of(person, day, seen_by=actor)
    held = [item for item in items if isinstance(item.thing, RoleAssignment)][:TRANSFERRED]
    transfer.transfer_all(
        actor, person, {item.key: successor for item in held}, on=day, reason="Mätning"
    )


def count_findings() -> None:
    """Select what breaks each rule in the whole register, one query a rule."""
    for rule in rules.all_rules():
        model: Any = Informationssystem if rule.model is Informationssystem else Forvaltningsobjekt
        rules.breaking(model._default_manager.order_by(), rule).aggregate(n=Count("pk"))


def export(path: str, user: int) -> dict[str, Any]:
    """Read an export as it streams; memory is what the process grew from the first row to the last.

    Statements are counted and not kept: their texts would be most of what an export takes.
    """
    client = Client()
    client.force_login(User.objects.get(pk=user))
    memory, rows, first, grown = psutil.Process().memory_info, 0, 0, 0
    gc.collect()
    with counting() as statements:
        started = time.perf_counter()
        response: Any = client.get(path)
        for chunk in response.streaming_content if response.streaming else [response.content]:
            rows += chunk.count(b"\n")
            now = memory().rss
            first = first or now
            grown = max(grown, now - first)
            if rows >= EXPORTED:
                break
        response.close()
        took = (time.perf_counter() - started) * 1000
    streamed = "streamed" if response.streaming else "not streamed"
    note = f"{rows} rows, {rows / took * 1000:.0f} a second, {streamed}, +{grown / 2**20:.0f} MiB"
    return {"queries": statements.number, "most": None, "ms": took, "note": note}
