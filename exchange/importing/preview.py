"""A kept plan as its page shows it: counts, what to mend, what follows, and the rows asked for."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator

from exchange.importing.plan import CONSEQUENCES, FATES, Change, Fate, summary_of
from exchange.problems import Severity

PAGE = 50
SHOWN = 50
TONES = {Fate.WRONG: "bad", Fate.CHANGED: "warn", Fate.SAME: "quiet", Fate.SKIPPED: "closed"}
ORDER = {fate: number for number, fate in enumerate(FATES)}


class RowShown(NamedTuple):
    """A row of the file with its fate."""

    sheet: str
    row: int
    name: str
    fate: Fate
    changes: list[Change]
    note: str
    problems: list[str]

    @property
    def label(self) -> str:
        """Return the fate in words."""
        return self.fate.label

    @property
    def tone(self) -> str:
        """Return the badge's tone."""
        return TONES.get(self.fate, "")


class Told(NamedTuple):
    """Things of one kind that follow from the import, with how many there are in all."""

    title: str
    total: int
    shown: list[tuple[str, str]]

    @property
    def left(self) -> int:
        """Return how many are not shown."""
        return self.total - len(self.shown)


class Preview:
    """The plan, filtered by the address: utfall and page."""

    def __init__(self, plan: Mapping[str, Any], query: Mapping[str, str]) -> None:
        self.plan, self.query = plan, query
        self.chosen = query.get("utfall", "")
        self.does_nothing = bool(plan.get("does_nothing"))
        self.unread = plan.get("unread", [])

    @cached_property
    def rows(self) -> list[RowShown]:
        """Return every row, what must be mended first, then in the order of the file."""
        said = self._sentences_by_row()
        rows = [
            RowShown(
                sheet,
                row,
                name,
                Fate(fate),
                [Change(*c) for c in changes],
                note,
                said.get((sheet, row), []),
            )
            for sheet, row, name, fate, changes, note in self.plan.get("lines", [])
        ]
        return sorted(rows, key=lambda row: row.fate is not Fate.WRONG)

    def _sentences_by_row(self) -> dict[tuple[str, int | None], list[str]]:
        said: dict[tuple[str, int | None], list[str]] = {}
        for severity, sentence, sheet, row in self.plan.get("problems", []):
            if severity == Severity.ERROR:
                said.setdefault((sheet, row), []).append(sentence.partition(": ")[2] or sentence)
        return said

    @cached_property
    def counts(self) -> Counter[Fate]:
        """Return how many rows meet each fate."""
        return Counter(row.fate for row in self.rows)

    @property
    def summary(self) -> str:
        """Return the counts in one sentence: what will happen."""
        return summary_of(self.counts)

    @property
    def done(self) -> str:
        """Return the counts in one sentence: what was done."""
        return summary_of(self.counts, done=True)

    def choices(self) -> list[tuple[str, str, int, bool]]:
        """Return the filters: value, label, number of rows, whether it applies."""
        return [
            (fate.value, fate.label, self.counts[fate], fate.value == self.chosen)
            for fate in sorted(self.counts, key=lambda fate: ORDER[fate])
        ]

    @cached_property
    def page(self) -> Page[RowShown]:
        """Return the rows asked for."""
        rows = [row for row in self.rows if self.chosen in ("", row.fate.value)]
        return Paginator(rows, PAGE).get_page(self.query.get("page"))

    @cached_property
    def several_sheets(self) -> bool:
        """Whether rows must say which sheet they are in."""
        return len({row.sheet for row in self.rows}) > 1

    def _said(self, severity: Severity) -> Told:
        found = [p[1] for p in self.plan.get("problems", []) if p[0] == severity]
        return Told("", len(found), [(sentence, "") for sentence in found[:SHOWN]])

    @cached_property
    def errors(self) -> Told:
        """Return what must be mended in the file."""
        return self._said(Severity.ERROR)

    @cached_property
    def warnings(self) -> Told:
        """Return what is worth a look."""
        return self._said(Severity.WARNING)

    @cached_property
    def consequences(self) -> list[Told]:
        """Return what is made beside the rows, kind by kind."""
        found = self.plan.get("consequences", [])
        told = []
        for kind, title in CONSEQUENCES.items():
            of_kind = [(name, note) for k, name, note in found if k == kind]
            if of_kind:
                told.append(Told(str(title), len(of_kind), of_kind[:SHOWN]))
        return told
