"""Avtal: their entry, and each act upon them."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from exchange.api.bodies import REASON, REASON_REQUIRED, Line, Text
from exchange.api.nouns import Act, Noun
from exchange.api.schemas import fields_of
from governance.actions import avtal, avtal_signing, avtalsfiler
from governance.models import Avtal, Avtalsfil, Avtalsforlangning, Avtalsuppfoljning

FILES = Noun(
    "avtalsfiler",
    Avtalsfil,
    fields=("avtal", "name", "media_type", "size"),
    also={"sha256": (str, lambda fil: fil.innehall_id)},
    within=("avtal",),
    remove=avtalsfiler.remove,
)
NOUNS = (
    Noun(
        "avtal",
        Avtal,
        parent="objekt",
        within=("objekt", "leverantor", "systems", "slag", "status"),
        create=avtal.create,
        change=avtal.change,
        remove=avtal.remove,
        acts=(
            Act(
                "correct",
                _("Rätta villkoren i ett tecknat avtal"),
                avtal.correct,
                {**fields_of(Avtal, (*avtal.TERMS, "systems"), partial=True), **REASON_REQUIRED},
                versioned=True,
            ),
            Act("approve", _("Godkänn avtalet"), avtal.approve, REASON, versioned=True),
            Act(
                "sign",
                _("Teckna avtalet"),
                avtal_signing.sign,
                {"signed_on": (date, ...), "decision": (Line, ""), **REASON},
                versioned=True,
            ),
            Act(
                "extend",
                _("Förläng avtalet"),
                avtal_signing.extend,
                {"until": (date, ...), "decision": (Line, ""), **REASON},
                versioned=True,
            ),
            Act(
                "terminate",
                _("Säg upp avtalet"),
                avtal_signing.terminate,
                {"terminated_on": (date, ...), "ceases_on": (date, ...), **REASON_REQUIRED},
                versioned=True,
            ),
            Act(
                "follow_up",
                _("Följ upp avtalet"),
                avtal_signing.follow_up,
                {"on": (date, ...), "note": (Text, ...), "next_on": (date | None, None), **REASON},
            ),
        ),
    ),
    Noun("avtalsforlangningar", Avtalsforlangning, within=("avtal",)),
    Noun("avtalsuppfoljningar", Avtalsuppfoljning, within=("avtal",)),
    FILES,
)
