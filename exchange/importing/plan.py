"""What an import would do: the fate of every row, what follows from it, and what is wrong."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.importing.work import Work
from exchange.problems import Problem, Severity


class Fate(StrEnum):
    """What becomes of a row."""

    WRONG = "fel"
    NEW = "ny"
    CHANGED = "andras"
    SAME = "oforandrad"
    SKIPPED = "hoppas_over"

    @property
    def label(self) -> str:
        """Return the fate in words."""
        return str(FATES[self])


FATES = {
    Fate.WRONG: gettext_lazy("Fel"),
    Fate.NEW: gettext_lazy("Ny"),
    Fate.CHANGED: gettext_lazy("Ändras"),
    Fate.SAME: gettext_lazy("Oförändrad"),
    Fate.SKIPPED: gettext_lazy("Hoppas över"),
}


@dataclass(frozen=True)
class Change:
    """A field that gets another value, both in words."""

    label: str
    old: str
    new: str


@dataclass
class Line:
    """A row of the file and its fate; the note says why it is left out, or where it ends up."""

    sheet: str
    row: int
    name: str
    fate: Fate
    changes: list[Change] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Consequence:
    """What the import makes beside the rows themselves: an object, a person, an appointment."""

    kind: str
    name: str
    note: str = ""


CONSEQUENCES = {
    "objekt": gettext_lazy("Nya förvaltningsobjekt (utkast)"),
    "uppdrag": gettext_lazy("Utses"),
    "person": gettext_lazy("Nya personer, som inte kan logga in än"),
    "person_andras": gettext_lazy("Personer som får e-post"),
    "namnd": gettext_lazy("Nya nämnder"),
    "leverantor": gettext_lazy("Nya leverantörer"),
    "leverantor_andras": gettext_lazy("Leverantörer som får organisationsnummer"),
}


@dataclass
class Plan:
    """All that an import would do; `work` is what carrying it out writes."""

    lines: list[Line]
    consequences: list[Consequence]
    problems: list[Problem]
    unread: list[str]
    work: Work = field(repr=False)

    @property
    def errors(self) -> list[Problem]:
        """Return what must be mended in the file before anything can be imported."""
        return [p for p in self.problems if p.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        """Return what is worth a look and stops nothing."""
        return [p for p in self.problems if p.severity is Severity.WARNING]

    def counts(self) -> Counter[Fate]:
        """Return how many rows meet each fate."""
        return Counter(line.fate for line in self.lines)

    @property
    def does_nothing(self) -> bool:
        """Whether the register already says what the file says."""
        return self.work.is_empty

    @property
    def fingerprint(self) -> str:
        """Return what two plans that do the same have in common."""
        said = json.dumps(self.to_dict(), sort_keys=True, default=str)
        return hashlib.sha256(said.encode()).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as plain data, for a preview that is shown many times."""
        return {
            "lines": [
                [
                    n.sheet,
                    n.row,
                    n.name,
                    n.fate,
                    [[c.label, c.old, c.new] for c in n.changes],
                    n.note,
                ]
                for n in self.lines
            ],
            "consequences": [[c.kind, c.name, c.note] for c in self.consequences],
            "problems": [[p.severity, str(p), p.sheet, p.row] for p in self.problems],
            "unread": self.unread,
            "does_nothing": self.does_nothing,
        }

    def summary(self, *, done: bool = False) -> str:
        """Return the counts in one sentence: "3 nya, 1 ändras, 529 oförändrade"."""
        return summary_of(self.counts(), done=done)


def summary_of(counts: Counter[Fate], *, done: bool = False) -> str:
    """Return the counts of fates in one sentence: what will happen, or what was done."""
    words = {
        Fate.NEW: _("%s nya"),
        Fate.CHANGED: _("%s ändrade") if done else _("%s ändras"),
        Fate.SAME: _("%s oförändrade"),
        Fate.SKIPPED: _("%s överhoppade") if done else _("%s hoppas över"),
        Fate.WRONG: _("%s med fel"),
    }
    said = [words[fate] % counts[fate] for fate in words if counts[fate]]
    return ", ".join(said) or _("inga rader")
