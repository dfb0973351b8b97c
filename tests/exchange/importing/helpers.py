"""Files made in the test, planned and imported as an Administratör does it."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from exchange.importing import Change, Fate, Instructions, Line, Plan, confirm, make_plan
from exchange.reading import Book, read
from governance.models import Gesture
from tests.exchange.files import xlsx

Rows = Iterable[Sequence[Any]]


def book(**sheets: Rows) -> Book:
    """Return a workbook of the named sheets, read as an uploaded file is read."""
    return read(io.BytesIO(xlsx(**sheets)), "fil.xlsx")


def plan(actor: Any, read_book: Book, instructions: Instructions | None = None) -> Plan:
    """Return what importing the book would do."""
    return make_plan(actor, read_book, instructions or Instructions.guess(read_book))


def bring_in(
    actor: Any,
    read_book: Book,
    instructions: Instructions | None = None,
    reason: str = "Inflyttning",
) -> Gesture:
    """Import the book as its plan says."""
    instructions = instructions or Instructions.guess(read_book)
    made = make_plan(actor, read_book, instructions)
    assert [str(problem) for problem in made.errors] == []
    return confirm(actor, read_book, instructions, made.fingerprint, reason=reason)


def fates(made: Plan) -> list[str]:
    """Return the fate of every row in the order of the file."""
    return [str(line.fate) for line in made.lines]


def line(made: Plan, row: int, sheet: str = "") -> Line:
    """Return the line of one row."""
    (found,) = [n for n in made.lines if n.row == row and (not sheet or n.sheet == sheet)]
    return found


def changes(made: Plan) -> list[Change]:
    """Return every change of every row."""
    return [change for n in made.lines if n.fate is Fate.CHANGED for change in n.changes]


def errors(made: Plan) -> list[str]:
    """Return the errors as people read them."""
    return [str(problem) for problem in made.errors]


def warnings(made: Plan) -> list[str]:
    """Return the warnings as people read them."""
    return [str(problem) for problem in made.warnings]
