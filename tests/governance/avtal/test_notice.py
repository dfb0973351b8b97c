"""The last day to give notice: examples people know, what always holds, and Python against SQL."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from governance.models import Avtal
from governance.steering import notice
from governance.steering.notice import Standing, Terms, shift, standing
from tests.factories import make_active, make_system
from tests.factories.avtal import make_avtal, make_signed

DAY = timedelta(days=1)
days = st.dates(date(1950, 1, 1), date(2199, 12, 31))
months = st.integers(0, 240)
terms = st.builds(
    Terms, days, months, st.integers(0, 240), st.one_of(st.none(), st.integers(0, 99))
)


@pytest.mark.parametrize(
    ("last", "by", "expected"),
    [
        (date(2026, 12, 31), -3, date(2026, 9, 30)),
        (date(2027, 2, 28), -3, date(2026, 11, 30)),
        (date(2026, 5, 31), -3, date(2026, 2, 28)),
        (date(2026, 2, 28), 6, date(2026, 8, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 6, 14), -1, date(2026, 5, 14)),
        (date(2026, 5, 30), -3, date(2026, 2, 27)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_are_counted_from_the_end_of_the_period(last: date, by: int, expected: date) -> None:
    assert shift(last, by) == expected


def test_an_agreement_that_extends_itself_moves_on_when_its_day_of_notice_has_passed() -> None:
    terms = Terms(date(2026, 12, 31), notice=3, longer=12, left=2)
    first, second = date(2026, 9, 30), date(2027, 9, 30)
    assert standing(terms, first) == Standing(date(2026, 12, 31), first)
    assert standing(terms, first + DAY) == Standing(date(2027, 12, 31), second)
    third = Standing(date(2028, 12, 31), date(2028, 9, 30))
    assert standing(terms, second + DAY) == third
    assert standing(terms, date(2031, 1, 1)) == third  # twice and no more


def test_tills_vidare_has_no_last_day() -> None:
    assert standing(Terms(None, 6), date(2026, 1, 1)) == Standing(None, None)


@given(terms, days)
def test_notice_is_never_later_than_the_end_and_renewing_never_shortens(
    terms: Terms, day: date
) -> None:
    stands = standing(terms, day)
    assert stands.until
    assert stands.notice
    assert stands.notice <= stands.until
    assert stands.until >= terms.last  # type: ignore[operator]
    later = standing(terms, day + DAY)
    assert later.until >= stands.until  # type: ignore[operator]
    if terms.longer and terms.left is None:
        assert stands.notice >= day


@given(days, st.integers(-240, 240))
def test_months_move_a_day_within_their_month(last: date, by: int) -> None:
    moved, edge = shift(last, by) + DAY, last + DAY
    assert (moved.year - edge.year) * 12 + moved.month - edge.month == by
    assert moved.day == edge.day or (moved.day < edge.day and (moved + DAY).day == 1)


class TestOneTruth(TestCase):
    """Python and the database compute the same."""

    @given(terms, days)
    def test_the_function_of_the_database_computes_as_python_does(
        self, terms: Terms, day: date
    ) -> None:
        with connection.cursor() as cursor:
            both = ["regit_avtal_day(%s::date, %s::int, %s::int, %s::int, %s::date, %s::int)"] * 2
            arguments: list[Any] = [*terms, day, 0, *terms, day, terms.notice]
            cursor.execute(f"SELECT {', '.join(both)}", arguments)
            assert Standing(*cursor.fetchone()) == standing(terms, day)

    def test_each_agreement_of_a_list_stands_as_its_page_says(self) -> None:
        objekt = make_active("Elevadministration")
        system = make_system(objekt, "Alva")
        last = date(2026, 2, 28)
        terms: list[dict[str, Any]] = [
            {"ends_on": last},
            {"ends_on": None, "notice_months": 6},
            {"ends_on": last, "extends_itself": True, "extension_months": 12},
            {
                "ends_on": last,
                "extends_itself": True,
                "extension_months": 5,
                "extensions_most": 2,
            },
            {"ends_on": last, "extension_months": 12, "extensions_most": 1},
        ]
        for given_terms in terms:
            common = {"starts_on": date(2025, 3, 1), **given_terms}
            make_avtal(objekt, system, **common)
            make_signed(objekt, system, **common)
        seen = set()
        for day in (date(2025, 11, 30), date(2025, 12, 1), date(2026, 5, 30), date(2030, 1, 31)):
            for avtal in notice.with_days(Avtal.objects.all(), day):
                stands = Standing(avtal.until, avtal.last_notice)
                assert stands == notice.standing_of(avtal, day), (avtal.pk, day)
                seen.add(stands)
        assert len(seen) > 5
