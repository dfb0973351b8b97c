"""What can be wrong with a file: the whole of it (Unreadable), or one spot in it (Problem)."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_PROBLEMS = 1000


class Unreadable(ValidationError):
    """The file as a whole cannot be used; the message says why and what to do about it."""

    def __str__(self) -> str:
        return " ".join(self.messages)


class Severity(StrEnum):
    """An error must be mended in the file; a warning says what was done about it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """Something wrong at one spot: sheet, row as the spreadsheet numbers it, column by heading."""

    sheet: str
    row: int | None
    column: str
    sentence: str
    severity: Severity = Severity.ERROR

    @property
    def place(self) -> str:
        """Return where it is, as people say it: "Blad System, rad 14, kolumn Namn"."""
        parts = []
        if self.sheet:
            parts.append(_("blad %s") % self.sheet)
        if self.row is not None:
            parts.append(_("rad %s") % self.row)
        if self.column:
            parts.append(_("kolumn %s") % self.column)
        return ", ".join(parts)[:1].upper() + ", ".join(parts)[1:]

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


@dataclass
class Notes:
    """Collects the problems of one file, and gives up on a file that has nothing but problems."""

    problems: list[Problem] = field(default_factory=list)

    def error(self, sheet: str, row: int | None, column: str, sentence: str) -> None:
        """Note something that must be mended in the file. Raises Unreadable at the thousandth."""
        self.problems.append(Problem(sheet, row, column, sentence))
        if len(self.problems) > MAX_PROBLEMS:
            message = _(
                "Filen har över %(most)s fel. Rätta dem och försök igen. Det första: %(first)s"
            )
            raise Unreadable(message % {"most": MAX_PROBLEMS, "first": self.problems[0]})

    def warn(self, sheet: str, row: int | None, column: str, sentence: str) -> None:
        """Note what was cleaned or left out; the first thousand are kept."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(sheet, row, column, sentence, Severity.WARNING))
