"""Names near one another: what pg_trgm calls similar, counted here for a whole file at once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import ceil

from django.utils.translation import gettext as _

from exchange.cleaning import fold
from exchange.importing.draft import Draft
from exchange.importing.rows import SystemRow
from governance.duplicates import NEAR
from governance.models import Informationssystem

WORD = re.compile(r"\w+")


def warn_of_near_names(draft: Draft, rows: Iterable[SystemRow]) -> None:
    """Warn where a new system is named nearly as one that the person may know of."""
    new = [row for row in rows if row.existing is None]
    if not new:
        return
    index = _Index(draft.register.systems)
    for row in new:
        like = index.nearest(row.name)
        if like:
            words = {"name": row.name, "like": like.name, "objekt": like.objekt}
            text = _("%(name)s blir ett nytt system. I %(objekt)s finns %(like)s; är de samma?")
            draft.notes.warn(*row.spot("name"), text % words)


class _Index:
    def __init__(self, systems: Mapping[int, Informationssystem]) -> None:
        self.systems = systems
        self.parts = {pk: trigrams(system.name) for pk, system in systems.items()}
        self.holders: dict[str, list[int]] = defaultdict(list)
        for pk, parts in self.parts.items():
            for part in parts:
                self.holders[part].append(pk)

    def nearest(self, name: str) -> Informationssystem | None:
        """Return the most similar system, or None where none is near.

        Who is near shares at least NEAR of the name's trigrams, and so has one of the rarest,
        however few of them are left out: what "system" is part of need not all be looked at.
        """
        parts = trigrams(name)
        rarest = sorted(parts, key=lambda part: len(self.holders.get(part, ())))
        telling = rarest[: len(parts) - ceil(NEAR * len(parts)) + 1]
        near = {pk for part in telling for pk in self.holders.get(part, ())}
        likeness = {pk: _likeness(parts, self.parts[pk]) for pk in sorted(near)}
        best = max(likeness, key=lambda pk: likeness[pk], default=0)
        return self.systems[best] if likeness.get(best, 0) >= NEAR else None


def _likeness(some: frozenset[str], others: frozenset[str]) -> float:
    shared = len(some & others)
    return shared / (len(some) + len(others) - shared)


def trigrams(name: str) -> frozenset[str]:
    """Return the trigrams of a name as pg_trgm cuts them."""
    words = (f"  {word} " for word in WORD.findall(fold(name)))
    return frozenset(word[i : i + 3] for word in words for i in range(len(word) - 2))
