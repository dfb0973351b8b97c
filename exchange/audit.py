"""The register's history as rows to hand to somebody: one row a changed field, memory flat."""

from collections.abc import Iterator
from itertools import chain, islice

from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.writing import Table
from governance.forms.choosing import person_text
from governance.history.timeline import Entry, Timeline
from governance.history.wording import Item
from governance.lists.keyset import until
from governance.models import Gesture

CHUNK = 100
MOST_ROWS = 200
SHEET_ROWS = 1_000_000
CELL = 32_000

Row = list[str]


def headings() -> Row:
    """Return the columns."""
    return [
        _("Tidpunkt"),
        _("Vem"),
        _("Slag"),
        _("Anledning"),
        _("Förvaltningsobjekt"),
        _("Sak"),
        _("Fält"),
        _("Från"),
        _("Till"),
        _("Händelse-id"),
    ]


def rows(timeline: Timeline) -> Iterator[Row]:
    """Return a timeline row by row, newest first; a chunk of gestures at a time is in memory."""
    gestures, last = timeline.gestures(), None
    while True:
        older = until(gestures, last.at, last.pk) if last else gestures
        chunk = list(older.order_by("-at", "-id")[:CHUNK])
        if not chunk:
            return
        for entry in timeline.entries(chunk, MOST_ROWS):
            yield from _rows_of(entry, timeline)
        last = chunk[-1]


def _rows_of(entry: Entry, timeline: Timeline) -> Iterator[Row]:
    parts = timeline.whole(entry.gesture) if entry.more else [entry]
    for part in parts:
        said = [row for item in part.items for row in item_rows(item)]
        for row in said or ([] if entry.more else [[""] * 5]):
            yield [*_gesture(entry.gesture), part.reason, *row, str(entry.gesture.pk)]


def _gesture(gesture: Gesture) -> Row:
    at = timezone.localtime(gesture.at).strftime("%Y-%m-%d %H:%M:%S")
    who = person_text(gesture.actor) if gesture.actor else "RegIT"
    return [at, who, gesture.get_kind_label()]


def item_rows(item: Item) -> Iterator[Row]:
    """Return what happened to one thing: the sentence if there is one, then each field."""
    thing = [item.objekt, f"{item.noun} {item.name}"]
    if item.sentence or not item.changes:
        yield [*thing, "", "", item.sentence or item.verb]
    for change in item.changes:
        yield [*thing, change.label, change.old, change.new]


def tables(timeline: Timeline, sheet_rows: int = SHEET_ROWS) -> Iterator[Table]:
    """Return the rows as sheets of a workbook, none longer than a spreadsheet holds.

    A text that no cell holds is cut, and says so.
    """
    left, number = rows(timeline), 1
    for first in chain(left, ()):
        name = _("Historik") if number == 1 else f"{_('Historik')} {number}"
        body = islice(chain([first], left), sheet_rows)
        yield Table(name, headings(), (list(map(cut, row)) for row in body))
        number += 1
    if number == 1:
        yield Table(_("Historik"), headings(), [])


def cut(text: str) -> str:
    """Cut a text to what a cell holds."""
    if len(text) <= CELL:
        return text
    return f"{text[:CELL]} … " + _("(avkortat, hela texten finns i CSV)")
