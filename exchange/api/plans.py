"""Förvaltningsplaner with their rows and signatures."""

from datetime import date
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from exchange.api.bodies import REASON, Text
from exchange.api.nouns import Act, Noun
from governance.actions import plan, planrader
from governance.models import (
    Aktivitet,
    Budgetpost,
    Forvaltningsplan,
    Mal,
    Malmatning,
    Planavtal,
    Planrisk,
    Sida,
    Underskrift,
)
from governance.models.forvaltningsplan import OfPlan


def _row(path: str, model: type[OfPlan], **more: Any) -> Noun:
    """Return a kind of row of a plan: added to a draft, changed and removed there."""

    def add(actor: Any, plan: Forvaltningsplan, **fields: Any) -> Any:
        return planrader.add(actor, plan, model, **fields)

    return Noun(
        path,
        model,
        parent="plan",
        within=("plan",),
        create=add,
        change=planrader.change,
        remove=planrader.remove,
        **more,
    )


PERIOD = {"period_from": (date, ...), "period_to": (date, ...)}
PLANER = Noun(
    "planer",
    Forvaltningsplan,
    parent="objekt",
    within=("objekt", "status"),
    create=plan.create,
    change=plan.change,
    remove=plan.discard,
    acts=(
        Act("put_forward", _("Lägg fram planen"), plan.put_forward, REASON, versioned=True),
        Act("take_back", _("Ta tillbaka planen"), plan.take_back, REASON, versioned=True),
        Act(
            "sign",
            _("Underteckna planen"),
            plan.sign,
            {
                "sida": (Literal[tuple(Sida.values)], ...),
                "content_hash": (Annotated[str, Field(max_length=64)], ...),
                **REASON,
            },
        ),
        Act(
            "begin_version",
            _("Påbörja en ny version av planen"),
            plan.begin_version,
            {**PERIOD, **REASON},
            begins=True,
        ),
    ),
)
NOUNS = (
    PLANER,
    Noun("underskrifter", Underskrift, within=("plan",)),
    _row(
        "mal",
        Mal,
        acts=(
            Act(
                "measure",
                _("Följ upp målet"),
                planrader.measure,
                {
                    "on": (date, ...),
                    "percent": (Annotated[int, Field(ge=0, le=100)], ...),
                    "note": (Text, ""),
                    **REASON,
                },
            ),
        ),
    ),
    _row("aktiviteter", Aktivitet),
    _row("budgetposter", Budgetpost),
    _row("planrisker", Planrisk),
    _row("planavtal", Planavtal),
    Noun("malmatningar", Malmatning, within=("mal",)),
)
