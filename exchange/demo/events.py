"""What happens in the demo municipality: each event is a day (counted from the start) and a step."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from exchange.demo.descriptions import describe_system
from exchange.demo.names import INFORMATION, OUTSIDE
from exchange.demo.teams import LEADERS, current, find, holder
from governance.actions import informationsmangd as mangd_actions
from governance.actions import objekt as objekt_actions
from governance.actions import samband as samband_actions
from governance.actions import system as system_actions
from governance.models import Informationssystem
from roles import activation, assignments, people
from roles.assignments import Basis
from roles.models import User

if TYPE_CHECKING:
    from exchange.demo.municipality import World

Event = tuple[int, Callable[[], Any]]
SCHOOL = "Elevadministration"
UTKAST = ("Val", "Friluftsliv", "Museum", "Avlopp")
AVVECKLAT = "Studieekonomi"
SCHOOL_CAST = ("eva.lund", "per.sandstrom", "lars.nystrom", "malin.holm")
END = 730


def life_of_object(
    world: "World", number: int, row: tuple[str, str, str, list[str]]
) -> Iterator[Event]:
    """Yield what happens to one object: founding, systems, changes, a handover, confirmations."""
    namnd, name, process, systems = row
    random, begun = world.random, 1 + number
    leaders = pick_leaders(world, number, name)
    yield begun, lambda: found(world, namnd, name, process, leaders)
    if name in UTKAST:
        for system in systems:
            yield begun + 3, lambda s=system: plan_system(world, name, s)  # type: ignore[misc]
        return
    yield begun + 1, lambda: activate(world, name)
    names = [*systems, f"Gamla {systems[0]}"] if number < 24 else systems
    for place, system in enumerate(names):
        fields = describe_system(random, world.suppliers, system, place)
        fields["informationen_ags_av"] = None if random.random() < 0.04 else world.namnder[namnd]
        yield begun + 5 + place * 3, lambda s=system, f=fields: register(name, s, f)  # type: ignore[misc]
        yield begun + 60 + place, lambda s=system: add_information(world, name, s)  # type: ignore[misc]
    yield begun + 90, lambda: staff_operatively(world, number, name)
    yield begun + 100, lambda: connect(world, name)
    for day in confirmed_on(random, begun):
        yield (
            day,
            lambda: objekt_actions.verify(holder(find(name), "forvaltningsledare"), find(name)),
        )
    if number % 2 == 0 and name != SCHOOL:
        yield 250 + number * 5, lambda: hand_over(world, number, name)
    if number % 3 == 0:
        yield 300 + number * 4, lambda: change_something(name)
    if name == AVVECKLAT:
        yield 600, lambda: wind_up(name)


def pick_leaders(world: "World", number: int, name: str) -> list[User]:
    """Choose the four people who answer for an object; the cast has a few objects."""
    if name in (SCHOOL, "Skolmåltider", "Elevhälsa"):
        return [world.staff.cast[username] for username in SCHOOL_CAST]
    others = world.staff.others
    return [others[(number * 2 + place * 31 + place) % len(others)] for place in range(4)]


def confirmed_on(random: Any, begun: int) -> list[int]:
    """Return the days on which the entry is confirmed; one object in six was forgotten."""
    if random.random() < 0.17:
        return [begun + 150]
    return [begun + 150, random.randint(400, 500), random.randint(560, 725)]


def found(world: "World", namnd: str, name: str, process: str, leaders: list[User]) -> None:
    """Register an object with its roles; an utkast lacks some of them."""
    admin, today = world.staff.admin, timezone.localdate()
    known = {} if name == UTKAST[0] else {"verksamhetsprocess": process}
    objekt = objekt_actions.create(admin, name=name, **known, reason="Ny förvaltningsorganisation")
    basis = Basis(decision_reference=f"{namnd[:2].upper()} {today.year}/{100 + objekt.pk}")
    assignments.appoint(admin, objekt, "namnd", world.namnder[namnd], valid_from=today, basis=basis)
    roles = LEADERS[: 2 + UTKAST.index(name) % 2] if name in UTKAST else LEADERS
    for role, person in zip(roles, leaders, strict=False):
        assignments.appoint(
            admin, objekt, role, person, valid_from=today, basis=basis, reason="Beslut i nämnden"
        )


def activate(world: "World", name: str) -> None:
    """Take an object into management, by its objektägare."""
    objekt = find(name)
    activation.change_status(
        holder(objekt, "objektagare"), objekt, "i_forvaltning", reason="Organisationen är på plats"
    )


def register(name: str, system: str, fields: dict[str, Any]) -> None:
    """Register a system, by the förvaltningsledare."""
    objekt = find(name)
    system_actions.create(holder(objekt, "forvaltningsledare"), objekt, name=system, **fields)


def plan_system(world: "World", name: str, system: str) -> None:
    """Register a planned system on an utkast, by the Administratör."""
    system_actions.create(world.staff.admin, find(name), name=system, livscykel="planerat")


def add_information(world: "World", name: str, system: str) -> None:
    """Say whose the information is, for most systems."""
    random, objekt = world.random, find(name)
    if random.random() < 0.2:
        return
    thing = objekt.systems.get(name=system)
    mangd_actions.create(
        holder(objekt, "forvaltningsledare"),
        thing,
        content=random.choice(INFORMATION).capitalize(),
        verksamhet=name,
        informationsagare=random.choice(world.staff.others[20:120]),
    )


def staff_operatively(world: "World", number: int, name: str) -> None:
    """Appoint systemförvaltare and others, after consulting the resursägare."""
    objekt, today, cast = find(name), timezone.localdate(), world.staff.cast
    leader = holder(objekt, "forvaltningsledare")
    basis = Basis(consulted_resursagare="Enhetschefen")
    others = world.staff.others
    chosen = [cast["karin.oberg"], cast["asa.ek"], cast["hakan.astrom"]]
    if name != SCHOOL:
        chosen = [others[(number * 7 + place * 13) % len(others)] for place in range(3)]
    first = list(objekt.systems.order_by("pk")[:2]) if number % 2 else []
    assignments.appoint(
        leader, objekt, "systemforvaltare", chosen[0], valid_from=today, systems=first, basis=basis
    )
    if number % 3 == 0 or name == SCHOOL:
        assignments.appoint(
            leader, objekt, "it_specialist", chosen[1], valid_from=today, basis=basis
        )
    if number % 4 == 0 or name == SCHOOL:
        assignments.appoint(
            leader, objekt, "systemdriftansvarig", chosen[2], valid_from=today, basis=basis
        )


def connect(world: "World", name: str) -> None:
    """Register connections within the object, to another object and to the outside."""
    random, objekt = world.random, find(name)
    leader, systems = holder(objekt, "forvaltningsledare_it"), list(objekt.systems.order_by("pk"))
    hub, rest = systems[0], systems[1:4]
    elsewhere = (
        Informationssystem.objects.exclude(objekt=objekt)
        .filter(skyddsvard=False)
        .order_by("pk")
        .last()
    )
    ends: list[dict[str, Any]] = [{"target": s} for s in rest]
    ends += [{"outside_party": random.choice(OUTSIDE)}] + (
        [{"target": elsewhere}] if elsewhere else []
    )
    for end in ends:
        samband_actions.create(
            leader,
            hub,
            **end,
            direction=random.choice(["lamnar", "lamnar", "hamtar"]),
            kind=random.choice(["api", "fil", "handelse"]),
            information=random.choice(INFORMATION),
            frequency=random.choice(["lopande", "dagligen", "veckovis"]),
            criticality=random.choice(["medel", "hog", "kritisk"]),
        )


def hand_over(world: "World", number: int, name: str) -> None:
    """Hand over a leading role, by whoever appoints it."""
    objekt = find(name)
    role, by = (
        ("forvaltningsledare", "objektagare")
        if number % 4
        else ("forvaltningsledare_it", "objektagare_it")
    )
    successor = world.staff.others[(number * 11 + 5) % len(world.staff.others)]
    held = current(objekt, role)
    if held.person == successor:
        successor = world.staff.others[-1]
    assignments.hand_over(
        holder(objekt, by),
        held,
        successor,
        on=timezone.localdate() + timedelta(days=14),
        reason="Byter tjänst",
    )


def change_something(name: str) -> None:
    """Change a supplier's product name and a description, by the förvaltningsledare."""
    objekt = find(name)
    leader, system = holder(objekt, "forvaltningsledare"), objekt.systems.order_by("pk").first()
    objekt_actions.change(
        leader,
        objekt,
        description=f"Stöd för att {objekt.verksamhetsprocess.lower()}.",
        reason="Beskrivningen saknades",
    )
    if system:
        system_actions.change(leader, system, product=f"{system.product} 2", reason="Ny version")


