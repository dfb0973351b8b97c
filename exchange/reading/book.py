"""What every reader returns and every writer takes: a book of sheets, with rows of plain values.

A value is text or a date; nothing is "". Text is NFC, without control characters and without space
at its ends, and text that is exactly a date (2026-05-12) is that date. So the same content reads
the same from XLSX, CSV and JSON, and a book that is written and read again is equal to itself.
"""

from dataclasses import dataclass
from datetime import date

from exchange.problems import Problem, Severity

# What a register needs, with room to spare; a real one is 533 rows by 53 columns.
MAX_BYTES = 20_000_000
MAX_UNPACKED = 80_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_SHEETS = 50
MAX_CHARACTERS = 32_767

Value = str | date


@dataclass(frozen=True)
class Row:
    """One row: its number in the spreadsheet, and a value for each heading of its sheet."""

    number: int
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Sheet:
    """A table: headings, each unlike the others, and rows just as wide."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Book:
    """The sheets of a file that have a table, and what was found wrong on the way."""

    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return the problems that must be mended before the file is imported."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)
