"""Plans and agreements for tests of something else: written as they stand, past the actions.

Where the way there matters (drafting, signing, …) tests go by the actions: tests/factories/avtal.py.
"""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from governance.actions.leverantor import create as create_leverantor
from governance.gestures import gesture
from governance.models import (
    Avtal,
    Avtalssystem,
    Budgetpost,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Informationssystem,
    Planavtal,
    Sida,
    Underskrift,
)
from governance.steering import plans
from tests.factories.register import make_user, today

_number = count(1)
SEK = Decimal


def make_plan(
    objekt: Forvaltningsobjekt,
    *,
    budget: dict[str, str] | None = None,
    status: str = "faststalld",
    **fields: Any,
) -> Forvaltningsplan:
    """Make a plan of this year, adopted unless told otherwise; budget: {sida: belopp}."""
    year = today().year
    values: dict[str, Any] = {
        "number": objekt.forvaltningsplan.count() + 1,
        "period_from": date(year, 1, 1),
        "period_to": date(year, 12, 31),
        **fields,
    }
    with gesture(None, "demo"):
        plan = Forvaltningsplan(objekt=objekt, **values)
        plan.save()
        for sida, belopp in (budget or {}).items():
            Budgetpost(
                plan=plan, sida=sida, slag="drift", title=f"Drift, {sida}", belopp=SEK(belopp)
            ).save()
    if status != "utkast":
        set_status(plan, status)
    return plan


def make_plan_today(
    objekt: Forvaltningsobjekt, status: str = "faststalld", **fields: Any
) -> Forvaltningsplan:
    """Make a plan that holds today and for another 200 days."""
    held = {
        "period_from": today() - timedelta(days=100),
        "period_to": today() + timedelta(days=200),
    }
    return make_plan(objekt, status=status, **{**held, **fields})


def set_status(plan: Forvaltningsplan, status: str, adopted_on: date | None = None) -> None:
    """Let a plan have come as far as this, step by step; two sign where it is to be adopted.

    It was adopted today, unless another day is given.
    """
    with gesture(None, "demo"):
        if plan.status == Forvaltningsplan.Status.UTKAST:
            plan.status, plan.put_forward_on = Forvaltningsplan.Status.FRAMLAGD, today()
            plan.content_hash = plans.content_hash(plan)
            plan.save()
        if status == Forvaltningsplan.Status.FRAMLAGD:
            return
        if plan.status == Forvaltningsplan.Status.FRAMLAGD:
            for sida in Sida.values:
                _sign(plan, sida)
            plan.status, plan.adopted_on = Forvaltningsplan.Status.FASTSTALLD, adopted_on or today()
            plan.save()
        if status == Forvaltningsplan.Status.ERSATT:
            plan.status, plan.superseded_on = status, today()
            plan.save()


def _sign(plan: Forvaltningsplan, sida: str) -> None:
    said = {"person": make_user(), "content_hash": plan.content_hash, "signed_at": timezone.now()}
    Underskrift(plan=plan, sida=sida, **said).save()


def put_avtal(
    objekt: Forvaltningsobjekt,
    *systems: Informationssystem,
    status: str = "tecknat",
    **fields: Any,
) -> Avtal:
    """Make an agreement of this year about the systems, signed unless told otherwise."""
    number = next(_number)
    values: dict[str, Any] = {
        "slag": "drift",
        "title": f"Driftsavtal {number}",
        "starts_on": today() - timedelta(days=100),
        "ends_on": today() + timedelta(days=400),
        **fields,
    }
    if status != "registrerat":
        values |= {
            "approved_by": make_user(),
            "approved_on": today() - timedelta(days=91),
            "signed_by": make_user(),
            "signed_on": today() - timedelta(days=90),
            "decision": values.get("decision") or "KS 2026/1",
        }
    if "leverantor" not in values:
        values["leverantor"] = create_leverantor(None, name=f"Leverantör {number}")
    with gesture(None, "demo"):
        avtal = Avtal(objekt=objekt, status=status, **values)
        avtal.save()
        for system in systems:
            Avtalssystem(avtal=avtal, system=system).save()
    return avtal


def cover(plan: Forvaltningsplan, avtal: Avtal) -> Planavtal:
    """Let a draft cover an agreement."""
    with gesture(None, "demo"):
        covered = Planavtal(plan=plan, avtal=avtal)
        covered.save()
    return covered
