"""A timeline to its end, in words, for whoever hands it on: what is in memory does not grow with it.

Gestures are asked for many at a time, and put into words in portions of so many rows. What one
gesture wrote may be more than that, as an import is: its things are then told of in portions too.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Model, QuerySet

from governance import access
from governance.history import history_of, rows_of
from governance.history.reading import gestures_from
from governance.history.timeline import Entry, Timeline, tracked_models, with_before
from governance.history.together import counted, union
from governance.lists import keyset, prepared
from governance.models import Gesture

GESTURES = 1_000
"""Gestures that are asked for at a time."""
PORTION = 2_000
"""Rows of history that are in hand at a time."""
MOST = 200
"""Rows of one table after which what a gesture did is told table by table."""
THINGS = 500
"""Things whose rows are told together, when that is so."""

Wrote = Mapping[type[Model], int]


def entries(timeline: Timeline) -> Iterator[Entry]:
    """Put every gesture of a timeline into words, newest first; a long one as several entries."""
    turn, last = "", None
    while gestures := gestures_from(timeline, turn, last, GESTURES):
        yield from _of_gestures(timeline, gestures)
        if len(gestures) < GESTURES:
            return
        turn, last = keyset.OLDER, gestures[-1]


def _of_gestures(timeline: Timeline, gestures: list[Gesture]) -> Iterator[Entry]:
    """Tell gestures together as long as their rows are few enough, and the long ones by themselves."""
    wrote = _wrote(gestures)
    together: list[Gesture] = []
    room = PORTION
    for gesture in gestures:
        tables = wrote.get(gesture.pk, {})
        is_long = _is_long(timeline, gesture, tables)
        size = sum(min(rows, MOST) for rows in tables.values())
        if together and (is_long or size > room):
            yield from _together(timeline, together, wrote)
            together, room = [], PORTION
        if is_long:
            yield from of_gesture(timeline, gesture, set(tables))
        else:
            together.append(gesture)
            room -= size
    yield from _together(timeline, together, wrote)


def _wrote(gestures: Iterable[Gesture]) -> Mapping[Any, Wrote]:
    """Return how many rows each gesture wrote of each model, hidden ones too."""
    models = {history_of(model): model for model in tracked_models()}
    found: dict[Any, dict[type[Model], int]] = {}
    for table, gesture, rows in counted(models, [gesture.pk for gesture in gestures]):
        found.setdefault(gesture, {})[models[table]] = rows
    return found


def _is_long(timeline: Timeline, gesture: Gesture, tables: Wrote) -> bool:
    """Whether the reader may know of more rows of one table than are told together."""
    return any(
        timeline.rows(model).filter(gesture=gesture)[MOST : MOST + 1].exists()
        for model, rows in tables.items()
        if rows > MOST and model in timeline.paths
    )


def _together(
    timeline: Timeline, gestures: list[Gesture], wrote: Mapping[Any, Wrote]
) -> list[Entry]:
    models = {model for gesture in gestures for model in wrote.get(gesture.pk, ())}
    return timeline.entries(gestures, MOST, models)


def of_gesture(timeline: Timeline, gesture: Gesture, wrote: set[type[Model]]) -> Iterator[Entry]:
    """Put a gesture into words however much it wrote, as entries of a portion of things each."""
    for model in timeline.paths:
        if model not in wrote:
            continue
        for ids in _portions(timeline.rows(model).filter(gesture=gesture)):
            rows = timeline.ask((model,), _these, extras=("before_id",), rows=ids)
            entries = {gesture.pk: Entry(gesture, reason=gesture.reason)}
            yield from (entry for entry in timeline.told(entries, rows, wrote) if entry.items)


def _portions(rows: QuerySet[Any]) -> Iterator[list[int]]:
    """Yield the ids of the rows about THINGS things at a time."""
    ids: list[int] = []
    begun, last = 0, None
    pairs = rows.order_by("id", "history_id").values_list("id", "history_id")
    for thing, row in pairs.iterator(chunk_size=PORTION):
        if thing != last and begun == THINGS:
            yield ids
            ids, begun = [], 0
        begun, last = begun + (thing != last), thing
        ids.append(row)
    if ids:
        yield ids


def _these(reader: access.Person, models: tuple[type[Model], ...]) -> QuerySet[Any]:
    (model,) = models
    rows = rows_of(model).filter(prepared.among_ids("history_id", name="rows", many=True))
    return union([with_before(model, access.visible(reader, rows))], ("before_id",))
