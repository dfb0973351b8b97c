"""What a field of the register is, seen from a spreadsheet: its names, its kind, its values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext


class Kind(StrEnum):
    """How the text of a cell is understood."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    YES_NO = "yes_no"
    LEVEL = "level"
    PEOPLE = "people"
    PATH = "path"
    LINES = "lines"  # several values: on lines, between semicolons or commas
    ROWS = "rows"  # a value a line: commas are part of it


@dataclass(frozen=True)
class Choice:
    """A value of a field: its code, its Swedish name, and what else people write for it."""

    code: str
    label: Any
    synonyms: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the Swedish name."""
        return gettext(str(self.label))


@dataclass(frozen=True)
class Field:
    """A field that a column may be mapped to."""

    code: str
    label: str
    kind: Kind = Kind.LINE
    synonyms: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    help: str = ""
    required: bool = False
    max_length: int = 200
    # Fields that several columns may fill together, a line for each.
    gathers: bool = False


@dataclass(frozen=True)
class Subject:
    """A kind of sheet: what its rows are, and the fields they have."""

    code: str
    sheet: str
    fields: tuple[Field, ...]
    synonyms: tuple[str, ...] = ()
    by_code: Mapping[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_code", {f.code: f for f in self.fields})
