"""An object with its five roles and a plan in force, for the tests of what is done within it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from exchange.demo import clock
from governance.gestures import gesture
from governance.models import Aktivitet, Arende, Forvaltningsobjekt, Forvaltningsplan, Uppdrag
from roles.models import User
from tests.factories import make_active, make_user
from tests.factories.steering import make_plan, set_status


@dataclass
class Cast:
    """The object, its plan's activity with a frame of 100 000 kr, and who leads and owns it."""

    objekt: Forvaltningsobjekt
    plan: Forvaltningsplan
    aktivitet: Aktivitet
    fl: User
    flit: User
    oa: User
    oait: User


def plan_for(objekt: Forvaltningsobjekt, **fields: Any) -> Forvaltningsplan:
    """Make a draft of this year."""
    return make_plan(objekt, status="utkast", **fields)


def activity_of(plan: Forvaltningsplan, **fields: Any) -> Aktivitet:
    """Add an activity to a draft."""
    values: dict[str, Any] = {"sida": "verksamhet", "title": "Byt ut blanketterna", **fields}
    with gesture(None, "demo"):
        aktivitet = Aktivitet(plan=plan, **values)
        aktivitet.save()
    return aktivitet


def adopt(plan: Forvaltningsplan, status: str = "faststalld") -> None:
    """Let a plan have been adopted."""
    set_status(plan, status)


@clock.in_one_go()
def build(name: str = "Elevadministration") -> Cast:
    """Make the cast, in one go like the demo."""
    fl, flit = make_user(f"lars.{len(name)}"), make_user(f"malin.{len(name)}")
    oa, oait = make_user(f"eva.{len(name)}"), make_user(f"per.{len(name)}")
    objekt = make_active(
        name, forvaltningsledare=fl, forvaltningsledare_it=flit, objektagare=oa, objektagare_it=oait
    )
    plan = plan_for(objekt)
    aktivitet = activity_of(plan, ram=Decimal(100_000))
    adopt(plan)
    return Cast(objekt, plan, aktivitet, fl, flit, oa, oait)


def uppdrag_of(cast: Cast, **fields: Any) -> Uppdrag:
    """Initiate an uppdrag, by the action."""
    from governance.actions import uppdrag

    values: dict[str, Any] = {
        "aktivitet": cast.aktivitet,
        "title": "Ny blankett för skolval",
        "belopp": Decimal(40_000),
        **fields,
    }
    return uppdrag.initiate(cast.fl, cast.objekt, **values)


def arende_of(cast: Cast, **fields: Any) -> Arende:
    """Put a matter before the styrgrupp, by the action."""
    from governance.actions import arende

    values: dict[str, Any] = {
        "title": "Köp en modul till",
        "description": "Den ryms inte i planen.",
        "belopp": Decimal(250_000),
        **fields,
    }
    return arende.refer(cast.fl, cast.objekt, **values)
