"""Figures about the whole register. Counted when it has changed, until that takes too long.

While nobody has changed anything the last figures hold. What takes longer than SLOW to count is kept
for FRESH all the same, and shown with the time it was counted. One process counts anew while the
others show what was kept. A new day begins anew.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from governance import access, history, rules
from governance.lists.ahead import has_answer
from governance.lists.prepared import Question
from governance.models import Forvaltningsobjekt, Informationssystem
from roles.models import KeptFigures

SLOW = 0.25
"""Seconds of counting from which the figures are kept."""
FRESH = timedelta(minutes=10)
PATIENCE = timedelta(minutes=1)
"""How long whoever counts may take before somebody else tries."""

Numbers = dict[str, Any]


class Figures(NamedTuple):
    """Numbers, and when they were counted where that was not just now."""

    numbers: Numbers
    counted_at: datetime | None = None


class Standing(NamedTuple):
    """How the register stands, and what is kept by the names that were asked for."""

    stamp: str
    rows: dict[str, KeptFigures]


def standing(*names: str) -> Standing:
    """Return how the register stands and what is kept of today by these names: one query."""
    kept_today = KeptFigures.objects.filter(name__in=names, day=timezone.localdate())
    found = list(kept_today.annotate(now=history.as_it_stands()))
    stamp = found[0].now if found else history.stamp()
    return Standing(stamp, {row.name: row for row in found})


def kept(
    name: str,
    count: Callable[[], Numbers],
    stands: Standing | None = None,
    *,
    patient: bool = True,
) -> Figures:
    """Return what `count` returns (what JSON holds), or what it returned when all was as it is.

    `stands` is how the register stands, where that has been asked already. Who is not `patient` is
    never shown what was counted before the last change, however long it takes.
    """
    stands, now = stands or standing(name), timezone.now()
    row = stands.rows.get(name)
    fresh = row is not None and now - row.counted_at < FRESH
    if row and row.stamp == stands.stamp and (fresh or patient):
        return Figures(row.numbers)
    if row and row.slow and patient and (fresh or not _claim(row, now)):
        return Figures(row.numbers, row.counted_at)
    began = time.perf_counter()
    numbers = count()
    slow = time.perf_counter() - began >= SLOW
    values: Numbers = {
        "day": timezone.localdate(),
        "counted_at": now,
        "claimed_at": None,
        "slow": slow,
    }
    values |= {"stamp": stands.stamp, "numbers": numbers}
    KeptFigures.objects.bulk_create(
        [KeptFigures(name=name, **values)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=list(values),
    )
    return Figures(numbers)


def _claim(row: KeptFigures, now: datetime) -> bool:
    """Take it upon this process to count anew; False when another does."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - PATIENCE)
    mine = KeptFigures.objects.filter(free, pk=row.pk, counted_at=row.counted_at)
    return bool(mine.update(claimed_at=now))


def _names(name: str, user: access.Person) -> tuple[str, str]:
    """Return the names of figures that count systems: of everybody's, and of the person's own."""
    whole = "allt" if access.sees_everything(user) else "öppet"
    return f"{name}: {whole}", f"{name}: {getattr(user, 'pk', None)}"


def standing_for(user: access.Person, of_all: str, of_systems: str) -> Standing:
    """Return how the register stands and what `kept` and `for_reader` keep by these names."""
    return standing(of_all, *_names(of_systems, user))


def for_reader(
    name: str,
    user: access.Person,
    count: Callable[[QuerySet[Informationssystem]], Numbers],
    stands: Standing | None = None,
) -> Figures:
    """Return figures that count systems, as the person may know of them.

    Kept are those of everything, and of what is open to all; the skyddsvärda systems that this
    person may know of are counted and added, anew whenever anything has changed: rights may have.
    """
    every, personal = _names(name, user)
    stands = stands or standing(every, personal)
    systems = Informationssystem.objects.order_by()
    if access.sees_everything(user):
        return kept(every, lambda: count(systems), stands)
    found = kept(every, lambda: count(systems.filter(skyddsvard=False)), stands)
    if not has_answer(KNOWN_TO, reader=user):
        return found
    own = access.known_skyddsvarda(user)
    more = kept(personal, lambda: count(own), stands, patient=False)
    return Figures(_sum(found.numbers, more.numbers), found.counted_at)


KNOWN_TO = Question(access.known_skyddsvarda)
"""Whether `for_reader` has anything to add; for a page that asks that together with other things."""


def _sum(some: Numbers, more: Numbers) -> Numbers:
    """Add numbers to numbers, however deep they lie; what is None there is counted once."""
    total = dict(some)
    for key, value in more.items():
        if isinstance(value, dict):
            total[key] = _sum(total.get(key, {}), value)
        else:
            total[key] = total.get(key, 0) + value
    return total


def of_register(user: access.Person) -> tuple[Figures, Figures]:
    """Return the figures of objects and of systems: by status or livscykel, and by rule."""
    objects = Forvaltningsobjekt.objects.order_by()
    stands = standing_for(user, "objekt", "system")
    return (
        kept("objekt", lambda: _of(objects, "status"), stands),
        for_reader("system", user, lambda systems: _of(systems, "livscykel"), stands),
    )


def _of(queryset: QuerySet[Any], column: str) -> Numbers:
    by_column = queryset.values_list(column).annotate(n=Count("pk"))
    by_rule = rules.count_by_rule(queryset)
    return {column: dict(by_column), "rules": {rule.code: number for rule, number in by_rule}}
