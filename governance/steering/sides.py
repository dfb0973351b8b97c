"""The two sides of an object, told apart by what only one of them may do.

Where both sides share a mandate and the clause tells them apart (statusrapport: 6.3.U8 to the
objektägare, 6.5.U3 to the objektägare IT), the side of a person is read from another mandate that
only that side has: approving deliveries (6.3.B4), and following up the costs of IT (6.5.U7). From
the grants alone, and no group carries these: a group outside the objects belongs to neither side.
"""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from governance import access
from governance.access import Person
from governance.models import Forvaltningsobjekt, Sida

OWNS = {Sida.VERKSAMHET: "adopt_forvaltningsplan", Sida.IT: "adopt_forvaltningsplan_it"}
"""What only the objektägare and the objektägare IT may do (6.2.U1, 6.4.U1)."""
LEADS = {Sida.VERKSAMHET: "approve_leverans", Sida.IT: "follow_up_it_costs"}
"""What only the förvaltningsledare and the förvaltningsledare IT may do (6.3.B4, 6.5.U7)."""


def sides_led(person: Person, objekt: Forvaltningsobjekt) -> list[Sida]:
    """Return the sides that a person leads today: none, one, or both; RegIT itself leads both."""
    return _sides(person, objekt, LEADS)


def sides_owned(person: Person, objekt: Forvaltningsobjekt) -> list[Sida]:
    """Return the sides that a person owns today: none, one, or both; RegIT itself owns both."""
    return _sides(person, objekt, OWNS)


def _sides(person: Person, objekt: Forvaltningsobjekt, by: dict[Sida, str]) -> list[Sida]:
    if person is None:
        return list(by)
    held = access.holders_of(objekt, *by.values())
    return [sida for sida, permission in by.items() if person in held[permission]]


def check_led(person: Person, objekt: Forvaltningsobjekt, sida: str) -> Sida:
    """Return the side as one that the person leads today.

    Raises ValidationError, at the field `sida`, for a side that somebody else leads.
    """
    led = sides_led(person, objekt)
    if sida not in led:
        raise ValidationError({"sida": _("Välj den sida som du leder förvaltningen för.")})
    return Sida(sida)


def speaks_with(sida: str) -> tuple[str, str]:
    """Return the permissions, any one of which lets a person speak for the side."""
    side = Sida(sida)
    return OWNS[side], LEADS[side]


def sides_of(permissions: Collection[str]) -> list[Sida]:
    """Return the sides that somebody with these permissions speaks for."""
    return [side for side in Sida if not set(speaks_with(side)).isdisjoint(permissions)]


def require_any(user: Person, permissions: Collection[str], thing: Model, name: str) -> None:
    """Raise Forbidden, with what it takes in words, unless the person holds one of the permissions."""
    if not any(access.may(user, permission, thing) for permission in permissions):
        raise access.Forbidden(tuple(permissions), thing, name)
