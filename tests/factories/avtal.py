"""Agreements by the actions, and the plans that cover them."""

from datetime import date, timedelta
from typing import Any

from governance.actions import avtal as actions
from governance.actions import avtal_signing as signing
from governance.actions import leverantor as leverantor_actions
from governance.models import (
    Avtal,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Informationssystem,
    Leverantor,
)
from roles.models import RoleAssignment, User
from tests.factories.register import today
from tests.factories.steering import cover, make_plan, set_status


def make_leverantor(name: str = "Leverans AB") -> Leverantor:
    """Return the supplier of that name."""
    found = Leverantor.objects.filter(name=name).first()
    return found or leverantor_actions.create(None, name=name)


def make_avtal(objekt: Forvaltningsobjekt, *systems: Informationssystem, **fields: Any) -> Avtal:
    """Register a licensavtal that began a year ago and ends in a year, about the object's systems."""
    given: dict[str, Any] = {
        "slag": "licens",
        "title": "Licensavtal",
        "starts_on": today() - timedelta(days=365),
        "ends_on": today() + timedelta(days=365),
        "notice_months": 3,
        **fields,
    }
    given.setdefault("leverantor", make_leverantor())
    return actions.create(None, objekt, systems=systems or objekt.systems.all(), **given)


def holder(objekt: Forvaltningsobjekt, role: str) -> User:
    """Return who holds the role on the object today."""
    person = RoleAssignment.objects.get(objekt=objekt, role=role).person
    assert person
    return person


def make_signed(
    objekt: Forvaltningsobjekt,
    *systems: Informationssystem,
    signed_on: date | None = None,
    **fields: Any,
) -> Avtal:
    """Register an agreement and let the objektägare sign it by a decision outside the plan."""
    avtal = make_avtal(objekt, *systems, **fields)
    owner = holder(objekt, "objektagare")
    if avtal.needs_approval:
        actions.approve(owner, avtal)
    day = signed_on or today()
    return signing.sign(owner, avtal, signed_on=day, decision="Beslut 1")


def make_plan_in_force(objekt: Forvaltningsobjekt, *covers: Avtal) -> Forvaltningsplan:
    """Make an adopted plan of this year that covers the agreements."""
    plan = make_plan(objekt, status="utkast")
    for avtal in covers:
        cover(plan, avtal)
    set_status(plan, "faststalld")
    return plan
