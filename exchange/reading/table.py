"""From rows of cells to a table: find the headings, name every column, leave out what is empty."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from exchange.problems import Notes, Unreadable
from exchange.reading.book import MAX_COLUMNS, MAX_ROWS, Row, Sheet, Value
from exchange.reading.values import clean

SEARCHED_FOR_HEADINGS = 20

Cells = Sequence[Any]


def make_sheet(name: str, rows: Iterable[tuple[int, Cells]], notes: Notes) -> Sheet | None:
    """Return the table that the numbered rows make, or None where there is nothing.

    The headings are the first row that is more than half as full as the fullest among the first
    ones: a title above them, merged or not, is skipped and mentioned.
    """
    filled = ((n, trimmed) for n, cells in rows if (trimmed := _trimmed(cells)))
    checked = _within_limits(name, filled)
    start = list(islice(checked, SEARCHED_FOR_HEADINGS))
    if not start:
        return None
    at = _heading_position(start)
    if at:
        skipped = ", ".join(str(number) for number, _cells in start[:at])
        notes.warn(
            name,
            start[at][0],
            "",
            _("Rubrikerna står på den här raden. Ovanför lästes inte rad %s.") % skipped,
        )
    body = start[at + 1 :] + list(checked)
    width = max(len(cells) for _number, cells in [start[at], *body])
    headings = _headings(name, start[at], width, notes)
    return Sheet(name, headings, tuple(_row(name, headings, n, cells, notes) for n, cells in body))


def _trimmed(cells: Cells) -> Cells:
    end = len(cells)
    while end and _is_empty(cells[end - 1]):
        end -= 1
    return cells[:end]


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _within_limits(name: str, rows: Iterable[tuple[int, Cells]]) -> Iterable[tuple[int, Cells]]:
    for number, cells in rows:
        refuse_beyond(name, number, len(cells))
        yield number, cells


def refuse_beyond(name: str, row: int, column: int) -> None:
    """Raise Unreadable for a cell with content outside what a register can need."""
    if row <= MAX_ROWS and column <= MAX_COLUMNS:
        return
    message = _(
        "Bladet %(sheet)s har innehåll i cell %(cell)s. "
        "RegIT läser högst %(rows)s rader och %(columns)s kolumner. "
        "Ta bort det som ligger utanför tabellen, eller dela upp filen."
    )
    cell = (
        f"{get_column_letter(column)}{row}"
        if column <= 16_384
        else _("nummer %s på en rad") % column
    )
    raise Unreadable(
        message % {"sheet": name, "cell": cell, "rows": MAX_ROWS, "columns": MAX_COLUMNS}
    )


def _heading_position(rows: list[tuple[int, Cells]]) -> int:
    counts = [sum(not _is_empty(c) for c in cells) for _number, cells in rows]
    return next(i for i, count in enumerate(counts) if count * 2 > max(counts))


def _headings(name: str, row: tuple[int, Cells], width: int, notes: Notes) -> tuple[str, ...]:
    """Name every column: its heading, its letter if it has none, a number if it repeats."""
    number, cells = row
    headings: list[str] = []
    seen: set[str] = set()
    for index in range(width):
        letter = get_column_letter(index + 1)
        spot = (name, number, letter)
        raw = cells[index] if index < len(cells) else None
        value = clean(raw, notes, spot)
        wanted = " ".join(str(value).split()) or _("Kolumn %s") % letter
        heading, again = wanted, 2
        while heading in seen:
            heading, again = f"{wanted} ({again})", again + 1
        if heading != wanted:
            sentence = _("Rubriken ”%(heading)s” finns redan. Kolumnen kallas ”%(new)s”.")
            notes.warn(*spot, sentence % {"heading": wanted, "new": heading})
        seen.add(heading)
        headings.append(heading)
    return tuple(headings)


def _row(name: str, headings: tuple[str, ...], number: int, cells: Cells, notes: Notes) -> Row:
    values: list[Value] = [
        clean(raw, notes, (name, number, h)) for h, raw in zip(headings, cells, strict=False)
    ]
    values += [""] * (len(headings) - len(values))
    return Row(number, tuple(values))
