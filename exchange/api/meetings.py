"""Möten, from planning to minutes: their agenda, who is called, and what was said."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from exchange.api.bodies import REASON, Text
from exchange.api.nouns import Act, Noun
from governance.actions import mote, protokoll
from governance.models import Arende, Avvikelse, Dagordningspunkt, Mote, Motesdeltagare
from roles.models import User

MOTEN = Noun(
    "moten",
    Mote,
    parent="objekt",
    writable=("slag", "starts_at", "ends_at", "location"),
    related={"arenden": [Arende], "avvikelser": [Avvikelse], "people": [User]},
    within=("objekt", "status"),
    create=mote.plan,
    change=mote.change,
    acts=(
        Act("call", _("Skicka kallelsen"), mote.call, REASON),
        Act("cancel", _("Ställ in mötet"), mote.cancel, REASON),
        Act(
            "hold",
            _("Anteckna vilka som var med och vad som sades"),
            protokoll.hold,
            {"minutes": (Text, ""), **REASON},
            {"attended": [Motesdeltagare]},
            versioned=True,
        ),
        Act("put_forward", _("Lägg fram protokollet"), protokoll.put_forward, REASON),
        Act("take_back", _("Ta tillbaka protokollet"), protokoll.take_back, REASON),
        Act(
            "approve",
            _("Justera protokollet"),
            protokoll.approve,
            {"content_hash": (Annotated[str, Field(max_length=64)], ...), **REASON},
        ),
    ),
)
NOUNS = (
    MOTEN,
    Noun(
        "dagordningspunkter",
        Dagordningspunkt,
        parent="mote",
        writable=("title", "arende", "avvikelse"),
        changeable=("title", "notes", "decision"),
        within=("mote", "arende", "avvikelse"),
        create=mote.add_item,
        change=protokoll.note,
        remove=mote.remove_item,
        acts=(
            Act(
                "move",
                _("Flytta punkten ett steg på dagordningen"),
                mote.move_item,
                {"up": (bool, ...), **REASON},
            ),
        ),
    ),
    Noun(
        "motesdeltagare",
        Motesdeltagare,
        parent="mote",
        writable=("person", "ledamot"),
        within=("mote", "person"),
        create=mote.add_person,
        remove=mote.remove_person,
    ),
)
