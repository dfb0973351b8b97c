"""The columns of a list: what the page shows and the export holds alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.utils import timezone

Cell = str | date | int | Decimal


@dataclass(frozen=True)
class Column:
    """A column: its heading, a row's cell, the order it sorts by and, on the page, where it leads."""

    heading: Any
    cell: Callable[[Any], Cell]
    order: str = ""
    url: Callable[[Any], str] | None = None
    number: bool = False
    minor: bool = False
    """Whether it is in the export alone."""


def column(heading: Any, path: str, order: str = "", **options: Any) -> Column:
    """Return a column of what a dotted path leads to, in words where it is one of several choices.

    Nothing at the end, or on the way there, is an empty cell.
    """
    *before, name = path.split(".")
    holder = attrgetter(".".join(before)) if before else None

    def cell(row: Any) -> Cell:
        thing = holder(row) if holder else row
        if thing is None:
            return ""
        in_words = getattr(thing, f"get_{name}_display", None)
        return plain(in_words() if in_words else getattr(thing, name))

    return Column(heading, cell, order, **options)


def plain(value: Any) -> Cell:
    """Return a value as a cell holds it: a day for a point in time, and text for other things."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).date()
    if isinstance(value, (date, Decimal, int)) and not isinstance(value, bool):
        return value
    return str(value)
