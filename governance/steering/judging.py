"""The judgements of the two sides beside each other: of one system, and of the whole register."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from governance.history import rows_of
from governance.lists import prepared
from governance.models import Bedomning, Informationssystem, Sida

NOT_JUDGED = "inte"
CHOICES = [*Bedomning.Omdome.choices, (NOT_JUDGED, _("Inte bedömt"))]
DEPTHS = 4


@dataclass
class Side:
    """What one side says of a system, what it said before, and whether the reader may say it."""

    sida: Sida
    now: Bedomning | None = None
    before: list[Any] = field(default_factory=list)
    """Earlier history rows, latest first."""
    may_judge: bool = False
    verbs: tuple[str, ...] = ()


def judged_as(sida: str, omdome: str) -> Q:
    """Select systems that the side judges so, or has not judged."""
    rows = Bedomning.objects.filter(sida=sida)
    if omdome == NOT_JUDGED:
        return ~Q(pk__in=rows.values("system"))
    return Q(pk__in=rows.filter(omdome=omdome).values("system"))


def said_of(system: Informationssystem) -> dict[str, Side]:
    """Return both sides with what they say now and said before: two queries."""
    both = {str(sida): Side(sida) for sida in Sida}
    for now in prepared.fetch(_now, reader=None, subject=system.pk):
        both[now.sida].now = now
    for row in prepared.fetch(_said, reader=None, subject=system.pk):
        both[row.sida].before.append(row)
    for side in both.values():
        del side.before[:1]  # the latest row is what the side says now
    return both


def _now(_reader: None) -> QuerySet[Bedomning]:
    return Bedomning.objects.filter(system=prepared.SUBJECT).select_related("judged_by")


def _said(_reader: None) -> QuerySet[Any]:
    rows = rows_of(Bedomning).filter(system=prepared.SUBJECT)
    return rows.select_related("judged_by").order_by("-history_id")


@dataclass(frozen=True)
class Cell:
    """How many systems the verksamhet judges in one way and IT in another."""

    verksamhet: str
    it: str
    number: int
    differs: bool
    agrees: bool
    depth: int
    """0–4: how dark the cell is."""


@dataclass(frozen=True)
class Row:
    """One judgement of the verksamhet across all of IT's."""

    value: str
    label: str
    cells: list[Cell]
    total: int


@dataclass(frozen=True)
class Matrix:
    """The register's systems by the two judgements."""

    columns: list[tuple[str, str, int]]
    """Value, label and total of each of IT's judgements."""
    rows: list[Row]
    total: int
    differing: int
    judged_by_both: int


def matrix(systems: QuerySet[Informationssystem]) -> Matrix:
    """Count the systems by the two judgements: one query."""

    def said(sida: str) -> Coalesce:
        rows = Bedomning.objects.filter(system=OuterRef("pk"), sida=sida).order_by()
        return Coalesce(Subquery(rows.values("omdome")[:1]), Value(NOT_JUDGED))

    pairs = (
        systems.order_by()
        .annotate(first=said(Sida.VERKSAMHET), second=said(Sida.IT))
        .values_list(F("first"), F("second"))
        .annotate(n=Count("pk"))
    )
    return drawn({(first, second): number for first, second, number in pairs})


def drawn(numbers: dict[tuple[str, str], int]) -> Matrix:
    """Lay the numbers out as rows, columns and totals."""
    most = max((n for pair, n in numbers.items() if NOT_JUDGED not in pair), default=0)
    rows = []
    for value, label in CHOICES:
        cells = [_cell(value, it, numbers.get((value, it), 0), most) for it, _label in CHOICES]
        rows.append(Row(value, str(label), cells, sum(cell.number for cell in cells)))
    every = [cell for row in rows for cell in row.cells]
    columns = [
        (value, str(label), _total(cell for cell in every if cell.it == value))
        for value, label in CHOICES
    ]
    both = [cell for cell in every if NOT_JUDGED not in (cell.verksamhet, cell.it)]
    differing = _total(cell for cell in both if cell.differs)
    return Matrix(columns, rows, _total(every), differing, _total(both))


def _cell(verksamhet: str, it: str, number: int, most: int) -> Cell:
    judged = NOT_JUDGED not in (verksamhet, it)
    depth = -(-number * DEPTHS // most) if judged and most else 0
    same = verksamhet == it
    return Cell(verksamhet, it, number, judged and not same, judged and same, depth)


def _total(cells: Iterable[Cell]) -> int:
    return sum(cell.number for cell in cells)
