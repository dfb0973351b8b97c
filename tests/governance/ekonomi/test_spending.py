"""How the outcome has grown: what is counted when, for whom, and how high it is drawn."""

from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from governance.actions import kostnad as costs
from governance.steering import spending
from governance.steering.budget import report
from governance.steering.money import written
from tests.factories import make_system, make_user, today
from tests.factories.steering import make_plan
from tests.governance.ekonomi.staffed import SEK, Staffed


def steps(reader: Any, plan: Any) -> list[spending.Step]:
    return spending.steps(reader, report(reader, plan))


class TestGrowth(Staffed):
    def test_each_month_counts_all_that_was_spent_until_its_end(self) -> None:
        first = date(today().year, 1, 1)
        attested = self.cost(belopp=SEK("300"), on=first)
        costs.judge(self.oa, attested, attest=True)
        self.cost(belopp=SEK("50"), on=today())
        sent_back = self.cost(belopp=SEK("999"), on=first)
        costs.judge(self.oa, sent_back, attest=False, note="Fel objekt")
        found = steps(self.oa, self.plan)
        assert len(found) == 12
        now = found[today().month - 1]
        assert (now.attested, now.waiting, now.left) == (SEK("300"), SEK("50"), SEK("1150"))
        assert found[0].attested == SEK("300")
        assert [step.begun for step in found].count(True) == today().month

    def test_the_cost_of_a_hidden_system_is_counted_for_nobody_else(self) -> None:
        hidden = make_system(self.objekt, "Hemligt", skyddsvard=True)
        self.cost(belopp=SEK("70"), system=hidden)
        assert steps(self.oa, self.plan)[-1].waiting == SEK("70")
        assert steps(make_user(), self.plan)[-1].waiting == SEK("0")

    def test_a_long_plan_is_told_a_year_at_a_time(self) -> None:
        first = today().year - 5
        days: dict[str, Any] = {
            "period_from": date(first, 3, 1),
            "period_to": date(first + 3, 2, 28),
        }
        plan = make_plan(self.objekt, **days)
        assert [step.name for step in steps(self.oa, plan)] == [str(first + n) for n in range(4)]

    def test_bars_stand_on_the_floor_and_reach_the_line_when_the_budget_is_spent(self) -> None:
        self.cost(belopp=SEK("1500"), on=date(today().year, 1, 1))
        found = steps(self.oa, self.plan)
        drawn = spending.chart(report(self.oa, self.plan), found)
        assert drawn.bars[0].waiting_y == pytest.approx(drawn.budget_y)
        assert drawn.bars[0].attested_height == 0
        assert all(bar.waiting_height == 0 for bar in drawn.bars[today().month :])

    def test_the_page_draws_it_beside_a_table_that_says_the_same(self) -> None:
        self.cost(belopp=SEK("123"))
        self.client.force_login(self.oa)
        response = self.client.get(reverse("governance:ekonomi", args=[self.objekt.pk]))
        self.assertContains(response, '<svg class="spent"')
        self.assertContains(response, 'aria-describedby="growth-table"')
        table = response.content.decode().split('id="growth-table"')[1].split("</table>")[0]
        assert written(SEK("123")) in unescape(table)
        assert written(SEK("1377")) in unescape(table)

    def test_a_plan_that_has_not_begun_has_nothing_to_draw(self) -> None:
        year = today().year + 1
        plan = make_plan(self.objekt, period_from=date(year, 1, 1), period_to=date(year, 12, 31))
        self.client.force_login(self.oa)
        path = reverse("governance:ekonomi", args=[self.objekt.pk])
        self.assertNotContains(self.client.get(f"{path}?plan={plan.pk}"), "growth-table")


@pytest.mark.parametrize(
    ("amount", "tick"),
    [("0", "1"), ("1", "1"), ("1.01", "2"), ("230000", "250000"), ("475", "500"), ("6", "10")],
)
def test_axes_have_amounts_that_are_easy_to_read(amount: str, tick: str) -> None:
    assert spending.nice(Decimal(amount)) == Decimal(tick)
