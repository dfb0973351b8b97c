"""Whatever is done and however days pass, an active object has its roles, and grants equal the catalogue."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from governance.models import Forvaltningsobjekt
from governance.verbs import SYSTEM_VERBS
from roles import activation, assignments, grants, people, transfer
from roles.catalogue import BY_CODE, MANDATORY, NAMND
from roles.models import (
    ObjektGrant,
    Representant,
    RoleAssignment,
    Substitution,
    SystemGrant,
    User,
)
from roles.staffing import Staffing
from tests.factories import make_active, make_namnd, make_objekt, make_system, make_user
from tests.machine import PICK, Machine, run

ROLES = st.sampled_from(list(BY_CODE))
OFFSET = st.integers(-40, 60)
LENGTH = st.one_of(st.none(), st.integers(0, 90))
ON_SYSTEMS = frozenset(codename for codename, _name in SYSTEM_VERBS)


class Register(Machine):
    """A small register, everything that can be done to its staffing, and the passing of days."""

    @initialize()
    def found(self) -> None:
        self.people = [make_user() for _ in range(5)]
        self.namnder = [make_namnd() for _ in range(2)]
        self.objects = [make_active(), make_active(), make_objekt()]
        self.systems = [make_system(o) for o in self.objects for _ in range(2)]

    def one_of(self, model: Any, pick: int) -> Any:
        rows = list(model.objects.order_by("pk"))
        return rows[pick % len(rows)] if rows else None

    @rule(role=ROLES, pick=PICK, start=OFFSET, length=LENGTH, named=st.booleans())
    def appoint(self, role: str, pick: int, start: int, length: int | None, named: bool) -> None:
        objekt = self.objects[pick % len(self.objects)]
        holder = (self.namnder if role == NAMND else self.people)[pick % 2]
        begins = self.today + timedelta(days=start)
        own = [s for s in self.systems if s.objekt_id == objekt.pk]
        self.attempt(
            assignments.appoint,
            None,
            objekt,
            role,
            holder,
            valid_from=begins,
            valid_to=begins + timedelta(days=length) if length is not None else None,
            systems=own[:1] if named and not BY_CODE[role].mandatory else [],
            reason="Prov",
        )

    @rule(pick=PICK, who=PICK, on=OFFSET)
    def hand_over(self, pick: int, who: int, on: int) -> None:
        held = self.one_of(RoleAssignment, pick)
        successor = (self.namnder if held.role == NAMND else self.people)[who % 2]
        self.attempt(
            assignments.hand_over,
            None,
            held,
            successor,
            on=self.today + timedelta(days=on),
            reason="Prov",
        )

    @rule(pick=PICK, on=OFFSET)
    def end(self, pick: int, on: int) -> None:
        held = self.one_of(RoleAssignment, pick)
        self.attempt(assignments.end, None, held, on=self.today + timedelta(days=on), reason="Prov")

    @rule(pick=PICK)
    def cancel(self, pick: int) -> None:
        self.attempt(assignments.cancel, None, self.one_of(RoleAssignment, pick), reason="Prov")

    @rule(pick=PICK, who=PICK, start=OFFSET, length=st.integers(0, 40))
    def substitute(self, pick: int, who: int, start: int, length: int) -> None:
        begins = self.today + timedelta(days=start)
        self.attempt(
            assignments.substitute,
            None,
            self.one_of(RoleAssignment, pick),
            self.people[who % len(self.people)],
            valid_from=begins,
            valid_to=begins + timedelta(days=length),
            reason="Prov",
        )

    @rule(pick=PICK, who=PICK, on=OFFSET)
    def transfer_everything(self, pick: int, who: int, on: int) -> None:
        person = self.people[pick % len(self.people)]
        successor = self.people[who % len(self.people)]
        day = self.today + timedelta(days=on)
        given = {item.key: successor for item in transfer.items_of(person, day)}
        self.attempt(transfer.transfer_all, None, person, given, on=day, reason="Prov")

    @precondition(lambda self: Substitution.objects.exists())
    @rule(pick=PICK, on=OFFSET)
    def end_substitution(self, pick: int, on: int) -> None:
        standing_in = self.one_of(Substitution, pick)
        self.attempt(
            assignments.end_substitution, None, standing_in, on=self.today + timedelta(days=on)
        )

    @rule(pick=PICK, active=st.booleans())
    def leave_or_return(self, pick: int, active: bool) -> None:
        person = self.people[pick % len(self.people)]
        self.attempt(people.set_active, None, person, active, reason="Prov")
        person.refresh_from_db()

    @rule(pick=PICK, who=PICK)
    def represent(self, pick: int, who: int) -> None:
        person = self.people[who % len(self.people)]
        self.attempt(people.add_representant, None, self.namnder[pick % 2], person)

    @precondition(lambda self: Representant.objects.exists())
    @rule(pick=PICK)
    def represent_no_more(self, pick: int) -> None:
        self.attempt(people.remove_representant, None, self.one_of(Representant, pick))

    @rule(pick=PICK, status=st.sampled_from(Forvaltningsobjekt.Status.values))
    def change_status(self, pick: int, status: str) -> None:
        objekt = self.objects[pick % len(self.objects)]
        self.attempt(activation.change_status, None, objekt, status, reason="Prov")

    @rule(pick=PICK, to=PICK)
    def move_system(self, pick: int, to: int) -> None:
        system = self.systems[pick % len(self.systems)]
        system.refresh_from_db()
        target = self.objects[to % len(self.objects)]
        target.refresh_from_db()
        self.attempt(activation.move_system, None, system, target, reason="Prov")
        system.refresh_from_db()

    @rule(days=st.integers(1, 45))
    def days_pass(self, days: int) -> None:
        self.let_days_pass(days)

    @invariant()
    def active_objects_are_covered(self) -> None:
        active = Forvaltningsobjekt.objects.filter(status="i_forvaltning")
        for objekt in active.prefetch_related("assignments"):
            assert Staffing(objekt.assignments.all(), self.today).gaps() == []
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    @invariant()
    def grants_equal_the_catalogue(self) -> None:
        assert set(rows(ObjektGrant)) == set(expected(self.today, named=False))
        assert set(rows(SystemGrant)) == set(expected(self.today, named=True))
        assert not grants.check()


def rows(table: Any) -> Iterator[tuple[int, int, str]]:
    """Return the grants as they stand: person, thing, codename."""
    yield from table.objects.values_list("user_id", "content_object_id", "permission__codename")


def expected(day: date, *, named: bool) -> Iterator[tuple[int, int, str]]:
    """Say in plain Python what the grants should be, without the SQL under test."""
    active = set(User.objects.filter(is_active=True).values_list("pk", flat=True))
    for held in RoleAssignment.objects.filter(system__isnull=not named):
        if not held.is_current(day):
            continue
        who = {held.person_id} if held.person_id else set()
        who |= set(
            Representant.objects.filter(namnd=held.namnd_id).values_list("person_id", flat=True)
        )
        who |= {s.person_id for s in held.substitutions.all() if s.is_current(day)}
        for person in who & active:
            for codename in BY_CODE[held.role].permissions:
                if not named:
                    yield person, held.objekt_id, codename
                elif codename in ON_SYSTEMS:
                    yield person, held.system_id, codename  # type: ignore[misc]


@pytest.mark.django_db
def test_no_order_of_actions_and_days_breaks_the_guarantees() -> None:
    assert len(MANDATORY) == 5
    run(Register, examples=25, steps=20)
