"""A plan: drafted by the leaders, frozen when put forward, adopted by two people over one content."""

from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import TestCase

from governance import plans
from governance.access import Forbidden
from governance.actions import plan as actions
from governance.actions import planrader as rows
from governance.models import (
    Aktivitet,
    Budgetpost,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Mal,
    Planavtal,
    Underskrift,
)
from roles.models import User
from tests.factories import (
    appoint,
    make_active,
    make_admin,
    make_objekt,
    make_system,
    make_user,
    today,
)
from tests.steering import make_avtal

YEAR: dict[str, Any] = {"period_from": date(2026, 1, 1), "period_to": date(2026, 12, 31)}


def refused(call: Any) -> str:
    """Return the first sentence with which an action refuses."""
    with pytest.raises(ValidationError) as found:
        call()
    return found.value.messages[0]


class PlanCase(TestCase):
    """An object with its four people, and a draft with a goal, an activity and a budget."""

    objekt: ClassVar[Forvaltningsobjekt]
    oa: ClassVar[User]
    oait: ClassVar[User]
    fl: ClassVar[User]
    flit: ClassVar[User]

    @classmethod
    def setUpTestData(cls) -> None:
        roles = ("objektagare", "objektagare_it", "forvaltningsledare", "forvaltningsledare_it")
        people = {role: make_user(f"{role}.ek") for role in roles}
        cls.oa, cls.oait, cls.fl, cls.flit = people.values()
        cls.objekt = make_active("Elevregister", **people)

    def setUp(self) -> None:
        self.plan = actions.create(self.fl, self.objekt, **YEAR)
        self.goal = rows.add(self.fl, self.plan, Mal, sida="verksamhet", title="Färre fel")
        self.activity = rows.add(
            self.flit,
            self.plan,
            Aktivitet,
            sida="it",
            title="Byt server",
            mal=self.goal,
            ends_on=date(2026, 6, 30),
        )
        rows.add(self.fl, self.plan, Budgetpost, sida="it", slag="drift", title="Drift", belopp=100)

    def fresh(self) -> Forvaltningsplan:
        """Return the plan as it is saved."""
        return Forvaltningsplan.objects.get(pk=self.plan.pk)

    def sign(self, person: User, sida: str, plan: Forvaltningsplan | None = None) -> Any:
        """Sign what is saved."""
        plan = plan or self.fresh()
        return actions.sign(person, plan, sida=sida, content_hash=plan.content_hash)

    def adopt(self) -> Forvaltningsplan:
        """Put the plan forward and let both sign."""
        actions.put_forward(self.fl, self.fresh())
        self.sign(self.oa, "verksamhet")
        adopted: Forvaltningsplan = self.sign(self.oait, "it")
        return adopted


class TestDrafting(PlanCase):
    def test_both_leaders_draft_and_nobody_else(self) -> None:
        assert actions.create(self.flit, self.objekt, **YEAR).number == 2
        for person in (self.oa, self.oait, make_user(), make_admin()):
            with pytest.raises(Forbidden):
                actions.create(person, self.objekt, **YEAR)
            with pytest.raises(Forbidden):
                rows.add(person, self.plan, Mal, sida="it", title="x")

    def test_rows_point_at_their_own_plan_object_and_period(self) -> None:
        other = make_active("Annat")
        alien = make_system(other)

        def add(**fields: Any) -> Any:
            return rows.add(self.fl, self.plan, Aktivitet, sida="it", title="x", **fields)

        assert "ingår inte i" in refused(lambda: add(system=alien))
        assert "utanför planens period" in refused(lambda: add(ends_on=date(2027, 1, 1)))
        elsewhere = actions.create(None, other, **YEAR)
        goal = rows.add(None, elsewhere, Mal, sida="it", title="Deras")
        assert refused(lambda: add(mal=goal)) == "Målet hör till en annan plan."

    def test_a_draft_covers_an_agreement_of_its_own_object(self) -> None:
        own, theirs = make_avtal(self.objekt), make_avtal(make_active("Annat"))
        assert rows.add(self.fl, self.plan, Planavtal, avtal=own).avtal == own
        sentence = refused(lambda: rows.add(self.fl, self.plan, Planavtal, avtal=theirs))
        assert sentence == "Avtalet hör till ett annat objekt."

    def test_an_empty_plan_is_not_put_forward_and_a_draft_can_be_removed(self) -> None:
        empty = actions.create(self.fl, self.objekt, **YEAR)
        assert "Planen är tom" in refused(lambda: actions.put_forward(self.fl, empty))
        actions.discard(self.fl, self.plan)
        assert not Forvaltningsplan.objects.filter(pk=self.plan.pk).exists()
        assert Mal.history.filter(id=self.goal.pk, history_type="-").exists()


