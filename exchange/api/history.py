"""What happened to a thing: its timeline, as the pages tell it to the same person."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from exchange.api.paging import Asked, Page
from governance.history.timeline import Entry, Timeline, subjects
from governance.history.wording import Item
from governance.lists import keyset
from governance.models import Gesture


class Change(Schema):
    """A field: what it said, and what it says."""

    label: str
    old: str
    new: str


class Told(Schema):
    """What a gesture did to one thing."""

    said: str
    changes: list[Change]


class Happening(Schema):
    """One thing that one person did."""

    gesture: UUID
    at: datetime
    actor: int | None = Field(..., description="Personen; null är RegIT självt.")
    kind: str
    said: str
    reason: str
    things: list[Told]
    more: int = Field(..., description="Hur många fler rader som skrevs.")


class History(Page):
    """Gestures, newest first."""

    items: list[Happening]


def is_told(model: type[Model]) -> bool:
    """Whether things of this kind have a timeline of their own."""
    return model in subjects()


def page(person: Any, thing: Model, asked: Asked) -> dict[str, Any]:
    """Return one page of a thing's timeline, newest first. Raises ValidationError for its cursor."""
    timeline = Timeline(person, thing)
    gestures = timeline.gestures()
    if asked.cursor:
        last = _last(asked.cursor)
        gestures = keyset.until(gestures, last.at, last.pk)
    found = list(gestures.order_by("-at", "-id")[: asked.limit + 1])
    here = found[: asked.limit]
    return {
        "items": [_told(entry) for entry in timeline.entries(here)],
        "next": str(here[-1].pk) if len(found) > asked.limit else None,
    }


def _last(cursor: str) -> Gesture:
    try:
        last = Gesture.objects.filter(pk=UUID(cursor)).first()
    except ValueError:
        last = None
    if last is None:
        raise ValidationError({"cursor": [_("Använd next ur ett svar.")]})
    return last


def _told(entry: Entry) -> dict[str, Any]:
    gesture = entry.gesture
    return {
        "gesture": gesture.pk,
        "at": gesture.at,
        "actor": gesture.actor_id,
        "kind": gesture.kind,
        "said": entry.said,
        "reason": entry.reason,
        "things": [_thing(item) for item in entry.items],
        "more": entry.more,
    }


def _thing(item: Item) -> dict[str, Any]:
    changes = [{"label": c.label, "old": c.old, "new": c.new} for c in item.changes]
    return {"said": item.said(), "changes": changes}
