"""Makes a register of any size straight in PostgreSQL: a few INSERT … SELECT generate_series.

Each object has 5 systems, 8 assignments and 20 history rows in 9 gestures; 2,000 people share the
roles. The n:th row is always the same but for dates, which are counted from today. The constraints
and triggers of the database hold for it as for everything else.
"""

import logging
import time
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from bench import statements
from governance.access import ADMINISTRATORER, REVISORER
from governance.models import Forvaltningsobjekt
from roles import grants, people
from roles.models import GrantDay, User

log = logging.getLogger("bench")

PEOPLE, SUPPLIERS, NAMNDER = 2_000, 500, 20
ADMINISTRATOR, REVISOR, OUTSIDER, ONE, HUNDRED, MANY = range(1, 7)
"""Ids of people who stand for something: the last three lead 1, 100 and a tenth of the objects."""
CHECKED = 20_000
"""Up to so many objects every foreign key and constraint trigger is fired, row by row."""
RARE = "kvastfening"
"""A word in the name of one object and one system only."""


@dataclass(frozen=True)
class Size:
    """How much is made; the parameters of the statements."""

    objects: int
    people: int = PEOPLE
    suppliers: int = SUPPLIERS
    namnder: int = NAMNDER

    def parameters(self) -> dict[str, Any]:
        """Return what the statements name."""
        return {
            "objects": self.objects,
            "people": self.people,
            "suppliers": self.suppliers,
            "namnder": self.namnder,
            "today": timezone.localdate(),
            "special": MANY,
            "one": ONE,
            "hundred": HUNDRED,
            "many": MANY,
            "rare": RARE,
            "rare_at": self.objects // 2 + 1,
            "words": statements.WORDS,
            "places": statements.PLACES,
            "first": statements.FIRST,
            "last": statements.LAST,
        }


def generate(objects: int) -> None:
    """Fill an empty register; ValueError when there is an object already."""
    if Forvaltningsobjekt.objects.exists():
        raise ValueError("the register is not empty")
    parameters = Size(objects).parameters()
    with transaction.atomic():
        with connection.cursor() as cursor:
            if objects > CHECKED:  # the same statements have passed the checks at a smaller size
                cursor.execute("SET LOCAL session_replication_role = replica")
            for name, statement in statements.everything():
                started = time.perf_counter()
                cursor.execute(statement, parameters)
                log.info("%-28s %9d rows %6.1f s", name, cursor.rowcount, _since(started))
            for table in statements.tables():
                cursor.execute(statements.SEQUENCE.format(table=table.table, key=table.key))
            cursor.execute("ANALYZE")
        _outside_the_objects()
        started = time.perf_counter()
        grants.sync(None)
        GrantDay.objects.update_or_create(defaults={"day": timezone.localdate()})
        log.info("%-28s %23.1f s", "grants", _since(started))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _outside_the_objects() -> None:
    grants.sync_groups()
    for pk, name in ((ADMINISTRATOR, ADMINISTRATORER), (REVISOR, REVISORER)):
        people.set_groups(None, User.objects.get(pk=pk), [name])


def _since(started: float) -> float:
    return time.perf_counter() - started
