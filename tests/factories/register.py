"""Makes a register for tests, through the same actions as everybody else."""

from datetime import date, timedelta
from itertools import count
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from governance.access import ADMINISTRATORER, REVISORER
from governance.actions import namnd as namnd_actions
from governance.actions import objekt as objekt_actions
from governance.actions import system as system_actions
from governance.gestures import gesture
from governance.models import Forvaltningsobjekt, Informationssystem, Namnd
from roles import activation, assignments, people
from roles.catalogue import MANDATORY, NAMND
from roles.models import RoleAssignment, User

M = TypeVar("M", bound=Model)
_number = count(1)
PASSWORD = "en-lång-mening-som-lösenord"


def today() -> date:
    """Return the Swedish day."""
    return timezone.localdate()


def make_user(username: str = "", *, groups: tuple[str, ...] = (), **fields: Any) -> User:
    """Make a person who can log in with PASSWORD."""
    username = username or f"person{next(_number)}"
    first, _, last = username.partition(".")
    names = {"first_name": first.title(), "last_name": (last or "Test").title()}
    person = people.create(
        None,
        password=PASSWORD,
        **{"username": username, "email": f"{username}@example.se", **names, **fields},
    )
    return people.set_groups(None, person, groups) if groups else person


def make_admin(username: str = "adam.admin") -> User:
    """Make an Administratör."""
    return make_user(username, groups=(ADMINISTRATORER,))


def make_revisor(username: str = "rut.revisor") -> User:
    """Make a Revisor."""
    return make_user(username, groups=(REVISORER,))


def make_namnd(name: str = "", **fields: Any) -> Namnd:
    """Make a nämnd."""
    return namnd_actions.create(None, name=name or f"Nämnd {next(_number)}", **fields)


def make_objekt(name: str = "", **fields: Any) -> Forvaltningsobjekt:
    """Make an utkast without roles."""
    name = name or f"Objekt {next(_number)}"
    return objekt_actions.create(
        None, **{"name": name, "verksamhetsprocess": f"Process för {name}", **fields}
    )


def make_system(objekt: Forvaltningsobjekt, name: str = "", **fields: Any) -> Informationssystem:
    """Make a system on an object."""
    return system_actions.create(None, objekt, name=name or f"System {next(_number)}", **fields)


def appoint(
    objekt: Forvaltningsobjekt, role: str, holder: User | Namnd, **options: Any
) -> RoleAssignment:
    """Appoint somebody since a year, unless told otherwise."""
    options.setdefault("valid_from", today() - timedelta(days=365))
    options.setdefault("reason", "Förutsättning för testet")
    return assignments.appoint(None, objekt, role, holder, **options)[0]


def make_active(name: str = "", **holders: User | Namnd) -> Forvaltningsobjekt:
    """Make an object in management; holders by role code, the others are made up."""
    objekt = make_objekt(name)
    for role in MANDATORY:
        made = make_namnd if role.code == NAMND else make_user
        appoint(objekt, role.code, holders.get(role.code) or made())
    return activation.change_status(
        None, objekt, "i_forvaltning", reason="Förutsättning för testet"
    )


def put(thing: M, **fields: Any) -> M:
    """Write a row as it may have come about, past the actions."""
    for name, value in fields.items():
        setattr(thing, name, value)
    with gesture(None, "change"):
        thing.save()
    return thing
