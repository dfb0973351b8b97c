"""Who may register, approve, sign, extend and end an agreement, and on what grounds."""

from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import TestCase

from governance.access import Forbidden
from governance.actions import avtal as actions
from governance.actions import avtal_signing as signing
from governance.actions import system as system_actions
from governance.actions.base import Conflict
from governance.models import Avtal, Forvaltningsobjekt, Informationssystem
from governance.steering.notice import shift, standing_of
from roles import activation
from roles.models import User
from tests.factories import make_active, make_admin, make_system, today
from tests.factories.avtal import (
    holder,
    make_avtal,
    make_leverantor,
    make_plan_in_force,
    make_signed,
)
from tests.factories.steering import cover, make_plan, set_status

YEAR = timedelta(days=365)


def sentence(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(error.value.messages)


class AvtalCase(TestCase):
    """An object with its owners and leaders, and three systems."""

    objekt: ClassVar[Forvaltningsobjekt]
    owner: ClassVar[User]
    owner_it: ClassVar[User]
    leader: ClassVar[User]
    systems: ClassVar[list[Informationssystem]]
    alien: ClassVar[Informationssystem]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.objekt = make_active("Elevadministration")
        cls.owner = holder(cls.objekt, "objektagare")
        cls.owner_it = holder(cls.objekt, "objektagare_it")
        cls.leader = holder(cls.objekt, "forvaltningsledare")
        cls.systems = [make_system(cls.objekt, name) for name in ("Alva", "Bosse", "Cissi")]
        cls.alien = make_system(make_active("Ekonomi"), "Debet")


class TestRegistering(AvtalCase):
    def register(self, actor: Any, systems: Any, **fields: Any) -> Avtal:
        given = {"slag": "licens", "title": "Licens", "starts_on": today(), **fields}
        given.setdefault("leverantor", make_leverantor())
        return actions.create(actor, self.objekt, systems=systems, **given)

    def test_the_forvaltningsledare_registers_and_the_owners_do_not(self) -> None:
        avtal = self.register(self.leader, self.systems)
        assert set(avtal.systems.all()) == set(self.systems)
        for actor in (self.owner, self.owner_it, holder(self.objekt, "forvaltningsledare_it")):
            with pytest.raises(Forbidden):
                self.register(actor, self.systems)

    def test_it_covers_at_least_one_system_and_only_the_objects_own(self) -> None:
        with pytest.raises(ValidationError) as error:
            self.register(self.leader, [])
        assert error.value.message_dict == {
            "systems": ["Välj minst ett system som avtalet omfattar."]
        }
        with pytest.raises(ValidationError) as error:
            self.register(self.leader, [self.systems[0], self.alien])
        assert error.value.message_dict == {"systems": ["Välj bland objektets egna system."]}

    def test_terms_that_do_not_go_together_are_refused_at_their_fields(self) -> None:
        wrong: list[tuple[dict[str, Any], str]] = [
            ({"extends_itself": True, "extension_months": 12}, "ends_on"),
            ({"extends_itself": True, "ends_on": today()}, "extension_months"),
            ({"extensions_most": 2}, "extensions_most"),
            ({"notice_months": 241}, "notice_months"),
            ({"title": ""}, "title"),
            ({"leverantor": None}, "leverantor"),
            ({"slag": "hyra"}, "slag"),
        ]
        for fields, field in wrong:
            with self.subTest(field), pytest.raises(ValidationError) as error:
                self.register(self.leader, self.systems, **fields)
            assert field in error.value.message_dict
        with pytest.raises(ValidationError, match="Sista dagen ligger före den första"):
            self.register(self.leader, self.systems, ends_on=today() - YEAR)
        with pytest.raises(ValidationError, match="mellan 1950 och 2199"):
            self.register(self.leader, self.systems, starts_on=today().replace(year=1940, day=1))

    def test_an_object_that_is_wound_up_gets_no_new_agreement(self) -> None:
        avtal = make_avtal(self.objekt, self.systems[0])
        for system in self.systems:
            system_actions.decide_livscykel(None, system, "avvecklat", since=today(), decision="B")
        activation.change_status(None, self.objekt, "avvecklat", reason="Prov")
        self.objekt.refresh_from_db()
        with pytest.raises(ValidationError, match="är avvecklat"):
            self.register(None, self.systems)
        with pytest.raises(ValidationError, match="är avvecklat"):
            signing.sign(None, Avtal.objects.get(pk=avtal.pk), signed_on=today(), decision="x")

    def test_changes_of_systems_are_saved_and_collide(self) -> None:
        avtal = make_avtal(self.objekt, *self.systems[:2])
        version = avtal.version
        actions.change(self.leader, avtal, systems=self.systems[1:], version=version)
        assert set(avtal.systems.all()) == set(self.systems[1:])
        with pytest.raises(Conflict) as error:
            actions.change(self.leader, avtal, systems=self.systems[:1], version=version)
        assert error.value.differences[0][1:] == ("Bosse, Cissi", "Alva")
        actions.change(self.leader, avtal, systems=self.systems[1:], version=version)

    def test_a_mistake_is_removed_and_a_signed_agreement_is_not(self) -> None:
        avtal = make_avtal(self.objekt)
        planned, signed = make_avtal(self.objekt), make_signed(self.objekt)
        make_plan_in_force(self.objekt, planned)
        actions.remove(self.leader, avtal)
        assert not Avtal.objects.filter(pk=avtal.pk).exists()
        assert Avtal.history.filter(id=avtal.pk, history_type="-").exists()
        with pytest.raises(ValidationError, match="Säg upp det"):
            actions.remove(self.leader, signed)
        with pytest.raises(ValidationError, match="står i en förvaltningsplan"):
            actions.remove(self.leader, planned)


class TestApproving(AvtalCase):
    def test_a_driftsavtal_is_signed_when_it_is_approved(self) -> None:
        avtal = make_avtal(self.objekt, slag="drift")
        with pytest.raises(ValidationError, match="ska godkännas innan det tecknas"):
            signing.sign(self.owner, avtal, signed_on=today(), decision="Beslut")
        for actor in (self.leader, make_admin()):
            with pytest.raises(Forbidden):
                actions.approve(actor, avtal)
        approved = actions.approve(self.owner_it, avtal)
        assert (approved.approved_by, approved.approved_on) == (self.owner_it, today())
        with pytest.raises(ValidationError, match="redan godkänt"):
            actions.approve(self.owner, avtal)
        signing.sign(self.owner, avtal, signed_on=today(), decision="Beslut")

    def test_other_terms_take_the_approval_away_and_other_words_do_not(self) -> None:
        avtal = make_avtal(self.objekt, self.systems[0], slag="service")
        approved = actions.approve(self.owner, avtal)
        kept = actions.change(self.leader, approved, title="Bättre namn")
        assert kept.approved_by == self.owner
        changed = actions.change(self.leader, kept, notice_months=6)
        assert changed.approved_by is None
        actions.approve(self.owner, changed)
        assert actions.change(self.leader, changed, systems=self.systems).needs_approval

    def test_a_licensavtal_needs_none(self) -> None:
        with pytest.raises(ValidationError, match="Bara drifts-"):
            actions.approve(self.owner, make_avtal(self.objekt))

    def test_what_is_approved_is_what_was_read(self) -> None:
        avtal = make_avtal(self.objekt, slag="support")
        actions.change(self.leader, avtal, varde=5)
        with pytest.raises(ValidationError, match="ändrades medan du läste"):
            actions.approve(self.owner, avtal, version=avtal.version)
        approved = actions.approve(self.owner, avtal, version=avtal.version + 1)
        with pytest.raises(ValidationError, match="ändrades medan du läste"):
            signing.sign(self.owner, approved, signed_on=today(), decision="B", version=1)


class TestSigning(AvtalCase):
    def test_within_the_plan_either_owner_signs(self) -> None:
        first, second, left_out = (make_avtal(self.objekt) for _n in range(3))
        plan = make_plan_in_force(self.objekt, first, second)
        for avtal, owner in ((first, self.owner), (second, self.owner_it)):
            signed = signing.sign(owner, avtal, signed_on=today())
            assert (signed.plan, signed.signed_by, signed.status) == (plan, owner, "tecknat")
        with pytest.raises(ValidationError, match="Skriv beslutet"):
            signing.sign(self.owner, left_out, signed_on=today())

    def test_outside_the_plan_only_the_owner_who_gives_money_signs_by_a_decision(self) -> None:
        avtal = make_avtal(self.objekt)
        make_plan_in_force(self.objekt)
        with pytest.raises(ValidationError, match="Ingen förvaltningsplan som gällde"):
            signing.sign(self.owner_it, avtal, signed_on=today(), decision="Jag vill")
        signed = signing.sign(self.owner, avtal, signed_on=today(), decision="Beslut 14")
        assert (signed.plan, signed.decision) == (None, "Beslut 14")

    def test_the_plan_is_the_one_in_force_on_the_day_of_signing(self) -> None:
        avtal = make_avtal(self.objekt)
        make_plan_in_force(self.objekt, avtal)
        with pytest.raises(ValidationError, match="Ingen förvaltningsplan som gällde"):
            signing.sign(self.owner_it, avtal, signed_on=today() - YEAR)
        with pytest.raises(ValidationError, match="i framtiden"):
            signing.sign(self.owner_it, avtal, signed_on=today() + YEAR)

    def test_a_plan_that_was_replaced_since_carries_what_was_signed_under_it(self) -> None:
        avtal = make_avtal(self.objekt)
        ten_days = timedelta(days=10)
        plan = make_plan(self.objekt, status="utkast")
        cover(plan, avtal)
        set_status(plan, "faststalld", adopted_on=today() - ten_days)
        set_status(plan, "ersatt")
        make_plan_in_force(self.objekt)
        with pytest.raises(ValidationError, match="Ingen förvaltningsplan som gällde"):
            signing.sign(self.owner_it, avtal, signed_on=today())
        signed = signing.sign(self.owner_it, avtal, signed_on=today() - timedelta(days=5))
        assert signed.plan == plan

    def test_a_plan_carries_nothing_that_was_signed_before_it_was_adopted(self) -> None:
        avtal = make_avtal(self.objekt)
        plan = make_plan_in_force(self.objekt, avtal)
        yesterday = today() - timedelta(days=1)
        assert plan.period_from < yesterday
        with pytest.raises(ValidationError, match="Ingen förvaltningsplan som gällde"):
            signing.sign(self.owner_it, avtal, signed_on=yesterday)

    def test_nobody_signs_without_the_mandate_nor_twice(self) -> None:
        avtal = make_avtal(self.objekt)
        for actor in (self.leader, make_admin(), holder(self.objekt, "forvaltningsledare_it")):
            with pytest.raises(Forbidden):
                signing.sign(actor, avtal, signed_on=today(), decision="Beslut")
        signing.sign(self.owner, avtal, signed_on=today(), decision="Beslut")
        with pytest.raises(ValidationError, match="redan tecknat"):
            signing.sign(self.owner, avtal, signed_on=today(), decision="Beslut")

    def test_terms_of_a_signed_agreement_are_corrected_by_a_signer_with_a_reason(self) -> None:
        avtal = make_signed(self.objekt, self.systems[0])
        actions.change(self.leader, avtal, title="Nytt namn", contact="Kim")
        with pytest.raises(ValidationError) as error:
            actions.change(self.leader, avtal, varde=1, systems=self.systems)
        assert set(error.value.message_dict) == {"varde", "systems"}
        with pytest.raises(Forbidden):
            actions.correct(self.leader, avtal, varde=1, reason="Fel")
        with pytest.raises(ValidationError, match="Skriv varför"):
            actions.correct(self.owner, avtal, varde=1, reason=" ")
        corrected = actions.correct(self.owner, avtal, varde=1, systems=self.systems, reason="Fel")
        assert corrected.varde == 1
        assert corrected.systems.count() == 3
        with pytest.raises(ValidationError, match="godkänns innan det tecknas"):
            actions.correct(self.owner, avtal, slag="drift", reason="Fel")
        with pytest.raises(ValidationError, match="inte tecknat än"):
            actions.correct(self.owner, make_avtal(self.objekt), varde=1, reason="Fel")


class TestAfterwards(AvtalCase):
    def test_each_option_extends_once_and_no_further_than_it_reaches(self) -> None:
        avtal = make_signed(self.objekt, extension_months=12, extensions_most=1, notice_months=6)
        last = avtal.ends_on
        assert last
        until = shift(last, 12)
        for day in (last, until + timedelta(days=1)):
            with pytest.raises(ValidationError, match="så långt räcker en förlängning"):
                signing.extend(self.owner, avtal, until=day, decision="Beslut")
        with pytest.raises(ValidationError, match="Ingen förvaltningsplan"):
            signing.extend(self.owner_it, avtal, until=until, decision="Beslut")
        with pytest.raises(Forbidden):
            signing.extend(self.leader, avtal, until=until, decision="Beslut")
        signing.extend(self.owner, avtal, until=until, decision="Beslut 2")
        assert standing_of(avtal, today()) == (until, shift(until, -6))
        with pytest.raises(ValidationError, match="så många gånger"):
            signing.extend(self.owner, avtal, until=until + YEAR, decision="Beslut")

    def test_what_cannot_be_extended_says_why(self) -> None:
        cases: list[tuple[dict[str, Any], str]] = [
            ({"ends_on": None}, "tills vidare"),
            ({}, "enligt sina villkor"),
            ({"extends_itself": True, "extension_months": 12}, "av sig självt"),
        ]
        for terms, why in cases:
            avtal = make_signed(self.objekt, **terms)
            with pytest.raises(ValidationError, match=why):
                signing.extend(self.owner, avtal, until=today() + 2 * YEAR, decision="Beslut")
        with pytest.raises(ValidationError, match="Bara ett tecknat avtal"):
            signing.extend(self.owner, make_avtal(self.objekt), until=today(), decision="Beslut")

    def test_a_terminated_agreement_has_a_last_day_and_no_notice_left(self) -> None:
        avtal = make_signed(self.objekt, ends_on=None, notice_months=6)
        ended: dict[str, Any] = {"terminated_on": today(), "ceases_on": today() + YEAR}
        with pytest.raises(ValidationError, match="Skriv varför"):
            signing.terminate(self.owner, avtal, **ended, reason="")
        with pytest.raises(Forbidden):
            signing.terminate(self.leader, avtal, **ended, reason="Byte")
        with pytest.raises(ValidationError, match="innan det sägs upp"):
            signing.terminate(
                self.owner, avtal, terminated_on=today(), ceases_on=today() - YEAR, reason="Byte"
            )
        after = signing.terminate(self.owner_it, avtal, **ended, reason="Byte")
        assert standing_of(after, today()) == (today() + YEAR, None)
        with pytest.raises(ValidationError, match="redan är uppsagt"):
            signing.terminate(self.owner, avtal, **ended, reason="Byte")

    def test_signed_agreements_are_followed_up_by_who_may_sign(self) -> None:
        avtal = make_signed(self.objekt)
        with pytest.raises(Forbidden):
            signing.follow_up(self.leader, avtal, on=today(), note="Bra")
        with pytest.raises(ValidationError, match="Nästa uppföljning"):
            signing.follow_up(self.owner, avtal, on=today(), note="Bra", next_on=today())
        with pytest.raises(ValidationError, match="när det är tecknat"):
            signing.follow_up(self.owner, make_avtal(self.objekt), on=today(), note="Bra")
        signing.follow_up(self.owner_it, avtal, on=today(), note="Bra", next_on=today() + YEAR)
        assert avtal.avtalsuppfoljning.get().note == "Bra"


class TestTheDatabase(AvtalCase):
    def refused(self, pk: int, column: str, constraint: str) -> None:
        with (
            pytest.raises(IntegrityError, match=constraint),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE governance_avtal SET {column} WHERE id = %s", [pk])

    def test_raw_sql_is_held_too(self) -> None:
        avtal, signed = make_avtal(self.objekt, slag="drift"), make_signed(self.objekt)
        for column, constraint in (
            ("approved_on = current_date", "avtal_approved_by_somebody"),
            ("extends_itself = true", "avtal_extends_itself_by_months"),
            ("status = 'uppsagt'", "avtal_terminated_on_a_day"),
            ("ends_on = '3000-01-01'", "avtal_within_our_time"),
            ("notice_months = 241", "avtal_months_within_reason"),
            ("decision = ''", "avtal_signed_within_plan_or_by_decision"),
            ("slag = 'drift'", "avtal_approved_before_signed"),
            ("signed_by_id = null", "avtal_signed_by_somebody"),
        ):
            pk = signed.pk if column[:4] in ("deci", "slag", "sign", "stat") else avtal.pk
            self.refused(pk, column, constraint)
