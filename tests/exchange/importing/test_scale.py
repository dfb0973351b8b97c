"""Planning takes as much work a row in a large file as in a small one."""

import sys
from typing import Any

import pytest

from exchange.importing import similar
from governance.duplicates import NEAR
from governance.models import Informationssystem
from tests import factories
from tests.exchange.importing.helpers import book, plan

STATUS = ["Namn", "Verksamhetsprocess", "Status"]


def calls(actor: Any, objects: int) -> int:
    """Return how many functions it takes to plan so many objects with five systems each."""
    file = book(
        Objekt=[STATUS, *([f"Objekt {n}", "Flytta", "Avvecklat"] for n in range(objects))],
        System=[
            ["Namn", "Objekt", "Livscykel"],
            *([f"System {n}", f"Objekt {n // 5}", "Avvecklat"] for n in range(5 * objects)),
        ],
    )
    counted = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal counted
        counted += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        made = plan(actor, file)
    finally:
        sys.setprofile(before)
    assert not made.errors
    return counted


@pytest.mark.django_db
def test_twice_the_file_is_twice_the_work() -> None:
    admin = factories.make_admin()
    calls(admin, 5)  # what a process does once
    assert calls(admin, 120) < 2.2 * calls(admin, 60)


def test_the_nearest_name_is_found_without_looking_at_them_all() -> None:
    words = ("System", "Elev", "Lön", "Procapita", "Närvaro", "Journal")
    names = [f"{one} {other}" for one in words for other in words] + [*words, "Å"]
    systems = {pk: Informationssystem(pk=pk, name=name) for pk, name in enumerate(names, 1)}
    index = similar._Index(systems)

    for asked in (
        *names,
        "Procapita Elevregister",
        "Lönn",
        "Elev närvar",
        "Öbo",
        "System för elev",
    ):
        parts = similar.trigrams(asked)
        likeness = {
            pk: len(parts & others) / len(parts | others)
            for pk, others in ((pk, similar.trigrams(s.name)) for pk, s in systems.items())
        }
        best = max(likeness.values())
        found = index.nearest(asked)
        assert (likeness[found.pk] if found else 0) == (best if best >= NEAR else 0), asked
