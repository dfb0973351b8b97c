"""A meeting of an object with its styrgrupp and leaders, at each step, for the tests."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from governance.actions import mote as actions
from governance.actions import protokoll
from governance.gestures import gesture
from governance.models import Mote, Motesdeltagare
from tests.governance.uppdrag.cast import Cast


def tomorrow() -> datetime:
    """Return nine o'clock tomorrow."""
    day = timezone.localtime() + timedelta(days=1)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


def planned(cast: Cast, people: Any = None, **fields: Any) -> Mote:
    """Plan a meeting tomorrow with the styrgrupp and the leaders."""
    start = fields.pop("starts_at", tomorrow())
    values: dict[str, Any] = {
        "slag": "styrgrupp",
        "starts_at": start,
        "location": "Rum 4",
        **fields,
    }
    values.setdefault("ends_at", start + timedelta(minutes=90))
    everybody = [cast.oa, cast.oait, cast.fl, cast.flit]
    return actions.plan(
        cast.fl, cast.objekt, people=everybody if people is None else people, **values
    )


def passed(mote: Mote) -> Mote:
    """Let the meeting have begun two hours ago."""
    start = timezone.now() - timedelta(hours=2)
    with gesture(None, "demo"):
        mote.refresh_from_db()
        mote.starts_at, mote.ends_at = start, start + timedelta(hours=1)
        mote.save()
    return mote


def row(mote: Mote, person: Any) -> Motesdeltagare:
    """Return a person's row."""
    return mote.motesdeltagare.get(person=person)


def held(cast: Cast, *came: Any, **fields: Any) -> Mote:
    """Call and hold a meeting to which these came."""
    mote = passed(actions.call(cast.fl, planned(cast, **fields)))
    rows = [row(mote, person) for person in came or (cast.oa, cast.oait, cast.fl)]
    return protokoll.hold(cast.fl, mote, attended=rows, minutes="Vi gick igenom läget.")


def put_forward(cast: Cast, *came: Any, **fields: Any) -> Mote:
    """Put the minutes of such a meeting forward."""
    return protokoll.put_forward(cast.fl, held(cast, *came, **fields))
