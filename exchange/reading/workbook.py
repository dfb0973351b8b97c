"""XLSX behind a guard: sizes are judged before anything is unpacked, and only real cells are read.

openpyxl's read-only sheets invent a cell for every gap, so one cell far out makes millions. Its
parser gives the cells that are there, knows which hold formulas, and needs one pass.
"""

import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from exchange.problems import Notes, Unreadable
from exchange.reading.book import MAX_SHEETS, MAX_UNPACKED, Book, Sheet
from exchange.reading.table import make_sheet, refuse_beyond
from exchange.reading.values import Broken

MAX_ELEMENTS = 6_000_000
MAX_CELLS_IN_ROW = 16_384
CHUNK = 1 << 20

if not openpyxl.DEFUSEDXML:
    raise ImportError("defusedxml is missing: without it openpyxl expands entities")


def read_workbook(content: bytes) -> Book:
    """Return the visible sheets that hold a table. Raises Unreadable."""
    guard(content)
    notes = Notes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            try:
                return Book(tuple(_sheets(book, notes)), tuple(notes.problems))
            finally:
                book.close()
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged file makes it stumble on
        message = _("Arbetsboken är skadad. Öppna den i Excel och spara den på nytt som .xlsx.")
        raise Unreadable(message) from error


def guard(content: bytes) -> None:
    """Raise Unreadable for what is no XLSX, and for what would take too much memory."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _refuse_other_kinds(set(archive.namelist()))
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                message = _(
                    "Arbetsboken är för stor: den tar över %s MB när den packas upp. Dela upp den."
                )
                raise Unreadable(message % (MAX_UNPACKED // 1_000_000))
            _refuse_too_many_elements(archive)
    except Unreadable:
        raise
    except Exception as error:  # a damaged archive: BadZipFile, zlib.error, NotImplementedError …
        message = _(
            "Filen är skadad eller ofullständig. Hämta den på nytt, eller spara om den som .xlsx."
        )
        raise Unreadable(message) from error


def _refuse_other_kinds(names: set[str]) -> None:
    if "xl/workbook.xml" in names or (
        "[Content_Types].xml" in names and any(n.endswith("workbook.xml") for n in names)
    ):
        return
    if "xl/workbook.bin" in names:
        raise Unreadable(
            _("Filen är en binär arbetsbok (.xlsb). Spara den som .xlsx och försök igen.")
        )
    if "content.xml" in names:
        raise Unreadable(
            _("Filen är i OpenDocument-format. Spara den som .xlsx eller CSV och försök igen.")
        )
    raise Unreadable(_("Filen är ingen arbetsbok. Välj en fil i formatet .xlsx, .csv eller .json."))


def _refuse_too_many_elements(archive: zipfile.ZipFile) -> None:
    """Count elements before parsing: an empty one is four bytes, and hundreds in memory.

    In every part, whatever it is called: a sheet may have any name.
    """
    count = 0
    for part in archive.infolist():
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                count += chunk.count(b"<")
                if count > MAX_ELEMENTS:
                    raise Unreadable(_("Arbetsboken har för många celler. Dela upp den."))


class _RealCells(WorkSheetParser):
    """The cells that a sheet holds; a formula without saved value is told from an empty cell."""

    def parse_row(self, row: Any) -> tuple[int, list[dict[str, Any]]]:
        if len(row) > MAX_CELLS_IN_ROW:
            raise Unreadable(
                _("Arbetsboken är skadad: en rad har fler celler än ett kalkylblad rymmer.")
            )
        return super().parse_row(row)

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            # Excel saves an empty result as empty text; who does not calculate saves nothing.
            saved_as_empty = element.get("t") == "str" and element.find(VALUE_TAG) is not None
            cell["data_type"] = "s" if saved_as_empty else "f"
        return cell


def _sheets(book: Workbook, notes: Notes) -> Iterator[Sheet]:
    if len(book.worksheets) > MAX_SHEETS:
        raise Unreadable(
            _("Arbetsboken har fler än %s blad. Ta bort dem som inte ska läsas in.") % MAX_SHEETS
        )
    for worksheet in book.worksheets:
        if worksheet.sheet_state != "visible":
            notes.warn(worksheet.title, None, "", _("Bladet är dolt och lästes inte."))
            continue
        sheet = make_sheet(worksheet.title, _rows(book, worksheet), notes)
        if sheet:
            yield sheet


def _rows(book: Any, worksheet: Any) -> Iterator[tuple[int, list[Any]]]:
    with worksheet._get_source() as source:
        parser = _RealCells(
            source,
            worksheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for _number, cells in parser.parse():
            yield from _row(worksheet.title, cells)


def _row(sheet: str, cells: list[dict[str, Any]]) -> Iterator[tuple[int, list[Any]]]:
    """Return the row, unless it is mere formatting; a value far outside is refused by name."""
    found = [cell for cell in cells if cell["value"] is not None or cell["data_type"] == "f"]
    if not found:
        return
    row, column = found[0]["row"], max(cell["column"] for cell in found)
    refuse_beyond(sheet, row, column)
    values: list[Any] = [None] * column
    for cell in found:
        values[cell["column"] - 1] = _value(cell)
    yield row, values


def _value(cell: dict[str, Any]) -> Any:
    value, kind = cell["value"], cell["data_type"]
    place = f"{get_column_letter(cell['column'])}{cell['row']}" if kind in "fe" else ""
    if kind == "f":
        sentence = _(
            "Cell %s har en formel utan sparat värde. Öppna filen i Excel och spara den igen."
        )
        return Broken(sentence % place)
    if kind == "e":
        sentence = _(
            "Cell %(cell)s visar felet %(error)s. Rätta formeln eller skriv värdet i cellen."
        )
        return Broken(sentence % {"cell": place, "error": value})
    return unescape(value) if isinstance(value, str) else value
