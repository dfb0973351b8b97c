"""A plan: drafted by the leaders, frozen when put forward, adopted by two people over one content."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from governance.access import Forbidden
from governance.actions import plan as actions
from governance.actions import planrader as rows
from governance.models import (
    Aktivitet,
    Forvaltningsplan,
    Mal,
    Planavtal,
    Underskrift,
)
from governance.steering import plans
from tests.factories import (
    appoint,
    make_active,
    make_admin,
    make_objekt,
    make_system,
    make_user,
    today,
)
from tests.factories.steering import put_avtal
from tests.governance.plan.case import YEAR, PlanCase, refused


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
        own, theirs = put_avtal(self.objekt), put_avtal(make_active("Annat"))
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
