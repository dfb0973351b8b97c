"""A plan that was put forward is kept as it is; versions follow, are compared, and goals measured."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from governance.access import Forbidden
from governance.actions import plan as actions
from governance.actions import planrader as rows
from governance.models import (
    Aktivitet,
    Budgetpost,
    Mal,
)
from governance.steering import plans
from tests.factories import (
    today,
)
from tests.governance.plan.case import YEAR, PlanCase, refused


class TestFrozen(PlanCase):
    def test_nothing_changes_once_it_is_put_forward(self) -> None:
        actions.put_forward(self.fl, self.plan)
        for call in (
            lambda: rows.add(self.fl, self.plan, Mal, sida="it", title="x"),
            lambda: rows.change(self.fl, self.goal, title="x"),
            lambda: rows.remove(self.fl, self.activity),
            lambda: actions.change(self.fl, self.fresh(), summary="x"),
            lambda: actions.discard(self.fl, self.fresh()),
        ):
            assert "Ta tillbaka den för att ändra" in refused(call)
        self.plan = self.fresh()
        self.sign(self.oa, "verksamhet")
        self.sign(self.oait, "it")
        assert "Börja en ny version" in refused(
            lambda: actions.change(self.fl, self.fresh(), summary="x")
        )

    def test_what_was_adopted_and_measured_stays_whatever_is_tried(self) -> None:
        adopted = self.adopt()
        rows.measure(self.fl, Mal.objects.get(pk=self.goal.pk), on=today(), percent=40)
        for statement in (
            f"UPDATE governance_forvaltningsplan SET adopted_on = '2020-01-01' WHERE id = {adopted.pk}",
            "UPDATE governance_forvaltningsplan SET status = 'ersatt', adopted_on = '2020-01-01'",
            "UPDATE governance_malmatning SET percent = 100",
            "DELETE FROM governance_malmatning",
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                connection.cursor().execute(statement)

    def test_no_days_are_left_without_a_plan(self) -> None:
        adopted = self.adopt()
        later: dict[str, Any] = {"period_to": adopted.period_to}
        later["period_from"] = today() + timedelta(days=1)
        copy = actions.begin_version(self.fl, adopted, **later)
        said = refused(lambda: actions.put_forward(self.fl, copy))
        assert "Låt den här gälla senast från" in said
        shorter: dict[str, Any] = {"period_from": adopted.period_from}
        shorter["period_to"] = adopted.period_to - timedelta(days=1)
        copy = actions.begin_version(self.fl, adopted, **shorter)
        said = refused(lambda: actions.put_forward(self.fl, copy))
        assert "Låt den här gälla minst lika länge" in said
        actions.put_forward(self.fl, actions.begin_version(self.fl, adopted, **YEAR))

    def test_raw_sql_is_held_too(self) -> None:
        actions.put_forward(self.fl, self.plan)
        self.sign(self.oa, "verksamhet")
        tries = [
            ("UPDATE governance_mal SET title = 'x' WHERE id = %s", self.goal.pk),
            ("DELETE FROM governance_aktivitet WHERE id = %s", self.activity.pk),
            ("UPDATE governance_forvaltningsplan SET summary = 'x' WHERE id = %s", self.plan.pk),
            (
                "UPDATE governance_forvaltningsplan SET status = 'ersatt' WHERE id = %s",
                self.plan.pk,
            ),
            (
                "UPDATE governance_forvaltningsplan SET status = 'utkast', content_hash = '' WHERE id = %s",
                self.plan.pk,
            ),
            ("UPDATE governance_underskrift SET sida = 'it' WHERE plan_id = %s", self.plan.pk),
        ]
        for sql, pk in tries:
            with (
                self.subTest(sql),
                pytest.raises(IntegrityError),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(sql, [pk])

    def test_every_row_counts_in_what_is_signed(self) -> None:
        was = plans.content_hash(self.plan)
        rows.change(self.fl, self.activity, description="Ny text")
        changed = plans.content_hash(self.fresh())
        assert was != changed
        rows.change(self.fl, self.activity, description="")
        assert plans.content_hash(self.fresh()) == was


class TestFollowing(PlanCase):
    def test_last_years_plan_starts_the_next_with_days_moved_a_year(self) -> None:
        copy = actions.begin_version(
            self.fl, self.plan, period_from=date(2027, 1, 1), period_to=date(2027, 12, 31)
        )
        activity = Aktivitet.objects.get(plan=copy)
        assert activity.ends_on == date(2027, 6, 30)
        assert activity.mal is not None
        assert activity.mal.plan == copy
        assert (copy.status, Budgetpost.objects.get(plan=copy).belopp) == ("utkast", 100)

    def test_every_activity_of_a_copy_keeps_its_goal(self) -> None:
        for number in range(self.goal.pk % 50 + 60):  # so that ids of goals and activities meet
            goal = self.goal if number % 2 else None
            rows.add(self.fl, self.plan, Aktivitet, sida="it", title=f"Steg {number}", mal=goal)
        copy = actions.begin_version(self.fl, self.plan, **YEAR)
        for made in Aktivitet.objects.filter(plan=copy, title__startswith="Steg"):
            wanted = "Färre fel" if int(made.title.split()[1]) % 2 else None
            assert (made.mal.title if made.mal else None) == wanted

    def test_versions_are_compared_row_by_row(self) -> None:
        copy = actions.begin_version(self.fl, self.plan, **YEAR)
        rows.change(self.fl, Mal.objects.get(plan=copy), description="Hälften så många")
        rows.remove(self.fl, Aktivitet.objects.get(plan=copy))
        rows.add(self.fl, copy, Mal, sida="it", title="Snabbare")
        parts = plans.compare(self.plan, copy, lambda found: found)
        kinds = {row.title: row.kind for part in parts.values() for row in part}
        assert kinds["Färre fel"] == "changed"
        assert kinds["Byt server"] == "removed"
        assert kinds["Snabbare"] == "added"
        assert kinds["Drift"] == "same"

    def test_a_copied_row_is_compared_with_its_origin_whatever_it_is_called_since(self) -> None:
        copy = actions.begin_version(self.fl, self.plan, **YEAR)
        rows.change(self.fl, Mal.objects.get(plan=copy), title="Inga fel", sida="it")
        rows.add(self.fl, copy, Mal, sida="verksamhet", title="Färre fel")
        for old, new, kind in ((self.plan, copy, "added"), (copy, self.plan, "removed")):
            goals = plans.compare(old, new, lambda found: found)["mål"]
            assert [row.kind for row in goals] == ["changed", kind]
            assert {"Inga fel", "Färre fel"} <= set(goals[0].fields()[1])

    def test_each_leader_follows_up_the_goals_of_their_side_in_the_adopted_plan(self) -> None:
        values: dict[str, Any] = {"on": today(), "percent": 40}
        assert "fastställd plan" in refused(lambda: rows.measure(self.fl, self.goal, **values))
        self.adopt()
        goal = Mal.objects.get(pk=self.goal.pk)
        assert rows.measure(self.fl, goal, **values).percent == 40
        with pytest.raises(Forbidden):
            rows.measure(self.flit, goal, **values)
        with pytest.raises(ValidationError):
            rows.measure(self.fl, goal, on=today(), percent=101)

    @staticmethod
    def test_a_leap_day_and_an_odd_start_move_sensibly() -> None:
        assert actions.moved(date(2028, 2, 29), date(2028, 1, 1), date(2029, 1, 1)) == date(
            2029, 2, 28
        )
        assert actions.moved(date(2026, 3, 1), date(2026, 1, 1), date(2026, 7, 1)) == date(
            2026, 8, 29
        )
