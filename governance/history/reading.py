"""Which gestures a page of a timeline shows, and who did them: built once a process.

With forty history tables it takes longer to write the question than to answer it
(governance/lists/prepared.py).
"""

from functools import partial
from typing import Any

from django.db.models import DateTimeField, Model, QuerySet, UUIDField

from governance import access
from governance.history.filters import field_of
from governance.history.timeline import Timeline, of_kind
from governance.lists import keyset, prepared
from governance.models import Gesture

LISTED = 1_000
"""Most history rows of a timeline whose people are listed; of a longer one they are typed."""


def page(timeline: Timeline, params: Any) -> keyset.Page:
    """Return the page of a timeline that the address asks for."""
    return keyset.page(partial(gestures_from, timeline), params)


def gestures_from(
    timeline: Timeline, turn: str, place: Gesture | None, limit: int
) -> list[Gesture]:
    """Return at most so many gestures of a timeline, as `keyset.Rows` says."""
    wanted = timeline.filters.wanted()
    here: dict[str, Any] = {"place_at": place.at, "place_id": place.pk} if place else {}
    return prepared.fetch(
        _gestures,
        *timeline.kind,
        tuple(wanted),
        turn if place else "",
        limit,
        reader=timeline.reader,
        using=timeline.using,
        **timeline.about,
        **wanted,
        **here,
    )


def actors(timeline: Timeline) -> list[Any] | None:
    """Return the people who did anything that the timeline tells of, in their usual order.

    None where it tells of more than LISTED history rows.
    """
    found: list[Any] = prepared.fetch(
        _actors, *timeline.kind, LISTED, reader=timeline.reader, **timeline.about
    )
    return None if found and found[0].rows > LISTED else found


def _gestures(
    reader: access.Person,
    subject: type[Model] | None,
    model: type[Model] | None,
    wanted: tuple[str, ...],
    turn: str,
    limit: int,
) -> QuerySet[Any]:
    blanks = {name: prepared.blank(name, field_of(name)) for name in wanted}
    found = of_kind(reader, subject, model).gestures(blanks)
    if turn:
        at, pk = (
            prepared.blank("place_at", DateTimeField()),
            prepared.blank("place_id", UUIDField()),
        )
        found = keyset.TURNS[turn](found, at, pk)
    return keyset.in_order(found, turn)[:limit]


def _actors(
    reader: access.Person, subject: type[Model] | None, model: type[Model] | None, most: int
) -> QuerySet[Any]:
    return of_kind(reader, subject, model).actors(most)
