"""Covered from today, for ever: Python says it first, PostgreSQL says it last."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from governance.models import Forvaltningsobjekt
from roles import activation, assignments
from roles.catalogue import MANDATORY
from roles.cover import covered
from roles.models import RoleAssignment
from tests.at_once import at_once
from tests.factories import appoint, make_active, make_namnd, make_objekt, make_user, today


def assignment(objekt: Forvaltningsobjekt, role: str) -> RoleAssignment:
    """Return the only assignment of a role."""
    return RoleAssignment.objects.get(objekt=objekt, role=role)


def raw(sql: str, *parameters: Any) -> None:
    """Run SQL past everything that Python guards, to its commit."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db
class TestPython:
    """What a person is told."""

    def test_an_object_without_its_five_roles_is_refused_with_a_sentence_per_role(self) -> None:
        objekt = make_objekt()
        appoint(objekt, "namnd", make_namnd())
        with pytest.raises(ValidationError) as refused:
            activation.change_status(None, objekt, "i_forvaltning", reason="Klart")
        said = refused.value.messages
        assert len(said) == 4
        assert said[0] == "Objektägare är inte tillsatt."

    def test_a_mandatory_role_cannot_end_without_a_successor(self) -> None:
        objekt = make_active()
        held = assignment(objekt, "forvaltningsledare")
        with pytest.raises(ValidationError, match="Förvaltningsledare saknas från och med"):
            assignments.end(None, held, on=today() + timedelta(days=30), reason="Slutar")
        held.refresh_from_db()
        assert held.valid_to is None

    def test_a_role_cannot_be_planned_to_lapse_by_the_calendar(self) -> None:
        objekt = make_objekt()
        for role in MANDATORY:
            holder = make_namnd() if role.code == "namnd" else make_user()
            ends = today() + timedelta(days=90) if role.code == "objektagare_it" else None
            appoint(objekt, role.code, holder, valid_to=ends)
        with pytest.raises(ValidationError, match="Objektägare IT saknas från och med"):
            activation.change_status(None, objekt, "i_forvaltning", reason="Klart")

    def test_a_handover_is_one_step_without_a_day_between(self) -> None:
        objekt, successor = make_active(), make_user()
        held = assignment(objekt, "forvaltningsledare")
        day = today() + timedelta(days=10)
        new = assignments.hand_over(None, held, successor, on=day, reason="Byter tjänst")
        held.refresh_from_db()
        assert (held.valid_to, new.valid_from, new.valid_to) == (day - timedelta(days=1), day, None)

    def test_a_planned_handover_that_is_taken_back_lets_the_holder_go_on(self) -> None:
        objekt = make_active()
        held = assignment(objekt, "forvaltningsledare")
        new = assignments.hand_over(
            None, held, make_user(), on=today() + timedelta(days=10), reason="Byter tjänst"
        )
        assignments.cancel(None, new, reason="Stannar kvar")
        assert assignment(objekt, "forvaltningsledare").valid_to is None

    def test_a_role_is_not_held_twice_at_once(self) -> None:
        objekt = make_active()
        with pytest.raises(ValidationError, match="Rollen har redan en innehavare"):
            appoint(objekt, "objektagare", make_user(), valid_from=today())

    def test_an_utkast_may_lack_roles(self) -> None:
        objekt = make_objekt()
        held = appoint(objekt, "objektagare", make_user())
        assignments.end(None, held, on=today(), reason="Fel person")
        held.refresh_from_db()
        assert held.valid_to == today()


