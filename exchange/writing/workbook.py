"""XLSX: a sheet per table, headings bold and always in view, everything as text but dates, numbers and amounts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from exchange.reading.book import MAX_CHARACTERS
from exchange.writing.table import Table, printable
from governance.lists.columns import Cell as Shown

FIRST_YEAR = 1900  # what a spreadsheet can count days from, with its error of 1900-02-29 behind it
FORMULA_STARTS = ("=", "+", "-", "@", "\t")
# Text that reads like Excel's own escape of a character: its underscore is escaped in turn.
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
NOT_IN_TITLES = re.compile(r"[\\*?:/\[\]]")
WIDTHS = (12, 60)


def write_workbook(tables: Iterable[Table], file: BinaryIO) -> None:
    """Write the tables. Raises ValidationError for a text longer than a cell holds."""
    book = Workbook(write_only=True)
    try:
        for table in tables:
            with closing(table):
                _write(book.create_sheet(sheet_title(table.name)), table)
    except BaseException:
        for sheet in book.worksheets:  # each has a file open
            sheet.close()
        raise
    if not book.worksheets:
        book.create_sheet(_("Tomt"))
    book.save(file)


def _write(sheet: Any, table: Table) -> None:
    sheet.freeze_panes = "B2"
    for index, heading in enumerate(table.headings, 1):
        width = min(max(len(heading) + 2, WIDTHS[0]), WIDTHS[1])
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.append([_heading(sheet, heading) for heading in table.headings])
    for values in table.rows:
        sheet.append(list(_cells(sheet, values)))


def sheet_title(name: str) -> str:
    """Return the name as a spreadsheet allows it: 31 characters, none of \\ / * ? : [ ]."""
    title = NOT_IN_TITLES.sub(" ", printable(name)).strip().strip("'")[:31].strip()
    return title or _("Blad")


def _heading(sheet: Any, heading: str) -> Cell:
    cell = text_cell(sheet, heading)
    cell.font = Font(bold=True)
    return cell


def _cells(sheet: Any, values: Sequence[Shown]) -> Iterator[Cell | None]:
    for value in values:
        if isinstance(value, date) and value.year > FIRST_YEAR:
            cell = WriteOnlyCell(sheet, value=datetime(value.year, value.month, value.day))  # noqa: DTZ001 - a cell knows no zone
            cell.number_format = "yyyy-mm-dd"
            yield cell
        elif value == "":
            yield None
        elif isinstance(value, (int, Decimal)):
            cell = WriteOnlyCell(
                sheet, value=cast(Any, value)
            )  # openpyxl writes a Decimal as it is
            cell.number_format = "#,##0.00" if isinstance(value, Decimal) else "0"
            yield cell
        else:
            yield text_cell(sheet, str(value))


def text_cell(sheet: Any, value: str) -> Cell:
    """Return a cell that is text whatever it looks like."""
    text = ESCAPE.sub("_x005F_", printable(value))
    if len(text) > MAX_CHARACTERS:
        message = _("Texten ”%(start)s…” är längre än en cell rymmer. Exportera som JSON.")
        raise ValidationError(message % {"start": text[:40]})
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True
    return cell
