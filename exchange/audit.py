"""The register's history as rows to hand to somebody: one row a changed field, memory flat."""

from collections.abc import Iterator
from itertools import chain, islice

from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.writing import Table
from governance.forms.choosing import person_text
from governance.history import whole
from governance.history.timeline import Timeline
from governance.history.wording import Item
from governance.models import Gesture

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
    """Return a timeline row by row, newest first; a portion of it at a time is in memory."""
    for entry in whole.entries(timeline):
        gesture = _gesture(entry.gesture)
        said = [row for item in entry.items for row in item_rows(item)]
        for row in said or [[""] * 5]:
            yield [*gesture, entry.reason, *row, str(entry.gesture.pk)]


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
