"""When a signed agreement is to be followed up (6.2.U4, 6.4.U4).

By the day that the last follow-up named; else a year after it; else, when it was never followed up,
a year after it was signed and had begun. The document names no interval: docs/decisions/0028.
"""

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Expression,
    F,
    Func,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from governance.models import Avtal, Avtalsuppfoljning
from governance.steering import notice

DAYS = 365


def _a_year_after(day: Any) -> Func:
    """Return a date and a number of days added up, which PostgreSQL makes a date of."""
    parts = (day, Value(DAYS))
    return Func(*parts, template="(%(expressions)s)", arg_joiner=" + ", output_field=DateField())


def due() -> Expression:
    """Return, for use on Avtal, the last day to follow it up; null for what is not signed or ended."""
    made = Avtalsuppfoljning.objects.filter(avtal=OuterRef("pk")).order_by("-on", "-pk")
    after_last = Subquery(
        made.annotate(again=Coalesce("next_on", _a_year_after(F("on")))).values("again")[:1]
    )
    first = _a_year_after(Greatest("signed_on", "starts_on"))
    return Case(
        When(status=Avtal.Status.TECKNAT, then=Coalesce(after_last, first)),
        default=None,
        output_field=DateField(),
    )


def overdue(rows: QuerySet[Avtal], day: date) -> QuerySet[Any]:
    """Narrow to signed agreements in force that should have been followed up before the day."""
    found: QuerySet[Any] = notice.in_force(rows, day).alias(follow_up_by=due())
    return found.filter(follow_up_by__lt=day)
