"""What should come of uppdrag and ärenden, in plain Python, and the world of their state machine."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from governance.models import Aktivitet, Forvaltningsobjekt, Forvaltningsplan
from roles import assignments
from roles.models import RoleAssignment, User
from tests.factories import make_active, make_system, make_user, today
from tests.governance.uppdrag.cast import activity_of, plan_for

FRAMES = {"a": 1000, "b": None}
LEADERS = ("fl", "flit")
# Whom each member of the styrgrupp speaks for; "both" stands in for both owners.
STANDS_FOR = {"oa": {"verksamhet"}, "oait": {"it"}, "both": {"verksamhet", "it"}}


@dataclass
class Matter:
    """What the machine knows of an ärende."""

    pk: int
    raised: date
    hidden: bool
    belopp: Decimal | None
    status: str = "oppet"
    said: dict[str, bool] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """Return what the positions come to: two people, both sides, one word."""
        sides = set().union(*(STANDS_FOR[who] for who in self.said))
        if len(self.said) < 2 or len(sides) < 2 or len(set(self.said.values())) > 1:
            return "oppet"
        return "bifallet" if all(self.said.values()) else "avslaget"


@dataclass
class Work:
    """What the machine knows of an uppdrag."""

    pk: int
    activity: str | None
    matter: Matter | None
    belopp: Decimal | None
    starts: date | None = None
    status: str = "initierat"

    @property
    def granted(self) -> bool:
        return self.matter is not None and self.matter.status == "bifallet"

    @property
    def draws(self) -> Decimal:
        """Return what it takes of its frame."""
        return Decimal(0) if self.status == "avbrutet" else self.belopp or Decimal(0)


@dataclass
class World:
    people: dict[str, User]
    objekt: Forvaltningsobjekt
    plan: Forvaltningsplan
    activities: dict[str, Aktivitet]
    hidden: Any


def build() -> World:
    people = {who: make_user() for who in (*LEADERS, *STANDS_FOR, "out")}
    objekt = make_active(
        objektagare=people["oa"],
        objektagare_it=people["oait"],
        forvaltningsledare=people["fl"],
        forvaltningsledare_it=people["flit"],
    )
    days = {"valid_from": today(), "valid_to": today() + timedelta(days=3000)}
    for role in ("objektagare", "objektagare_it"):
        held = RoleAssignment.objects.get(objekt=objekt, role=role)
        assignments.substitute(None, held, people["both"], reason="Prov", **days)
    first, last = today() - timedelta(days=20), today() + timedelta(days=60)
    plan = plan_for(objekt, period_from=first, period_to=last)
    activities = {
        name: activity_of(plan, ram=None if ram is None else Decimal(ram))
        for name, ram in FRAMES.items()
    }
    return World(people, objekt, plan, activities, make_system(objekt, skyddsvard=True))
