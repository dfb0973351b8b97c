"""Meetings for the cast of the authorisation table: planned, held, and with minutes put forward."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from governance.actions import mote as actions
from governance.actions import protokoll
from governance.models import Arende, Forvaltningsobjekt, Mote


def met(
    objekt: Forvaltningsobjekt, arende: Arende, hidden: Arende, people: list[Any]
) -> dict[str, Any]:
    """Make a planned meeting with an open and a hidden item, one held, and one to approve."""
    mote = _planned(objekt, people, timezone.now() + timedelta(days=7), arenden=[arende, hidden])
    held, forward = (_held(objekt, people) for _ in range(2))
    return {
        "mote": mote,
        "punkt": mote.dagordningspunkt.get(arende=arende),
        "hidden_punkt": mote.dagordningspunkt.get(arende=hidden),
        "motesdeltagare": mote.motesdeltagare.first(),
        "held_mote": held,
        "forward_mote": protokoll.put_forward(None, forward),
    }


def _planned(objekt: Forvaltningsobjekt, people: list[Any], start: Any, **matters: Any) -> Mote:
    return actions.plan(
        None,
        objekt,
        slag="styrgrupp",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        people=people,
        **matters,
    )


def _held(objekt: Forvaltningsobjekt, people: list[Any]) -> Mote:
    mote = _planned(objekt, people, timezone.now() - timedelta(hours=2))
    return protokoll.hold(None, mote, attended=mote.motesdeltagare.all(), minutes="Klart")
