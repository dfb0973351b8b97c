"""The styrgrupp of an object: who its members are today, and what they decide together.

It is derived, never listed: objektägare and objektägare IT form it (6.2.U3, 6.4.a, 6.4.U3), so its
members are those who may adopt the plan for either side, substitutes included.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from governance import access
from governance.access import Forbidden, Person
from governance.models import Forvaltningsobjekt, Sida, Stallningstagande
from governance.steering.sides import OWNS

VERKSAMHET, IT = OWNS[Sida.VERKSAMHET], OWNS[Sida.IT]


@dataclass(frozen=True)
class Styrgrupp:
    """The members of each side today."""

    verksamhet: tuple[Any, ...]
    it: tuple[Any, ...]

    @cached_property
    def members(self) -> list[Any]:
        """Return each member once, the business side first."""
        return list(dict.fromkeys([*self.verksamhet, *self.it]))

    def of(self, sida: str) -> tuple[Any, ...]:
        """Return the members of a side."""
        return self.it if sida == Sida.IT else self.verksamhet

    def stands_for(self, person: Person) -> str:
        """Return which side, or both, a person stands for; nothing for who is no member."""
        sides = [sida for sida in Sida if person in self.of(sida)]
        if len(sides) == 2:
            return Stallningstagande.Foretrader.BADA
        return str(sides[0]) if sides else ""


def styrgrupp_of(objekt: Forvaltningsobjekt) -> Styrgrupp:
    """Return the object's styrgrupp of today: one query."""
    held = access.holders_of(objekt, VERKSAMHET, IT)
    return Styrgrupp(tuple(held[VERKSAMHET]), tuple(held[IT]))


def require_member(actor: Person, objekt: Forvaltningsobjekt) -> None:
    """Raise Forbidden unless the person is a member; RegIT itself passes."""
    if not any(access.may(actor, permission, objekt) for permission in (VERKSAMHET, IT)):
        raise Forbidden((VERKSAMHET, IT), objekt, _("Vara ledamot i styrgruppen"))


@dataclass(frozen=True)
class Outcome:
    """What the positions taken come to: decided (True is bifall) or still open, and why."""

    bifall: bool | None
    sentence: str
    deciders: tuple[Stallningstagande, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether both sides have said the same."""
        return self.bifall is not None


def counts(position: Stallningstagande, sida: str, group: Styrgrupp) -> bool:
    """Whether a position counts for a side: taken for it, by one who is a member of it today."""
    stood_for = position.sida in (sida, Stallningstagande.Foretrader.BADA)
    return stood_for and position.person in group.of(sida)


def outcome(group: Styrgrupp, positions: Iterable[Stallningstagande]) -> Outcome:
    """Weigh the positions: decided when both sides, in two different people, say the same.

    What somebody said who is no longer a member does not count. Where a side has several members
    (a holder and a substitute) they must not contradict each other.
    """
    positions = list(positions)
    said = {sida: [p for p in positions if counts(p, sida, group)] for sida in Sida}
    taken = [p for rows in said.values() for p in rows]
    if len({p.bifall for p in taken}) > 1:
        return Outcome(None, _("Ledamöterna är oense. Ärendet är öppet tills de är överens."))
    silent = [sida for sida in Sida if not said[sida]]
    if silent:
        return Outcome(None, _waits_for(silent, group))
    if len({p.person_id for p in taken}) < 2:
        return Outcome(
            None,
            _("Två personer ska vara överens, en för varje sida. En till ska ta ställning."),
        )
    deciders = tuple({p.pk: p for p in taken}.values())
    return Outcome(taken[0].bifall, "", deciders)


def _waits_for(silent: list[Sida], group: Styrgrupp) -> str:
    words = []
    for sida in silent:
        names = ", ".join(str(person) for person in group.of(sida))
        side = _("IT") if sida == Sida.IT else _("verksamheten")
        words.append(f"{side} ({names or _('ingen ledamot i dag')})")
    return _("Väntar på att %(who)s tar ställning.") % {"who": _(" och ").join(words)}
