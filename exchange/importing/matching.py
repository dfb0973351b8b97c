"""Which system of the register a row is: by name and object, then by what they have in common."""

from collections.abc import Iterable

from exchange.cleaning import fold
from exchange.importing.draft import Draft
from exchange.importing.rows import SystemRow
from governance.actions.base import same
from governance.models import Informationssystem

SAME_OBJECT = 1000


def match(draft: Draft, rows: Iterable[SystemRow]) -> None:
    """Give every row the system it is about, where the register has it; no system to two rows.

    Names repeat. Of several with one name, those of the same object belong together, then those
    that have most values in common; the rest are new.
    """
    by_name: dict[str, list[SystemRow]] = {}
    for row in rows:
        by_name.setdefault(fold(row.name), []).append(row)
    for name, of_that_name in by_name.items():
        taken = {id(row.existing) for row in of_that_name}
        free = [s for s in draft.systems.get(name, []) if s.pk and id(s) not in taken]
        _pair(of_that_name, free)


def _pair(rows: list[SystemRow], systems: list[Informationssystem]) -> None:
    if len(rows) == len(systems) == 1:
        rows[0].existing = systems[0]
        return
    scores = [
        (-_score(row, system), row.entry.row, system.pk, row, system)
        for row in rows
        for system in systems
    ]
    taken: set[int] = set()
    for _minus, _number, pk, row, system in sorted(scores, key=lambda s: s[:3]):
        if row.existing is None and pk not in taken:
            row.existing = system
            taken.add(pk)


def _score(row: SystemRow, system: Informationssystem) -> int:
    """Return how much a row and a system have in common."""
    score = (
        SAME_OBJECT
        if row.get("objekt") and fold(row.get("objekt")) == fold(system.objekt.name)
        else 0
    )
    score += sum(same(getattr(system, code), value) for code, value in row.direct())
    score += row.name == system.name
    kept = {(str(label), str(text)) for label, text in system.ovriga_uppgifter}
    return score + sum(pair in kept for pair in row.other())
