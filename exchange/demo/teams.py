"""Who answers for an object of the demo on the day that the clock is set to."""

from functools import cache

from django.utils import timezone

from governance.models import Forvaltningsobjekt, Sida
from roles.models import RoleAssignment, User

LEADERS = ("objektagare", "objektagare_it", "forvaltningsledare", "forvaltningsledare_it")
LEADS = {Sida.VERKSAMHET: "forvaltningsledare", Sida.IT: "forvaltningsledare_it"}
OWNS = {Sida.VERKSAMHET: "objektagare", Sida.IT: "objektagare_it"}


def find(name: str) -> Forvaltningsobjekt:
    """Return an object by name."""
    return Forvaltningsobjekt.objects.get(name=name)


def current(objekt: Forvaltningsobjekt, role: str) -> RoleAssignment:
    """Return the assignment in force on the (set) day."""
    held = RoleAssignment.objects.filter(objekt=objekt, role=role).order_by("valid_from")
    return next(a for a in held if a.is_current())


def holder(objekt: Forvaltningsobjekt, role: str) -> User:
    """Return who holds a leading role on the (set) day."""
    return Team(objekt).held[role]


class Team:
    """An object with the four who answer for it on the (set) day: one query."""

    def __init__(self, objekt: Forvaltningsobjekt) -> None:
        self.objekt, self.day = objekt, timezone.localdate()
        rows = RoleAssignment.objects.filter(objekt=objekt, role__in=LEADERS)
        self.held: dict[str, User] = {
            row.role: _person(row.person_id) for row in rows if row.is_current(self.day)
        }

    @property
    def leader(self) -> User:
        """Return the förvaltningsledare."""
        return self.leads(Sida.VERKSAMHET)

    @property
    def owner(self) -> User:
        """Return the objektägare."""
        return self.owns(Sida.VERKSAMHET)

    def leads(self, side: str) -> User:
        """Return who leads a side."""
        return self.held[LEADS[Sida(side)]]

    def owns(self, side: str) -> User:
        """Return who owns a side."""
        return self.held[OWNS[Sida(side)]]


def team_of(name: str) -> Team:
    """Return an object in management, by name, with its people of the (set) day."""
    return Team(_managed(name))


@cache
def _person(pk: int) -> User:
    found: User = User.objects.get(pk=pk)
    return found


@cache
def _managed(name: str) -> Forvaltningsobjekt:
    return find(name)


def forget() -> None:
    """Forget whom and what has been met: another register has others."""
    _person.cache_clear()
    _managed.cache_clear()
