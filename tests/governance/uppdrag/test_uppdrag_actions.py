"""Uppdrag: from the plan in force, within the frame of its activity, step by step."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import TestCase

from governance.access import Forbidden
from governance.actions import arende as arenden
from governance.actions import uppdrag as actions
from governance.models import Gesture, Uppdrag
from governance.steering import frames
from governance.steering.money import written
from tests.factories import make_admin, make_user, today
from tests.governance.uppdrag import cast as casts

SEK = Decimal


def outside(error: ValidationError, field: str) -> str:
    """Return the sentence at a field, which must offer the matter to the styrgrupp."""
    (one,) = error.error_dict[field]
    assert one.code == frames.OUTSIDE
    return str(one.message)


class TestUppdrag(TestCase):
    cast: ClassVar[casts.Cast]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = casts.build()

    def refused(self, **fields: Any) -> ValidationError:
        with pytest.raises(ValidationError) as caught:
            casts.uppdrag_of(self.cast, **fields)
        return caught.value

    def test_both_leaders_initiate_from_the_plan_and_nobody_else_does(self) -> None:
        made = casts.uppdrag_of(self.cast)
        assert (made.status, made.initiated_by) == ("initierat", self.cast.fl)
        assert Gesture.objects.latest("at").kind == "initiate"
        args: Any = {"aktivitet": self.cast.aktivitet, "title": "Till"}
        actions.initiate(self.cast.flit, self.cast.objekt, **args)
        for person in (self.cast.oa, self.cast.oait, make_admin(), make_user()):
            with pytest.raises(Forbidden):
                actions.initiate(person, self.cast.objekt, **args)

    def test_what_costs_more_than_is_left_of_the_frame_is_offered_to_the_styrgrupp(self) -> None:
        casts.uppdrag_of(self.cast, belopp=SEK(60_000))
        sentence = outside(self.refused(belopp=SEK("40000.01")), "belopp")
        assert f"återstår {written(SEK(40_000))}" in sentence
        casts.uppdrag_of(self.cast, belopp=SEK(40_000))

    def test_what_is_ended_early_gives_its_money_back(self) -> None:
        first = casts.uppdrag_of(self.cast, belopp=SEK(100_000))
        with pytest.raises(ValidationError):
            actions.abort(self.cast.fl, first)
        actions.abort(self.cast.fl, first, reason="Behövs inte")
        casts.uppdrag_of(self.cast, belopp=SEK(100_000))

    def test_an_activity_without_a_frame_lets_only_what_costs_nothing_through(self) -> None:
        plan = casts.plan_for(self.cast.objekt)
        free = casts.activity_of(plan)
        casts.adopt(self.cast.plan, "ersatt")
        casts.adopt(plan)
        casts.uppdrag_of(self.cast, aktivitet=free, belopp=SEK(0))
        assert "ingen kostnadsram" in outside(self.refused(aktivitet=free, belopp=SEK(1)), "belopp")

    def test_days_outside_the_plan_are_outside_the_frame(self) -> None:
        error = self.refused(ends_on=date(today().year + 1, 1, 1))
        assert "Planen gäller från" in outside(error, "ends_on")

    def test_a_plan_that_is_not_adopted_or_is_over_initiates_nothing(self) -> None:
        draft = casts.activity_of(casts.plan_for(self.cast.objekt))
        assert "gäller inte i dag" in outside(self.refused(aktivitet=draft, belopp=0), "aktivitet")
        casts.adopt(self.cast.plan, "ersatt")
        outside(self.refused(), "aktivitet")
        assert "utgår inte från någon" in outside(self.refused(aktivitet=None), "aktivitet")

    def test_decided_prioritised_started_and_done(self) -> None:
        made = casts.uppdrag_of(self.cast)
        decided = actions.decide(self.cast.flit, made, priority=2)
        assert (decided.status, decided.priority, decided.decided_on) == ("beslutat", 2, today())
        assert decided.decided_by == self.cast.flit
        assert actions.prioritise(self.cast.fl, decided, priority=1).priority == 1
        assert actions.start(self.cast.fl, decided).status == "pagar"
        done = actions.complete(self.cast.fl, decided)
        assert (done.status, done.ended_on) == ("klart", today())
        with pytest.raises(ValidationError, match="Uppdraget är klart"):
            actions.abort(self.cast.fl, done, reason="För sent")
        with pytest.raises(ValidationError, match="Uppdraget är klart"):
            actions.change(self.cast.fl, done, title="Annat")

    def test_nothing_is_decided_without_its_cost(self) -> None:
        made = casts.uppdrag_of(self.cast, belopp=None)
        with pytest.raises(ValidationError, match="0 om det inte kostar"):
            actions.decide(self.cast.fl, made)

    def test_what_the_plan_no_longer_covers_is_not_decided(self) -> None:
        made = casts.uppdrag_of(self.cast)
        casts.adopt(self.cast.plan, "ersatt")
        with pytest.raises(ValidationError) as caught:
            actions.decide(self.cast.fl, made)
        outside(caught.value, "aktivitet")

    def test_a_granted_arende_lets_an_uppdrag_be_decided_outside_the_plan(self) -> None:
        made = casts.uppdrag_of(self.cast)
        casts.adopt(self.cast.plan, "ersatt")
        matter = casts.arende_of(self.cast, uppdrag=made, belopp=SEK(150_000))
        with pytest.raises(ValidationError):
            actions.decide(self.cast.fl, made)
        for member in (self.cast.oa, self.cast.oait):
            arenden.take_position(member, matter, bifall=True)
        actions.change(self.cast.fl, Uppdrag.objects.get(pk=made.pk), belopp=SEK(150_000))
        assert actions.decide(self.cast.fl, made).status == "beslutat"

    def test_what_the_styrgrupp_granted_is_held_to_its_cost(self) -> None:
        matter = casts.arende_of(self.cast, belopp=SEK(50_000))
        with pytest.raises(ValidationError, match="inte bifallit"):
            casts.uppdrag_of(self.cast, aktivitet=None, arende=matter)
        for member in (self.cast.oa, self.cast.oait):
            arenden.take_position(member, matter, bifall=True)
        matter.refresh_from_db()
        casts.uppdrag_of(self.cast, aktivitet=None, arende=matter, belopp=SEK(30_000))
        error = self.refused(aktivitet=None, arende=matter, belopp=SEK(30_000))
        assert f"beviljat ärendet {written(SEK(20_000))} till" in outside(error, "belopp")

    def test_the_database_holds_the_frame_too(self) -> None:
        made = casts.uppdrag_of(self.cast)
        for column, value in (("belopp", 100_001), ("aktivitet_id", None), ("decided_on", None)):
            statement = f"UPDATE governance_uppdrag SET {column} = %s, status = 'beslutat'"
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as c:
                c.execute(statement + " WHERE id = %s", [value, made.pk])

    def test_an_activity_of_another_object_is_refused(self) -> None:
        other = casts.build("Ekonomi")
        outside(self.refused(aktivitet=other.aktivitet), "aktivitet")
        made = casts.uppdrag_of(self.cast)
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as c:
            c.execute(
                "UPDATE governance_uppdrag SET aktivitet_id = %s WHERE id = %s",
                [other.aktivitet.pk, made.pk],
            )
