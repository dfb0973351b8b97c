"""What is wound up takes nothing new: no system in use, nobody in a role, by whatever way."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from governance.actions import system as system_actions
from governance.models import Forvaltningsobjekt, Informationssystem, Livscykel
from roles import activation, assignments, transfer
from roles.cover import covered
from roles.models import RoleAssignment, Substitution
from tests import factories as make
from tests.at_once import at_once
from tests.factories import today
from tests.roles.raw_sql import raw

TO_WIND_UP = "UPDATE governance_forvaltningsobjekt SET status = 'avvecklat' WHERE id = %s"
TO_USE = "UPDATE governance_informationssystem SET livscykel = 'i_drift' WHERE id = %s"
OUT_OF_USE = "UPDATE governance_informationssystem SET livscykel = 'avvecklat' WHERE id = %s"
TO_MOVE = "UPDATE governance_informationssystem SET objekt_id = %s WHERE id = %s"


def wound_up() -> tuple[Forvaltningsobjekt, Informationssystem]:
    """Return an object that is wound up, roles and all, with its only system."""
    objekt = make.make_active("Studieekonomi")
    system = make.make_system(objekt, "Stina", livscykel="avvecklat")
    return activation.change_status(None, objekt, "avvecklat", reason="Slut"), system


def decide(system: Informationssystem, livscykel: str) -> Informationssystem:
    return system_actions.decide_livscykel(None, system, livscykel, since=today())


@pytest.mark.django_db
class TestSystems:
    """No system comes, or comes back, into use."""

    @pytest.mark.parametrize("livscykel", [c for c in Livscykel.values if c != "avvecklat"])
    def test_a_system_is_not_taken_into_use_again(self, livscykel: str) -> None:
        objekt, system = wound_up()
        with pytest.raises(ValidationError, match="Studieekonomi är avvecklat"):
            decide(system, livscykel)
        activation.change_status(None, objekt, "utkast", reason="Behövs igen")
        assert decide(system, livscykel).livscykel == livscykel

    def test_that_it_is_wound_up_may_be_dated_otherwise(self) -> None:
        _objekt, system = wound_up()
        day = today() - timedelta(days=9)
        system_actions.decide_livscykel(None, system, "avvecklat", since=day)
        system.refresh_from_db()
        assert (system.avvecklas_on, system.livscykel) == (day, "avvecklat")

    def test_what_was_read_before_the_object_was_wound_up_tells_nothing(self) -> None:
        objekt, elsewhere = make.make_objekt("Gammalt"), make.make_objekt()
        moving, own = make.make_system(elsewhere), make.make_system(objekt, livscykel="avvecklat")
        read_before = Forvaltningsobjekt.objects.get(pk=objekt.pk)
        activation.change_status(None, objekt, "avvecklat", reason="Slut")
        own.objekt = read_before
        ways: list[Callable[[], Any]] = [
            lambda: system_actions.create(None, read_before, name="Ny"),
            lambda: activation.move_system(None, moving, read_before, reason="Hör dit"),
            lambda: system_actions.move(None, moving, read_before, reason="Hör dit"),
            lambda: decide(own, "i_drift"),
        ]
        for way in ways:
            with pytest.raises(ValidationError, match="Gammalt är avvecklat"):
                way()
        assert list(objekt.systems.all()) == [own]

    def test_a_system_that_was_moved_meanwhile_is_decided_on_where_it_is(self) -> None:
        other, third = make.make_objekt(), make.make_objekt()
        system = make.make_system(make.make_objekt())
        read_before = Informationssystem.objects.select_related("objekt").get(pk=system.pk)
        activation.move_system(None, system, other, reason="Hör dit")
        for way in (
            lambda: decide(read_before, "under_avveckling"),
            lambda: activation.move_system(None, read_before, third, reason="Hör dit"),
        ):
            with pytest.raises(ValidationError, match="har flyttats"):
                way()
        system.refresh_from_db()
        assert (system.objekt, system.livscykel) == (other, "i_drift")


@pytest.mark.django_db
class TestRoles:
    """Nobody is appointed; those who are there may end."""

    def test_nobody_new_is_appointed(self) -> None:
        objekt, _system = wound_up()
        held = RoleAssignment.objects.get(objekt=objekt, role="forvaltningsledare")
        heir, soon = make.make_user(), today() + timedelta(days=5)
        ways: list[Callable[[], Any]] = [
            lambda: assignments.appoint(None, objekt, "it_specialist", heir, valid_from=today()),
            lambda: assignments.hand_over(None, held, heir, on=soon, reason="Byter"),
            lambda: assignments.substitute(None, held, heir, valid_from=today(), valid_to=soon),
        ]
        for way in ways:
            with pytest.raises(ValidationError, match="Studieekonomi är avvecklat"):
                way()
        assert not RoleAssignment.objects.filter(person=heir).exists()
        assert not Substitution.objects.exists()

    def test_whoever_has_a_role_may_still_end(self) -> None:
        objekt, _system = wound_up()
        held = RoleAssignment.objects.get(objekt=objekt, role="forvaltningsledare")
        assignments.end(None, held, on=today(), reason="Slut")
        held.refresh_from_db()
        assert held.valid_to == today()

    def test_who_leaves_hands_over_all_but_what_is_wound_up(self) -> None:
        lars, karin, soon = make.make_user(), make.make_user(), today() + timedelta(days=1)
        gone = make.make_active("Nedlagt", forvaltningsledare=lars)
        kept = make.make_active("Levande", forvaltningsledare=lars)
        standing_in = RoleAssignment.objects.get(objekt=gone, role="objektagare")
        assignments.substitute(None, standing_in, lars, valid_from=today(), valid_to=soon)
        before = {item.key: karin for item in transfer.items_of(lars, soon)}
        activation.change_status(None, gone, "avvecklat", reason="Slut")
        items = transfer.items_of(lars, soon)
        assert [item.objekt for item in items] == [kept]
        assert len(before) == 3
        with pytest.raises(ValidationError, match="har ändrats"):
            transfer.transfer_all(None, lars, before, on=soon, reason="Slutar")
        chosen = {item.key: karin for item in items}
        transfer.transfer_all(None, lars, chosen, on=soon, reason="Slutar")
        assert {a.objekt for a in RoleAssignment.objects.filter(person=karin)} == {kept}


@pytest.mark.django_db
class TestDatabase:
    """Raw SQL, an import and a bug are held too."""

    @pytest.mark.parametrize("livscykel", [c for c in Livscykel.values if c != "avvecklat"])
    def test_raw_sql_winds_up_no_object_with_a_system_that_is_not(self, livscykel: str) -> None:
        system = make.make_system(make.make_objekt(), livscykel=livscykel)
        with pytest.raises(IntegrityError, match="inte är avvecklade"):
            raw(TO_WIND_UP, system.objekt_id)
        raw(OUT_OF_USE, system.pk)
        raw(TO_WIND_UP, system.objekt_id)

    def test_raw_sql_takes_no_system_of_it_into_use_and_moves_none_there(self) -> None:
        objekt, system = wound_up()
        moving = make.make_system(make.make_objekt())
        for statement, parameters in (
            (TO_USE, (system.pk,)),
            (TO_MOVE, (objekt.pk, moving.pk)),
        ):
            with pytest.raises(IntegrityError, match="inte är avvecklade"):
                raw(statement, *parameters)
        raw(OUT_OF_USE, moving.pk)
        raw(TO_MOVE, objekt.pk, moving.pk)

    def test_raw_sql_puts_no_new_system_there(self) -> None:
        objekt, system = wound_up()
        columns = [
            str(field.column)
            for field in Informationssystem._meta.concrete_fields
            if not field.primary_key and not field.generated and field.name != "livscykel"
        ]
        copied = ", ".join(filter(None, columns))
        statement = (
            f"INSERT INTO governance_informationssystem (livscykel, {copied}) "
            f"SELECT %s, {copied} FROM governance_informationssystem WHERE id = %s"
        )
        with pytest.raises(IntegrityError, match="inte är avvecklade"):
            raw(statement, "planerat", system.pk)
        raw(statement, "avvecklat", system.pk)
        assert objekt.systems.count() == 2

    def test_in_one_transaction_the_order_does_not_matter(self) -> None:
        objekt, system = wound_up()
        to_reopen = TO_WIND_UP.replace("avvecklat", "utkast")
        raw(f"{TO_USE}; {to_reopen}", system.pk, objekt.pk)
        raw(f"{TO_WIND_UP}; {OUT_OF_USE}", objekt.pk, system.pk)

    def test_what_only_the_database_sees_becomes_a_sentence(self) -> None:
        objekt, system = wound_up()
        with (
            pytest.raises(ValidationError, match="är avvecklat och kan bara ha avvecklade system"),
            covered(objekt.pk),
        ):
            connection.cursor().execute(TO_USE, [system.pk])
        system.refresh_from_db()
        assert system.livscykel == "avvecklat"


@pytest.mark.django_db(transaction=True)
class TestTwoConnections:
    """One winds the object up while another puts something in it."""

    @pytest.mark.parametrize("way", ["create", "move", "decide", "raw"])
    @pytest.mark.parametrize("answered", [False, True])
    def test_one_of_the_two_is_refused(self, way: str, answered: bool) -> None:
        objekt = make.make_objekt("Gammalt")
        system = make.make_system(objekt, livscykel="avvecklat")
        moving = make.make_system(make.make_objekt())
        ways: dict[str, Callable[[], Any]] = {
            "create": lambda: system_actions.create(None, objekt, name="Ny"),
            "move": lambda: activation.move_system(None, moving, objekt, reason="Hör dit"),
            "decide": lambda: decide(system, "i_drift"),
            "raw": lambda: raw(TO_USE, system.pk),
        }
        done = threading.Event()

        def wind_up(barrier: threading.Barrier) -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(TO_WIND_UP, [objekt.pk])
                if answered:  # as every action does: the commit is to come
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                barrier.wait()
                done.wait(1)

        def put_in(barrier: threading.Barrier) -> None:
            barrier.wait()
            try:
                ways[way]()
            finally:
                done.set()

        raised = at_once(wind_up, put_in)
        objekt.refresh_from_db()
        assert len(raised) == 1
        assert isinstance(raised[0], IntegrityError if way == "raw" else ValidationError)
        assert objekt.status == "avvecklat"
        assert not objekt.systems.exclude(livscykel="avvecklat").exists()

    def test_a_system_that_came_first_keeps_the_object_open(self) -> None:
        objekt = make.make_objekt()
        done = threading.Event()

        def put_in(barrier: threading.Barrier) -> None:
            with transaction.atomic():
                system_actions.create(None, objekt, name="Ny")
                barrier.wait()
                done.wait(1)

        def wind_up(barrier: threading.Barrier) -> None:
            barrier.wait()
            try:
                activation.change_status(None, objekt, "avvecklat", reason="Slut")
            finally:
                done.set()

        (refused,) = at_once(put_in, wind_up)
        assert isinstance(refused, ValidationError)
        assert "1 system som inte är avvecklade" in refused.messages[0]