@pytest.mark.django_db
class TestDatabase:
    """Raw SQL, an import and a bug are held too."""

    @pytest.mark.parametrize("role", [role.code for role in MANDATORY])
    def test_raw_sql_cannot_take_a_role_away(self, role: str) -> None:
        objekt = make_active()
        with pytest.raises(IntegrityError) as refused:
            raw(
                "DELETE FROM roles_roleassignment WHERE objekt_id = %s AND role = %s",
                objekt.pk,
                role,
            )
        assert refused.value.__cause__.diag.message_detail == role  # type: ignore[union-attr]

    def test_raw_sql_cannot_let_a_role_lapse_later(self) -> None:
        objekt = make_active()
        with pytest.raises(IntegrityError, match="saknar objektagare"):
            raw(
                "UPDATE roles_roleassignment SET valid_to = %s WHERE objekt_id = %s AND role = %s",
                today() + timedelta(days=400),
                objekt.pk,
                "objektagare",
            )

    def test_raw_sql_cannot_move_a_role_to_another_object(self) -> None:
        objekt, other = make_active(), make_objekt()
        with pytest.raises(IntegrityError, match=f"{objekt.pk} saknar namnd"):
            raw(
                "UPDATE roles_roleassignment SET objekt_id = %s WHERE objekt_id = %s AND role = 'namnd'",
                other.pk,
                objekt.pk,
            )

    def test_raw_sql_cannot_take_an_unstaffed_object_into_management(self) -> None:
        objekt = make_objekt()
        with pytest.raises(IntegrityError, match="saknar namnd,objektagare"):
            raw(
                "UPDATE governance_forvaltningsobjekt SET status = 'i_forvaltning' WHERE id = %s",
                objekt.pk,
            )

    def test_what_only_the_database_sees_becomes_the_same_sentence(self) -> None:
        objekt = make_active()
        held = assignment(objekt, "objektagare_it")
        with (
            pytest.raises(ValidationError, match="Objektägare IT saknas från och med"),
            covered(objekt.pk),
        ):
            connection.cursor().execute("DELETE FROM roles_roleassignment WHERE id = %s", [held.pk])
        assert RoleAssignment.objects.filter(pk=held.pk).exists()

    def test_a_role_on_a_named_system_stays_with_the_systems_object(self) -> None:
        from tests.factories import make_system

        objekt, other = make_active(), make_active()
        system = make_system(objekt)
        held = appoint(objekt, "systemforvaltare", make_user(), systems=[system])
        with pytest.raises(IntegrityError):
            raw(
                "UPDATE governance_informationssystem SET objekt_id = %s WHERE id = %s",
                other.pk,
                system.pk,
            )
        activation.move_system(None, system, other, reason="Hör dit")
        held.refresh_from_db()
        assert held.objekt == other


@pytest.mark.django_db(transaction=True)
class TestTwoConnections:
    """Two people at once, each with half a gap."""

    @pytest.mark.parametrize("first", ["activation", "ending", "activation, already checked"])
    def test_one_takes_into_management_while_the_other_ends_a_role(self, first: str) -> None:
        objekt = make_objekt()
        for role in MANDATORY:
            appoint(objekt, role.code, make_namnd() if role.code == "namnd" else make_user())
        gone = threading.Event()

        def activate(barrier: threading.Barrier) -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE governance_forvaltningsobjekt SET status = 'i_forvaltning' WHERE id = %s",
                    [objekt.pk],
                )
                if first == "activation, already checked":
                    # What every action does: the database has answered, the commit is to come.
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                barrier.wait()
                if first != "activation":
                    gone.wait(1)
            gone.set()

        def end(barrier: threading.Barrier) -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "DELETE FROM roles_roleassignment WHERE objekt_id = %s AND role = 'objektagare'",
                    [objekt.pk],
                )
                barrier.wait()
                if first == "activation":
                    gone.wait(5)
            gone.set()

        raised = at_once(activate, end)
        objekt.refresh_from_db()
        held = RoleAssignment.objects.filter(objekt=objekt, role="objektagare").exists()
        assert len(raised) == 1
        assert isinstance(raised[0], IntegrityError)
        assert held or objekt.status == "utkast"

    def test_two_handovers_of_one_role_leave_one_successor(self) -> None:
        objekt = make_active()
        held = assignment(objekt, "forvaltningsledare")
        day = today() + timedelta(days=5)
        successors = [make_user(), make_user()]

        def hand_over_to(number: int) -> Callable[[threading.Barrier], None]:
            def step(barrier: threading.Barrier) -> None:
                barrier.wait()
                assignments.hand_over(None, held, successors[number], on=day, reason="Byter")

            return step

        raised = at_once(hand_over_to(0), hand_over_to(1))
        assert len(raised) == 1
        assert isinstance(raised[0], ValidationError)
        assert RoleAssignment.objects.filter(objekt=objekt, role="forvaltningsledare").count() == 2

    def test_two_who_lock_objects_in_opposite_order_do_not_deadlock(self) -> None:
        one, two = make_active(), make_active()

        def touch(pks: tuple[int, int]) -> Callable[[threading.Barrier], None]:
            def step(barrier: threading.Barrier) -> None:
                barrier.wait()
                for _ in range(20):
                    with covered(*pks):
                        pass

            return step

        assert at_once(touch((one.pk, two.pk)), touch((two.pk, one.pk))) == []

    def test_repeatable_read_is_refused_where_it_would_not_see_the_other(self) -> None:
        objekt = make_active()

        def change() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                cursor.execute(
                    "UPDATE governance_forvaltningsobjekt SET description = 'x' WHERE id = %s",
                    [objekt.pk],
                )

        with pytest.raises(Exception, match="READ COMMITTED"):
            change()