class TestAdopting(PlanCase):
    def test_two_signatures_of_two_people_adopt_it(self) -> None:
        actions.put_forward(self.fl, self.plan)
        assert self.sign(self.oa, "verksamhet").status == "framlagd"
        adopted = self.sign(self.oait, "it")
        assert (adopted.status, adopted.adopted_on) == ("faststalld", today())
        assert list(plans.in_force(self.objekt, date(2026, 5, 1))) == [adopted]

    def test_each_signs_for_their_own_side_and_only_with_the_mandate(self) -> None:
        actions.put_forward(self.fl, self.plan)
        for person, sida in (
            (self.oa, "it"),
            (self.oait, "verksamhet"),
            (self.fl, "verksamhet"),
            (make_admin(), "it"),
        ):
            with pytest.raises(Forbidden):
                self.sign(person, sida)

    def test_one_person_with_both_roles_does_not_adopt_alone_not_even_by_raw_sql(self) -> None:
        both = make_user("bada.sidor")
        objekt = make_active("Dubbelt", objektagare=both, objektagare_it=both)
        plan = actions.create(None, objekt, **YEAR)
        rows.add(None, plan, Mal, sida="it", title="Mål")
        plan = actions.put_forward(None, plan)
        self.sign(both, "verksamhet", plan)
        assert "två olika personer" in refused(lambda: self.sign(both, "it", plan))
        with (
            pytest.raises(IntegrityError, match="två personer"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "UPDATE governance_forvaltningsplan SET status = 'faststalld',"
                " adopted_on = now() WHERE id = %s",
                [plan.pk],
            )

    def test_what_changed_after_it_was_read_is_not_signed(self) -> None:
        plan = actions.put_forward(self.fl, self.plan)
        actions.take_back(self.fl, plan)
        rows.change(self.fl, self.goal, title="Många fler fel")
        actions.put_forward(self.fl, self.fresh())
        assert "ändrats sedan du läste" in refused(
            lambda: actions.sign(self.oa, plan, sida="verksamhet", content_hash=plan.content_hash)
        )

    def test_taking_it_back_voids_the_first_signature(self) -> None:
        actions.put_forward(self.fl, self.plan)
        self.sign(self.oa, "verksamhet")
        actions.take_back(self.flit, self.fresh(), reason="Fel belopp")
        assert not Underskrift.objects.filter(plan=self.plan).exists()
        actions.put_forward(self.fl, self.fresh())
        assert self.sign(self.oait, "it").status == "framlagd"

    def test_an_owner_of_either_side_sends_it_back_and_says_why(self) -> None:
        for owner in (self.oa, self.oait):
            actions.put_forward(self.fl, self.fresh())
            said = refused(lambda who=owner: actions.take_back(who, self.fresh()))
            assert said == "Skriv varför planen behöver göras om."
            assert actions.take_back(owner, self.fresh(), reason="Fel").status == "utkast"

    def test_who_takes_a_signed_plan_back_says_why_and_nobody_else_does_it(self) -> None:
        actions.put_forward(self.fl, self.plan)
        assert actions.take_back(self.fl, self.fresh()).status == "utkast"
        actions.put_forward(self.fl, self.fresh())
        self.sign(self.oa, "verksamhet")
        assert "Skriv varför" in refused(lambda: actions.take_back(self.fl, self.fresh()))
        for person in (make_user(), make_admin()):
            with pytest.raises(Forbidden):
                actions.take_back(person, self.fresh(), reason="Fel")
        assert Underskrift.objects.filter(plan=self.plan).exists()

    def test_a_draft_object_gets_no_adopted_plan(self) -> None:
        objekt = make_objekt("Utkastet")
        plan = actions.create(None, objekt, **YEAR)
        rows.add(None, plan, Mal, sida="it", title="Mål")
        plan = actions.put_forward(None, plan)
        owner, owner_it = make_user(), make_user()
        appoint(objekt, "objektagare", owner)
        appoint(objekt, "objektagare_it", owner_it)
        self.sign(owner, "verksamhet", plan)
        assert "inte i förvaltning" in refused(lambda: self.sign(owner_it, "it", plan))

    def test_a_new_version_supersedes_the_one_in_force(self) -> None:
        first = self.adopt()
        second = actions.begin_version(self.fl, first, **YEAR)
        assert second.based_on == first
        self.plan = second
        adopted = self.adopt()
        first.refresh_from_db()
        assert (first.status, first.superseded_on) == ("ersatt", today())
        assert list(plans.in_force(self.objekt, date(2026, 5, 1))) == [adopted]


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
