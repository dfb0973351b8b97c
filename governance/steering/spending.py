"""How a plan's outcome has grown against its budget, step by step: a chart and its table (6.3.U11, 6.5.U7)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.db.models.functions import TruncMonth, TruncYear
from django.utils import formats, timezone

from governance.models import Forvaltningsplan, Kostnad
from governance.steering.budget import ZERO, Report, costs_of
from governance.steering.money import written

MONTHS_MOST = 24
"""A plan of more months than this is told a year at a time."""
WIDTH, HEIGHT = 640, 260
LEFT, TOP, BOTTOM = 104, 22, 32
FLOOR = HEIGHT - BOTTOM
TICKS = 4


@dataclass
class Step:
    """A month or a year, and what had been spent since the plan began when it ended."""

    first: date
    label: str
    attested: Decimal = ZERO
    waiting: Decimal = ZERO
    left: Decimal = ZERO
    begun: bool = True
    name: str = ""


def steps(reader: Any, report: Report) -> list[Step]:
    """Return the steps of a plan's whole period, as one person may know them: one query.

    Those to come have not begun and say nothing.
    """
    plan, today = report.plan, timezone.localdate()
    yearly = months_of(plan) > MONTHS_MOST
    spent = _spent(reader, plan, TruncYear("on") if yearly else TruncMonth("on"))
    found, attested, waiting = [], ZERO, ZERO
    for first in _firsts(plan, yearly=yearly):
        attested += spent.get((first, Kostnad.Status.ATTESTERAD), ZERO)
        waiting += spent.get((first, Kostnad.Status.REGISTRERAD), ZERO)
        label, name = (
            formats.date_format(first, f) for f in (("Y", "Y") if yearly else ("M", "F Y"))
        )
        left = report.total.budget - attested - waiting
        found.append(Step(first, label, attested, waiting, left, first <= today, name))
    return found


def months_of(plan: Forvaltningsplan) -> int:
    """Return how many months a plan's period touches."""
    first, last = plan.period_from, plan.period_to
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _spent(reader: Any, plan: Forvaltningsplan, step: Any) -> dict[tuple[date, str], Decimal]:
    counted = costs_of(reader, plan).exclude(status=Kostnad.Status.AVVISAD).order_by()
    rows = counted.annotate(first=step).values("first", "status").annotate(sum=Sum("belopp"))
    return {(row["first"], row["status"]): row["sum"] for row in rows}


def _firsts(plan: Forvaltningsplan, *, yearly: bool) -> list[date]:
    first = plan.period_from
    if yearly:
        return [date(year, 1, 1) for year in range(first.year, plan.period_to.year + 1)]
    counted = range(first.month - 1, first.month - 1 + months_of(plan))
    return [date(first.year + n // 12, n % 12 + 1, 1) for n in counted]


@dataclass
class Bar:
    """What is drawn of a step: attested from the floor, what waits on top of it."""

    label: str
    x: float
    middle: float
    width: float
    attested_y: float
    attested_height: float
    waiting_y: float
    waiting_height: float


@dataclass
class Chart:
    """A chart with its places counted, for the template to draw."""

    bars: list[Bar]
    ticks: list[tuple[float, str]]
    budget_y: float
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = FLOOR


def chart(report: Report, found: list[Step]) -> Chart:
    """Lay the steps out against the budget, in one scale."""
    budget = report.total.budget
    tick = nice(max([budget, *(s.attested + s.waiting for s in found)]) / TICKS)
    most = tick * TICKS

    def height(amount: Decimal) -> float:
        return round(float(amount / most) * (FLOOR - TOP), 1)

    slot = (WIDTH - LEFT) / len(found)
    bars = []
    for number, step in enumerate(found):
        x, attested, waiting = LEFT + number * slot, height(step.attested), height(step.waiting)
        if not step.begun:
            attested = waiting = 0
        top = FLOOR - attested
        inner = round(slot * 0.6, 1)
        place = round(x + slot * 0.2, 1), round(x + slot / 2, 1), inner
        bars.append(Bar(step.label, *place, top, attested, round(top - waiting, 1), waiting))
    ticks = [(FLOOR - height(tick * n), _short(tick * n)) for n in range(TICKS + 1)]
    return Chart(bars, ticks, FLOOR - height(budget))


def nice(amount: Decimal) -> Decimal:
    """Return the next amount upwards that is easy to read on an axis: 1, 2, 2,5 or 5 times a power of ten."""
    if amount <= 0:
        return Decimal(1)
    power = Decimal(10) ** amount.adjusted()
    return next(
        n * power for n in map(Decimal, ("1", "2", "2.5", "5", "10")) if n * power >= amount
    )


def _short(amount: Decimal) -> str:
    """Write an amount in thousands where it is that large."""
    if amount < 10_000:
        return written(amount)
    thousands = formats.number_format((amount / 1000).normalize(), force_grouping=True)
    return f"{thousands}\u00a0tkr"
