"""Steering beside plans and meetings: money, uppdrag, ärenden, reports, evaluations, documents."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from exchange.api.bodies import REASON, REASON_REQUIRED, Text
from exchange.api.nouns import Act, Noun
from governance.actions import (
    arende,
    avrop,
    avvikelse,
    delgivning,
    kostnad,
    kostnadsrapport,
    statusrapport,
    styrdokument,
    tilldelning,
    uppdrag,
    utvardering,
)
from governance.models import (
    Arende,
    Avrop,
    Avvikelse,
    Delgivning,
    Kostnad,
    Kostnadsrapport,
    Kvittens,
    Leverans,
    Stallningstagande,
    Statusrapport,
    Styrdokument,
    Tilldelning,
    Uppdrag,
    Utvardering,
)

Priority = Annotated[int, Field(ge=1, le=32_767)]


JUDGED = {"note": (Text, ""), **REASON}
MONEY = (
    Noun(
        "kostnader",
        Kostnad,
        parent="objekt",
        within=("objekt", "avtal", "system", "status"),
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
        within=("avrop", "status"),
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
        within=("objekt", "status"),
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
        within=("objekt", "status"),
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
        within=("objekt", "status"),
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
        "kostnadsrapporter",
        Kostnadsrapport,
        parent="objekt",
        within=("objekt",),
        create=kostnadsrapport.report,
        acts=(Act("read", _("Ta del av rapporten"), delgivning.mark_read),),
    ),
    Noun(
        "delgivningar",
        Delgivning,
        within=("avvikelse", "statusrapport", "kostnadsrapport", "person"),
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
    Noun("kvittenser", Kvittens, within=("styrdokument", "person")),
)
NOUNS = (*MONEY, *WORK, *REPORTS)
