"""Steering: plans with their rows, uppdrag, ärenden, reports, evaluations, documents and meetings."""

from datetime import date
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from exchange.api.nouns import Act, Noun
from exchange.api.register import REASON, REASON_REQUIRED, Text
from governance.actions import (
    arende,
    avrop,
    avvikelse,
    delgivning,
    kostnad,
    plan,
    planrader,
    statusrapport,
    styrdokument,
    tilldelning,
    uppdrag,
    utvardering,
)
from governance.models import (
    Aktivitet,
    Arende,
    Avrop,
    Avvikelse,
    Budgetpost,
    Forvaltningsplan,
    Kostnad,
    Leverans,
    Mal,
    Malmatning,
    Mote,
    Planavtal,
    Planrisk,
    Sida,
    Stallningstagande,
    Statusrapport,
    Styrdokument,
    Tilldelning,
    Underskrift,
    Uppdrag,
    Utvardering,
)
from governance.models.forvaltningsplan import OfPlan

Priority = Annotated[int, Field(ge=1, le=32_767)]


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
PLANS = (
    Noun(
        "planer",
        Forvaltningsplan,
        parent="objekt",
        within=("objekt",),
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
            ),
        ),
    ),
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
JUDGED = {"note": (Text, ""), **REASON}
MONEY = (
    Noun(
        "kostnader",
        Kostnad,
        parent="objekt",
        within=("objekt", "avtal", "system"),
        create=kostnad.register,
        change=kostnad.change,
        acts=(
            Act(
                "judge",
                _("Attestera kostnaden, eller skicka tillbaka den"),
                kostnad.judge,
                {"attest": (bool, ...), **JUDGED},
                versioned=True,
            ),
        ),
    ),
    Noun(
        "avrop",
        Avrop,
        parent="avtal",
        writable=("title", "description", "belopp", "on"),
        within=("objekt", "avtal"),
        create=avrop.call_off,
        acts=(
            Act("withdraw", _("Återta avropet"), avrop.withdraw, REASON_REQUIRED, versioned=True),
        ),
    ),
    Noun(
        "leveranser",
        Leverans,
        parent="avrop",
        within=("avrop",),
        create=avrop.register_leverans,
        acts=(
            Act(
                "judge",
                _("Godkänn leveransen, eller skicka tillbaka den"),
                avrop.judge,
                {"approve": (bool, ...), **JUDGED},
                versioned=True,
            ),
        ),
    ),
    Noun(
        "tilldelningar",
        Tilldelning,
        parent="objekt",
        within=("objekt",),
        create=tilldelning.allocate,
    ),
)
WORK = (
    Noun(
        "uppdrag",
        Uppdrag,
        parent="objekt",
        further=("arende",),
        within=("objekt",),
        create=uppdrag.initiate,
        change=uppdrag.change,
        acts=(
            Act(
                "decide",
                _("Besluta om uppdraget"),
                uppdrag.decide,
                {"priority": (Priority | None, None), **REASON},
                versioned=True,
            ),
            Act(
                "prioritise",
                _("Prioritera uppdraget"),
                uppdrag.prioritise,
                {"priority": (Priority | None, ...), **REASON},
                versioned=True,
            ),
            Act("start", _("Påbörja uppdraget"), uppdrag.start, REASON),
            Act("complete", _("Avsluta uppdraget som klart"), uppdrag.complete, REASON),
            Act("abort", _("Avbryt uppdraget"), uppdrag.abort, REASON_REQUIRED, versioned=True),
        ),
    ),
    Noun(
        "arenden",
        Arende,
        parent="objekt",
        within=("objekt",),
        create=arende.refer,
        change=arende.change,
        acts=(
            Act("withdraw", _("Återta ärendet"), arende.withdraw, REASON),
            Act(
                "take_position",
                _("Ta ställning i ärendet"),
                arende.take_position,
                {"bifall": (bool, ...), "note": (Text, ""), **REASON},
            ),
        ),
    ),
    Noun("stallningstaganden", Stallningstagande, within=("arende",)),
)
REPORTS = (
    Noun(
        "avvikelser",
        Avvikelse,
        parent="objekt",
        within=("objekt",),
        create=avvikelse.report,
        acts=(
            Act(
                "handle",
                _("Hantera avvikelsen"),
                avvikelse.handle,
                {"handling": (Text, ...), **REASON},
                versioned=True,
            ),
            Act("read", _("Ta del av avvikelsen"), delgivning.mark_read),
        ),
    ),
    Noun(
        "statusrapporter",
        Statusrapport,
        parent="objekt",
        further=("corrects",),
        within=("objekt",),
        create=statusrapport.report,
        acts=(Act("read", _("Ta del av rapporten"), delgivning.mark_read),),
    ),
    Noun(
        "utvarderingar",
        Utvardering,
        parent="objekt",
        within=("objekt",),
        create=utvardering.record,
        change=utvardering.change,
    ),
    Noun(
        "styrdokument",
        Styrdokument,
        parent="objekt",
        within=("objekt",),
        create=styrdokument.issue,
        change=styrdokument.change,
        acts=(
            Act("withdraw", _("Låt dokumentet upphöra"), styrdokument.withdraw, REASON),
            Act("acknowledge", _("Kvittera dokumentet"), styrdokument.acknowledge),
        ),
    ),
    Noun("moten", Mote, within=("objekt",)),
)