def wind_up(name: str) -> None:
    """Wind up an object and its systems, by the objektägare."""
    objekt = find(name)
    owner = holder(objekt, "objektagare")
    for system in objekt.systems.all():
        system_actions.decide_livscykel(
            owner,
            system,
            "avvecklat",
            since=timezone.localdate(),
            decision="Beslut om avveckling",
            reason="Ersätts",
        )
    activation.change_status(
        owner, objekt, "avvecklat", reason="Uppgiften har flyttats till staten"
    )


def late_events(world: "World") -> Iterator[Event]:
    """Yield what is under way today: a planned handover, a substitute, and people who have left."""
    yield END - 20, lambda: plan_school(world)
    yield END - 10, lambda: stand_in(world)
    yield END - 6, lambda: leave(world, "Badhus", "forvaltningsledare")
    yield END - 5, lambda: leave(world, "Lön", "objektagare_it")


def plan_school(world: "World") -> None:
    """Plan a handover of the school object at the turn of the year."""
    held, year = current(find(SCHOOL), "forvaltningsledare_it"), timezone.localdate().year
    assignments.hand_over(
        world.staff.cast["per.sandstrom"],
        held,
        world.staff.cast["asa.ek"],
        on=max(date(year + 1, 1, 1), timezone.localdate() + timedelta(days=40)),
        reason="Malin byter tjänst",
    )


def stand_in(world: "World") -> None:
    """Let somebody stand in for the objektägare IT of the school object."""
    today = timezone.localdate()
    namnd = world.staff.admin
    assignments.substitute(
        namnd,
        current(find(SCHOOL), "objektagare_it"),
        world.staff.cast["malin.holm"],
        valid_from=today,
        valid_to=today + timedelta(days=30),
        reason="Föräldraledighet",
    )


def leave(world: "World", name: str, role: str) -> None:
    """Deactivate somebody who still holds a role: a finding."""
    people.set_active(world.staff.admin, holder(find(name), role), False, reason="Har slutat")
