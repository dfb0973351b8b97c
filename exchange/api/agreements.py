"""Avtal: their entry, and each act upon them."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from exchange.api.nouns import Act, Noun
from exchange.api.register import REASON, REASON_REQUIRED, Line, Text
from governance.actions import avtal, avtal_signing
from governance.models import Avtal, Avtalsforlangning, Avtalsuppfoljning

NOUNS = (
    Noun(
        "avtal",
        Avtal,
        parent="objekt",
        within=("objekt", "leverantor", "systems"),
        create=avtal.create,
        change=avtal.change,
        remove=avtal.remove,
        acts=(
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
)
