"""Until when an agreement holds, and the last day to give notice: one truth, said in Python and SQL.

A period ends when its last day does; months are counted from the day after, and a month that is too
short gives its last day. Three months before the end of 31 December is 30 September, before the
end of 28 February it is 30 November.

- Extensions that were made move the end (`Avtalsforlangning`).
- A signed agreement that extends itself does so, by `extension_months` at a time and at most
  `extensions_most` times, when the last day to give notice has passed without notice.
- An agreement that holds tills vidare has no last day to give notice: any day will do.
- One that has been terminated ends on `ceases_on`; no notice is left to give.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    Count,
    DateField,
    Expression,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest

from governance.models import Avtal, Avtalsforlangning

DAY = timedelta(days=1)
AHEAD = timedelta(days=90)
"""How long before its last day of notice an agreement is told of."""


class Terms(NamedTuple):
    """What decides when an agreement ends. `left`: how many times more it extends itself, or None."""

    last: date | None
    notice: int
    longer: int = 0
    left: int | None = None


class Standing(NamedTuple):
    """The day an agreement holds until, and the last day to give notice; None: there is none."""

    until: date | None
    notice: date | None


class Unattended(NamedTuple):
    """What becomes of an agreement if nobody does anything; days that do not apply are None."""

    ends: date | None
    """Its last day, where it does not go on by itself."""
    renewed: date | None = None
    """Until when it is extended by itself, when `notice` has passed."""
    option: date | None = None
    """Until when it can be extended, if somebody does."""


def shift(last: date, months: int) -> date:
    """Return the last day of a period that is so many months longer (or, below 0, shorter)."""
    edge = last + DAY
    year, month = divmod(edge.year * 12 + edge.month - 1 + months, 12)
    day = min(edge.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - DAY


def standing(terms: Terms, day: date) -> Standing:
    """Return how an agreement on these terms stands on a day, when nobody has given notice."""
    if terms.last is None:
        return Standing(None, None)
    times = 0
    while (
        terms.longer
        and (terms.left is None or times < terms.left)
        and shift(terms.last, times * terms.longer - terms.notice) < day
    ):
        times += 1
    months = times * terms.longer
    return Standing(shift(terms.last, months), shift(terms.last, months - terms.notice))


def terms_of(avtal: Avtal) -> Terms:
    """Return an agreement's terms, extensions that were made included: one query."""
    made = [extension.until for extension in avtal.avtalsforlangning.all()]
    longer = avtal.extension_months or 0
    if not avtal.extends_itself or avtal.status == Avtal.Status.REGISTRERAT:
        longer = 0
    most = avtal.extensions_most
    return Terms(
        max(made, default=avtal.ends_on),
        avtal.notice_months,
        longer,
        None if most is None else max(most - len(made), 0),
    )


def standing_of(avtal: Avtal, day: date) -> Standing:
    """Return how an agreement stands on a day."""
    if avtal.status == Avtal.Status.UPPSAGT:
        return Standing(avtal.ceases_on, None)
    return standing(terms_of(avtal), day)


def unattended(avtal: Avtal, day: date) -> Unattended:
    """Return what becomes of an agreement from a day on if nobody gives notice or extends it."""
    terms = terms_of(avtal)
    stands = standing(terms, day)
    if avtal.status == Avtal.Status.UPPSAGT or stands.until is None or stands.notice is None:
        return Unattended(avtal.ceases_on)
    after = standing(terms, max(stands.notice + DAY, day)).until
    if after and after > stands.until:
        return Unattended(None, renewed=after)
    if avtal.extends_itself or not avtal.extension_months:
        return Unattended(stands.until)
    left = avtal.extensions_most
    made = len(avtal.avtalsforlangning.all())
    if left is not None and made >= left:
        return Unattended(stands.until)
    return Unattended(stands.until, option=shift(stands.until, avtal.extension_months))


def ceases_after(avtal: Avtal, day: date) -> date:
    """Return when an agreement ends if notice is given on a day: a suggestion, not a rule."""
    stands = standing(terms_of(avtal), day)
    return stands.until or shift(day - DAY, avtal.notice_months) + DAY


class AvtalDay(Func):
    """The database's own computation (migration avtal_days): last day, `back` months before the end."""

    function = "regit_avtal_day"
    output_field = DateField()


def _made(extensions: QuerySet[Any], what: Any, field: Any) -> Subquery:
    rows = extensions.filter(avtal=OuterRef("pk")).order_by().values("avtal")
    return Subquery(rows.annotate(found=what).values("found"), output_field=field)


def _computed(day: date, back: Any) -> Expression:
    extensions, number = Avtalsforlangning.objects.all(), IntegerField()
    renews = Q(extends_itself=True, status=Avtal.Status.TECKNAT)
    left = F("extensions_most") - Coalesce(_made(extensions, Count("pk"), number), 0)
    return AvtalDay(
        Coalesce(_made(extensions, Max("until"), DateField()), F("ends_on")),
        F("notice_months"),
        Case(When(renews, then=Coalesce("extension_months", 0)), default=0, output_field=number),
        # Greatest passes over what is null in PostgreSQL, so null is asked for first.
        Case(
            When(extensions_most__isnull=True, then=None),
            default=Cast(Greatest(left, Value(0)), number),
            output_field=number,
        ),
        Value(day, output_field=DateField()),
        back,
    )


def until(day: date) -> Expression:
    """Return, for use on Avtal, the day that an agreement holds until; null is tills vidare."""
    return Case(
        When(status=Avtal.Status.UPPSAGT, then=F("ceases_on")),
        default=_computed(day, Value(0)),
        output_field=DateField(),
    )


def last_notice(day: date) -> Expression:
    """Return, for use on Avtal, the last day to give notice; null where there is none."""
    return Case(
        When(status=Avtal.Status.UPPSAGT, then=None),
        default=_computed(day, F("notice_months")),
        output_field=DateField(),
    )


def with_days(rows: QuerySet[Avtal], day: date) -> QuerySet[Any]:
    """Give agreements `until` and `last_notice` as they stand on a day."""
    return rows.annotate(until=until(day), last_notice=last_notice(day))


def in_force(rows: QuerySet[Avtal], day: date) -> QuerySet[Any]:
    """Narrow to signed agreements, terminated ones included, that hold on a day."""
    begun: QuerySet[Any] = rows.exclude(status=Avtal.Status.REGISTRERAT).filter(starts_on__lte=day)
    found: QuerySet[Any] = begun.alias(holds_until=until(day))
    return found.filter(Q(holds_until__isnull=True) | Q(holds_until__gte=day))


def notice_within(rows: QuerySet[Avtal], day: date, ahead: timedelta) -> QuerySet[Any]:
    """Narrow to signed agreements in force whose last day of notice is near, or has passed."""
    signed: QuerySet[Any] = in_force(rows.filter(status=Avtal.Status.TECKNAT), day)
    found: QuerySet[Any] = signed.alias(notice_by=last_notice(day))
    return found.filter(notice_by__lte=day + ahead)
