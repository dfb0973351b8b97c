"""The plans and the money of the world's object."""

from datetime import date
from decimal import Decimal
from typing import Any

from governance.actions import avrop as avrop_actions
from governance.actions import kostnad as kostnad_actions
from governance.actions import kostnadsrapport as rapport_actions
from governance.actions import planrader
from governance.models import Aktivitet, Forvaltningsobjekt, Kostnadsrapport, Mal
from tests.factories import today
from tests.factories.steering import make_plan, put_avtal, set_status


def paid(objekt: Forvaltningsobjekt, hidden: Any) -> dict[str, Any]:
    """Make call-offs, deliveries and costs, openly and about the hidden system."""
    avtal, hidden_avtal = put_avtal(objekt), put_avtal(objekt, hidden)
    called, hidden_called = (
        avrop_actions.call_off(None, each, title="Timmar", belopp=Decimal(1), on=today())
        for each in (avtal, hidden_avtal)
    )
    delivered, hidden_delivered = (
        avrop_actions.register_leverans(None, each, title="Etapp 1", on=today())
        for each in (called, hidden_called)
    )

    def cost(sida: str, system: Any = None) -> Any:
        values: dict[str, Any] = {"title": "Licenser", "belopp": Decimal(100), "on": today()}
        return kostnad_actions.register(None, objekt, sida=sida, system=system, **values)

    return {
        "avrop": called,
        "leverans": delivered,
        "hidden_leverans": hidden_delivered,
        "kostnad": cost("verksamhet"),
        "it_kostnad": cost("it"),
        "hidden_kostnad": cost("verksamhet", hidden),
    }


def cost_report(objekt: Forvaltningsobjekt) -> Kostnadsrapport:
    """Report the costs of IT; the hidden system's cost of the object hides it with the system."""
    return rapport_actions.report(None, objekt, sida="it", until=today(), comment="Enligt plan.")


def planned(objekt: Forvaltningsobjekt, hidden: Any) -> dict[str, Any]:
    """Make a draft, a plan that was put forward, and last year's adopted one."""
    last = today().year - 1
    days: dict[str, Any] = {"period_from": date(last, 1, 1), "period_to": date(last, 12, 31)}
    adopted, forward, draft = (
        make_plan(objekt, status="utkast", **fields) for fields in (days, {}, {})
    )
    goals = {
        plan.pk: planrader.add(None, plan, Mal, sida="verksamhet", title="Färre fel")
        for plan in (adopted, forward, draft)
    }
    set_status(adopted, "faststalld")
    set_status(forward, "framlagd")
    return {
        "plan_forward": forward,
        "plan_draft": draft,
        "goal": goals[draft.pk],
        "adopted_goal": goals[adopted.pk],
        "hidden_activity": planrader.add(
            None, draft, Aktivitet, sida="it", title="Byt", system=hidden
        ),
    }
