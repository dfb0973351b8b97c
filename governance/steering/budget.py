"""Budget against outcome of a plan: what was planned, attested, waits and is left (6.3.U11, 6.5.U7)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from governance import access
from governance.models import (
    Budgetpost,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Kostnad,
    Sida,
    Tilldelning,
)

ZERO = Decimal(0)


@dataclass
class Line:
    """One line of the budget, or a sum of lines."""

    title: str
    budget: Decimal = ZERO
    attested: Decimal = ZERO
    waiting: Decimal = ZERO
    post: Budgetpost | None = None

    @property
    def left(self) -> Decimal:
        """Return what is left when all that waits is attested; negative when it is exceeded."""
        return self.budget - self.attested - self.waiting

    @property
    def exceeded(self) -> bool:
        """Whether more is attested than was planned."""
        return self.attested > self.budget


@dataclass
class SideReport:
    """The lines of one side, money given outside the plan, and their sum."""

    sida: Sida
    lines: list[Line]
    outside: Decimal = ZERO

    @property
    def total(self) -> Line:
        """Return the sum of the side; money given outside the plan counts as budget."""
        return summed(_("Summa"), self.lines, self.outside)


@dataclass
class Report:
    """The outcome of a plan, a side at a time."""

    plan: Forvaltningsplan
    sides: list[SideReport] = field(default_factory=list)

    @property
    def total(self) -> Line:
        """Return the sum of both sides."""
        return summed(_("Hela objektet"), [side.total for side in self.sides])


def summed(title: str, lines: Iterable[Line], outside: Decimal = ZERO) -> Line:
    """Return the sum of lines as a line."""
    total = Line(title, budget=outside)
    for line in lines:
        total.budget += line.budget
        total.attested += line.attested
        total.waiting += line.waiting
    return total


def costs_of(reader: Any, plan: Forvaltningsplan, until: date | None = None) -> QuerySet[Kostnad]:
    """Return the costs booked in the plan's period, or until a day, that the person may know of."""
    booked = Kostnad.objects.filter(
        objekt=plan.objekt_id, on__range=(plan.period_from, until or plan.period_to)
    )
    return access.visible(reader, booked)


def report(
    reader: Any,
    plan: Forvaltningsplan,
    sides: Iterable[Sida] = tuple(Sida),
    until: date | None = None,
) -> Report:
    """Return the plan's budget against its outcome, as one person may know it: three queries.

    `until` ends the outcome on a day of the plan's period; what the plan budgets is for the whole.
    """
    lines = {
        post.pk: Line(post.title, budget=post.belopp, post=post)
        for post in Budgetpost.objects.filter(plan=plan)
    }
    others = {sida: Line(_("Utan budgetpost")) for sida in Sida}
    counted = costs_of(reader, plan, until).exclude(status=Kostnad.Status.AVVISAD)
    attested = Sum("belopp", filter=Q(status=Kostnad.Status.ATTESTERAD), default=ZERO)
    waiting = Sum("belopp", filter=Q(status=Kostnad.Status.REGISTRERAD), default=ZERO)
    rows = counted.order_by().values("sida", "budgetpost")
    for row in rows.annotate(attested=attested, waiting=waiting):
        line = lines.get(row["budgetpost"], others[Sida(row["sida"])])
        line.attested += row["attested"]
        line.waiting += row["waiting"]
    outside = outside_plan(plan.objekt, plan.period_from, until or plan.period_to)
    found = Report(plan)
    for sida in sides:
        own = [line for line in lines.values() if line.post and line.post.sida == sida]
        rest = others[sida]
        own += [rest] if rest.attested or rest.waiting else []
        found.sides.append(SideReport(sida, own, outside.get(sida, ZERO)))
    return found


def outside_plan(objekt: Forvaltningsobjekt, first: date, last: date) -> dict[str, Decimal]:
    """Return, a side, the money given outside the plan in these days (6.2.U7)."""
    given = Tilldelning.objects.filter(objekt=objekt, plan__isnull=True, on__range=(first, last))
    sums = given.order_by().values("sida").annotate(sum=Sum("belopp", default=ZERO))
    return {row["sida"]: row["sum"] for row in sums}
