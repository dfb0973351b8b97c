"""Files that the tests make: honest ones and hostile ones."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exchange.reading import Book, read

SHEET = "xl/worksheets/sheet1.xml"


def xlsx(*rows: Sequence[Any], **sheets: Iterable[Sequence[Any]]) -> bytes:
    """Return a workbook of one sheet called System, or of the named sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, content in (sheets or {"System": rows}).items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(list(row))
    return saved(book)


def new_book(name: str = "System") -> tuple[Workbook, Worksheet]:
    """Return a workbook and its only sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    return book, sheet


def saved(book: Workbook) -> bytes:
    """Return the workbook as bytes."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_part(content: bytes, part: str, data: bytes) -> bytes:
    """Return the archive with one part replaced or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, data)
    return buffer.getvalue()


def with_rows(xml_rows: str) -> bytes:
    """Return a workbook whose first sheet holds the rows given as XML."""
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{namespace}"><sheetData>{xml_rows}</sheetData></worksheet>'
    return with_part(xlsx(["Namn"]), SHEET, xml.encode())


def read_bytes(content: bytes, filename: str = "fil.xlsx") -> Book:
    """Read the bytes as an uploaded file is read."""
    return read(io.BytesIO(content), filename)


def cells(book: Book) -> list[list[str]]:
    """Return headings and rows of the only sheet as text."""
    (sheet,) = book.sheets
    return [list(sheet.headings), *([str(v) for v in row.values] for row in sheet.rows)]


def sentences(book: Book) -> list[str]:
    """Return the problems as people read them."""
    return [str(problem) for problem in book.problems]
