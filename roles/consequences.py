"""Who gains and who loses which mandates, from which day. Pure: asks no database.

Two pictures of who holds what, before and after, are compared day by day from today on. The
effect is net: who keeps a mandate through another role neither gains nor loses it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from roles.catalogue import BY_CODE, Mandate, Role

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hold:
    """Somebody (a person, or a nämnd) has a role's mandates on these days, both included."""

    party: Any
    role: str
    start: date
    end: date | None = None
    system: Any = None
    """The one system it is about; None is the whole object."""

    def lasts(self, day: date) -> bool:
        """Whether it lasts on the day."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Entry:
    """One mandate that is gained, lost or kept; on one system alone, or through another role."""

    mandate: Mandate
    system: Any = None
    through: Role | None = None


@dataclass(frozen=True)
class Consequence:
    """What a change means for one person from one day, to a last day where there is one."""

    party: Any
    kind: str
    """gains, loses or keeps"""
    start: date
    end: date | None
    entries: tuple[Entry, ...]
    today: date
    same: bool = False
    """Just what somebody gains at the same time, so that it need not be listed twice."""

    @property
    def heading(self) -> str:
        """Return the sentence that the mandates complete: "Från och med … får Karin Öberg"."""
        sentence = {
            "gains": _("%(when)s får %(who)s mandaten:"),
            "loses": _("%(when)s förlorar %(who)s mandaten:"),
            "keeps": _("%(who)s behåller genom en annan roll:"),
        }[self.kind]
        if self.same:
            sentence = _("%(when)s förlorar %(who)s samma mandat.")
        return sentence % {"when": self._when(), "who": self.party}

    def _when(self) -> str:
        first = _("i dag") if self.start == self.today else date_format(self.start, "j F Y")
        if self.end is None:
            return _("Från och med %(first)s") % {"first": first}
        last = date_format(self.end, "j F Y")
        return _("Från och med %(first)s till och med %(last)s") % {"first": first, "last": last}


Right = tuple[str, Any]  # a permission, and the one system it is for
Rights = dict[Right, set[str]]  # … and through which roles


def rights(holds: Iterable[Hold], party: Any, day: date) -> Rights:
    """Return what the party may on the day, and through which roles.

    What is held on the whole object is not counted again for a system of it.
    """
    found: Rights = {}
    for hold in holds:
        if hold.party == party and hold.lasts(day):
            for permission in BY_CODE[hold.role].permissions:
                found.setdefault((permission, hold.system), set()).add(hold.role)
    return {
        right: roles
        for right, roles in found.items()
        if not right[1] or (right[0], None) not in found
    }


def consequences(before: Sequence[Hold], after: Sequence[Hold], today: date) -> list[Consequence]:
    """Return what changes for whom from today on, earliest first, gains before losses."""
    days = _turning_points([*before, *after], today)
    parties = dict.fromkeys(hold.party for hold in [*after, *before])
    found = [c for party in parties for c in _of_party(party, before, after, days)]
    order = {"gains": 0, "loses": 1, "keeps": 2}
    gained = {(c.start, c.end, c.entries) for c in found if c.kind == "gains"}
    found = [
        replace(c, same=c.kind == "loses" and (c.start, c.end, c.entries) in gained) for c in found
    ]
    return sorted(found, key=lambda c: (c.start, order[c.kind]))


def _turning_points(holds: Iterable[Hold], today: date) -> list[date]:
    days = {today}
    for hold in holds:
        days |= {d for d in (hold.start, hold.end and hold.end + ONE_DAY) if d and d > today}
    return sorted(days)


def _of_party(
    party: Any, before: Sequence[Hold], after: Sequence[Hold], days: list[date]
) -> list[Consequence]:
    found: list[Consequence] = []
    for kind in ("gains", "loses", "keeps"):
        spans = [
            (day, _entries(kind, rights(before, party, day), rights(after, party, day)))
            for day in days
        ]
        for start, end, entries in _merged(spans):
            if entries:
                found.append(Consequence(party, kind, start, end, entries, days[0]))
    return found


def _merged(
    spans: list[tuple[date, tuple[Entry, ...]]],
) -> list[tuple[date, date | None, tuple[Entry, ...]]]:
    """Join days in a row where the same holds; the last has no end."""
    kept = [s for i, s in enumerate(spans) if i == 0 or s[1] != spans[i - 1][1]]
    ends = [day - ONE_DAY for day, _entries in kept[1:]]
    return [(s[0], end, s[1]) for s, end in zip(kept, [*ends, None], strict=True)]


def _entries(kind: str, before: Rights, after: Rights) -> tuple[Entry, ...]:
    if kind == "gains":
        return _in_words({r: roles for r, roles in after.items() if not _held(r, before)})
    if kind == "loses":
        return _in_words({r: roles for r, roles in before.items() if not _held(r, after)})
    return _kept(before, after)


def _held(right: Right, rights: Rights) -> bool:
    return right in rights or (right[0], None) in rights


def _in_words(rights: Rights) -> tuple[Entry, ...]:
    """Return the mandates behind rights, in the order of the catalogue."""
    return tuple(
        Entry(mandate, system)
        for role in BY_CODE.values()
        for mandate in role.mandates
        for (permission, system), roles in rights.items()
        if permission == mandate.permission and role.code in roles
    )


def _kept(before: Rights, after: Rights) -> tuple[Entry, ...]:
    """Return what the party held through a role it leaves, and goes on holding through another."""
    left = {role for roles in before.values() for role in roles} - {
        role for roles in after.values() for role in roles
    }
    found = []
    for (permission, system), roles in before.items():
        still = after.get((permission, system), set()) or after.get((permission, None), set())
        for code in sorted(roles & left if still else ()):
            through = BY_CODE[min(still, key=list(BY_CODE).index)]
            found += [
                Entry(m, system, through)
                for m in BY_CODE[code].mandates
                if m.permission == permission
            ]
    return tuple(sorted(found, key=lambda entry: _place(entry.mandate)))


def _place(mandate: Mandate) -> int:
    return [m for role in BY_CODE.values() for m in role.mandates].index(mandate)
