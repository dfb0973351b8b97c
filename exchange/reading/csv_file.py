"""CSV as Swedish spreadsheets save it: any delimiter, UTF-8, UTF-16 or Windows-1252."""

import codecs
import contextlib
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from exchange.problems import Notes, Unreadable
from exchange.reading.book import Book
from exchange.reading.table import make_sheet

DELIMITERS = ";,\t"
SAMPLE_ROWS = 20
SEP_LINE = re.compile(r"sep=([;,\t|])\r?\n")
# How writing/csv_file.py marks text that a spreadsheet would take for a formula.
MARKED = re.compile(r"'+[=+\-@\t\r]")
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_csv(content: bytes, name: str) -> Book:
    """Return a book of one sheet. Raises Unreadable for what is not text, or not a table."""
    text = decode(content)
    separator = SEP_LINE.match(text)
    if separator:
        text = text[separator.end() :]
    delimiter = separator.group(1) if separator else guess_delimiter(text)
    notes = Notes()
    sheet = make_sheet(name, _records(text, delimiter), notes)
    return Book((sheet,) if sheet else (), tuple(notes.problems))


def decode(content: bytes) -> str:
    """Return the text: by its byte order mark, else UTF-8, else Windows-1252."""
    try:
        if content.startswith(UTF16):
            return content.decode("utf-16")
        if content[:200].count(b"\x00") > 20:
            raise Unreadable(
                _("Filen går inte att läsa. Spara den som ”CSV UTF-8” eller som .xlsx.")
            )
        return _eight_bits(content)
    except UnicodeDecodeError as error:
        message = _(
            "Filens teckenkodning går inte att läsa. Spara den som ”CSV UTF-8” och försök igen."
        )
        raise Unreadable(message) from error


def _eight_bits(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def guess_delimiter(text: str) -> str:
    """Return the delimiter that cuts all of the first rows, else most, into as many parts.

    Where none does, the one found most in the first row; a list of names has none there either.
    """
    best = max(DELIMITERS, key=lambda delimiter: _agreement(text, delimiter))
    if _agreement(text, best) > (False, 0):
        return best
    first = text.lstrip().partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _agreement(text: str, delimiter: str) -> tuple[bool, int]:
    """Return whether all rows are as wide, and how many cuts the agreeing rows have."""
    reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
    widths: list[int] = []
    with contextlib.suppress(csv.Error):
        widths.extend(len(record) for record in islice((r for r in reader if r), SAMPLE_ROWS))
    width, count = Counter(widths).most_common(1)[0] if widths else (1, 0)
    cuts = (width - 1) * count if count * 2 > len(widths) else 0
    return cuts > 0 and count == len(widths), cuts


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Number the records as a spreadsheet does: a line break inside quotes is no new row."""
    number = 0
    try:
        for number, record in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1
        ):
            yield (
                number,
                [cell[1:] if cell[:1] == "'" and MARKED.match(cell) else cell for cell in record],
            )
    except csv.Error as error:
        message = _(
            "Raden efter rad %s går inte att läsa. Troligen saknas ett avslutande citattecken."
        )
        raise Unreadable(message % number) from error
