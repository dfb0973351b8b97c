"""Loads the demo municipality: 12 nämnder, 60 objects, 250 systems, 150 people, two years of history.

Every step is one of the register's own actions, done by somebody with the mandate, on its own day.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Value
from django.utils import timezone

from exchange.demo import clock, events, teams
from exchange.demo.names import NAMNDER, SUPPLIERS, objects
from exchange.demo.people import CAST, Staff, employ, represent
from exchange.demo.steering import steering
from governance.actions import leverantor as leverantor_actions
from governance.actions import namnd as namnd_actions
from governance.models import Forvaltningsobjekt, Leverantor, Namnd
from governance.models.leverantor import squeezed
from roles import grants
from roles.models import User

SEED = 2018
DAYS = 730
WORKING_HOURS = timedelta(hours=9)
Progress = Callable[[str], None]


@dataclass
class World:
    """What has been made so far."""

    random: Random
    start: datetime
    staff: Staff = field(default_factory=Staff)
    namnder: dict[str, Namnd] = field(default_factory=dict)
    suppliers: list[Leverantor] = field(default_factory=list)
    objects: list[Forvaltningsobjekt] = field(default_factory=list)


def exists() -> bool:
    """Whether the register has any object."""
    return Forvaltningsobjekt.objects.exists()


def in_the_way() -> list[str]:
    """Return what the register has already that the demo would make, in words; accounts first."""
    accounts = User.objects.filter(username__in=CAST).values_list("username", flat=True)
    namnder = Namnd.objects.filter(name__in=NAMNDER).values_list("name", flat=True)
    spelled = [squeezed(Value(name)) for name in SUPPLIERS]
    suppliers = Leverantor.objects.filter(name_key__in=spelled).values_list("name", flat=True)
    return [
        *(f"kontot {name}" for name in accounts),
        *(f"nämnden {name}" for name in namnder),
        *(f"leverantören {name}" for name in suppliers),
    ]


@clock.without_letters()
@transaction.atomic
@clock.in_one_go()
def load(progress: Progress = lambda _text: None) -> None:
    """Load it all into an empty register, in chronological order."""
    teams.forget()
    grants.forget_day()  # where the server was there first, the past counts as done
    now = timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0)
    world = World(Random(SEED), now - timedelta(days=DAYS))  # noqa: S311 - examples
    with clock.set_to(on_day(world, clock.workday(world.start.date()), timedelta(hours=-1))):
        found_municipality(world)
    progress("Nämnder, leverantörer och personer finns.")
    agenda = agenda_of(world)
    for done, (day, steps) in enumerate(agenda.items()):
        for number, step in enumerate(steps):
            with clock.set_to(on_day(world, day, WORKING_HOURS * number / len(steps))):
                if number == 0:
                    grants.bring_up_to_date()
                step()
        if done % 100 == 99:
            progress(f"{done + 1} av {len(agenda)} dagar.")
    grants.sync(None)
    grants.bring_up_to_date()


def agenda_of(world: World) -> dict[date, list[Callable[[], Any]]]:
    """Return what happens on each day, in order; nobody works at the weekend."""
    found: dict[date, list[Callable[[], Any]]] = defaultdict(list)
    lives = (
        event
        for number, row in enumerate(objects())
        for event in events.life_of_object(world, number, row)
    )
    for day, step in chain(lives, steering(world), events.late_events(world)):
        found[clock.workday(world.start.date() + timedelta(days=day))].append(step)
    return dict(sorted(found.items()))


def on_day(world: World, day: date, later: timedelta) -> datetime:
    """Return a moment so much later than the start of work on a day."""
    return timezone.make_aware(datetime.combine(day, world.start.time())) + later


def found_municipality(world: World) -> None:
    """Register nämnder, suppliers and people."""
    for name, kind in NAMNDER.items():
        email = "namnden@demo.example"
        world.namnder[name] = namnd_actions.create(None, name=name, kind=kind, email=email)
    units = [name.replace("nämnden", "förvaltningen") for name in NAMNDER]
    world.staff = employ(world.random, units)
    represent(world.staff, list(world.namnder.values()))
    for number, name in enumerate(SUPPLIERS):
        world.suppliers.append(
            leverantor_actions.create(
                world.staff.admin,
                name=name,
                organisationsnummer=number_for(number),
                contacts=f"Kundtjänst, kund{number}@demo.example",
            )
        )


def number_for(number: int) -> str:
    """Return a made-up organisationsnummer with a right check digit."""
    nine = f"55{9000 + number:04d}{100 + number:03d}"
    doubled = [int(d) * 2 if i % 2 == 0 else int(d) for i, d in enumerate(nine)]
    total = sum(d - 9 if d > 9 else d for d in doubled)
    return f"{nine[:6]}-{nine[6:]}{-total % 10}"
