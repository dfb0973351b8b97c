"""What writers take: a name, headings, and rows that may come one by one."""

import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from exchange.reading.book import Book
from governance.lists.columns import Cell
from governance.steering.money import typed

# What XML cannot hold and a reader would take away. Line breaks and tabs stay.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Table:
    """One table on its way out. Rows are read once; whoever reads them closes the table."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]

    def close(self) -> None:
        """Let go of what the rows come from, a cursor say, also when they were not all read."""
        if isinstance(self.rows, Generator):
            self.rows.close()


def as_tables(book: Book) -> Iterator[Table]:
    """Return the sheets of a book as tables."""
    for sheet in book.sheets:
        yield Table(sheet.name, sheet.headings, (row.values for row in sheet.rows))


def printable(value: Cell) -> str:
    """Return the value as text, without characters that no spreadsheet holds; amounts as in Swedish."""
    return typed(value) if isinstance(value, Decimal) else UNPRINTABLE.sub("", str(value))
