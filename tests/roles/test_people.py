"""Who people are, and who may administer them."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from governance.access import ADMINISTRATORER, REVISORER, Forbidden, may
from governance.actions.base import Conflict, as_opened
from roles import assignments, people
from roles.models import Representant, RoleAssignment, User
from tests.at_once import at_once
from tests.factories import make_active, make_admin, make_namnd, make_user, today

pytestmark = pytest.mark.django_db


def test_the_last_administrator_cannot_leave_the_register_without_one() -> None:
    admin = make_admin()
    with pytest.raises(ValidationError, match="den enda Administratören"):
        people.set_groups(admin, admin, [], reason="Byter jobb")
    with pytest.raises(ValidationError, match="den enda Administratören"):
        people.set_active(admin, admin, False, reason="Byter jobb")
    people.set_groups(admin, make_user(), [ADMINISTRATORER], reason="Tar över")
    people.set_groups(admin, admin, [], reason="Byter jobb")
    assert not may(User.objects.get(pk=admin.pk), "add_forvaltningsobjekt")


def test_a_superuser_counts_when_somebody_has_to_be_left() -> None:
    root = User.objects.create_superuser("rot", password="lång-lösenfras-1")
    with pytest.raises(ValidationError, match="den enda Administratören"):
        people.set_active(root, root, False, reason="Klart")
    with pytest.raises(ValidationError, match="den enda Administratören"):
        people.set_groups(root, root, [], reason="Klart")
    admin = make_admin()
    people.set_active(admin, admin, False, reason="root finns kvar")
    assert may(User.objects.get(pk=root.pk), "change_user")


def test_a_superuser_taken_out_of_administratorer_is_none_any_more() -> None:
    admin, root = make_admin(), User.objects.create_superuser("rot", password="lång-lösenfras-1")
    assert people.groups_of(root) == {ADMINISTRATORER}
    people.set_groups(admin, root, [ADMINISTRATORER, REVISORER], reason="Läser också")
    assert User.objects.get(pk=root.pk).is_superuser
    people.set_groups(admin, root, [REVISORER], reason="Behövs inte mer")
    root = User.objects.get(pk=root.pk)
    assert not may(root, "change_user")
    row = root.history.latest()
    assert (row.is_superuser, row.history_user) == (False, admin)
    assert row.gesture.reason == "Behövs inte mer"


def test_groups_that_somebody_changed_meanwhile_are_not_put_back_unseen() -> None:
    admin, bo = make_admin(), make_user(groups=(ADMINISTRATORER,))
    people.set_groups(admin, bo, [], reason="Byter jobb")
    with pytest.raises(Conflict) as conflict:
        people.set_groups(None, bo, [ADMINISTRATORER, REVISORER], version=bo.version)
    assert conflict.value.who == admin
    ((_field, saved, mine),) = conflict.value.differences
    assert (saved, mine) == ("", "Administratörer, Revisorer")
    assert people.groups_of(User.objects.get(pk=bo.pk)) == set()
    people.set_groups(None, bo, [], version=bo.version)
    people.set_groups(None, bo, [REVISORER], version=conflict.value.version)
    assert people.groups_of(User.objects.get(pk=bo.pk)) == {REVISORER}


def test_a_change_of_groups_is_one_row_and_one_version() -> None:
    bo = make_user(groups=(REVISORER,))
    changed = people.set_groups(None, bo, [ADMINISTRATORER], reason="Ny uppgift")
    assert (changed.version, bo.history.count()) == (3, 3)
    people.set_groups(None, bo, [ADMINISTRATORER], reason="Samma")
    assert bo.history.count() == 3
    opened = as_opened(changed, 2)
    assert [one.group.name for one in opened.groups.all()] == [REVISORER]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["accounts", "groups"])
def test_two_administrators_who_send_each_other_away_at_once_leave_one(how: str) -> None:
    pair = make_admin("ada.ek"), make_admin("bo.ask")

    def sends(actor: User, other: User) -> Callable[[threading.Barrier], None]:
        def step(barrier: threading.Barrier) -> None:
            with transaction.atomic():
                if how == "accounts":
                    people.set_active(actor, other, False, reason="Slutar")
                else:
                    people.set_groups(actor, other, [], reason="Slutar")
                try:
                    barrier.wait(2)
                except threading.BrokenBarrierError:
                    """The other one waits for this one, as it should."""

        return step

    raised = at_once(sends(*pair), sends(*reversed(pair)))
    assert [type(error) for error in raised] == [ValidationError]
    assert people.administrators().count() == 1


def test_nobody_administers_people_but_administratorer() -> None:
    ordinary, other = make_user(), make_user()
    with pytest.raises(Forbidden):
        people.set_groups(ordinary, ordinary, [ADMINISTRATORER])
    with pytest.raises(Forbidden):
        people.set_active(ordinary, other, False, reason="Nej")
    with pytest.raises(Forbidden):
        people.create(ordinary, username="ny")


def test_who_has_left_loses_every_right_at_once_and_the_role_stays_to_be_handed_over() -> None:
    leader = make_user()
    objekt = make_active(forvaltningsledare=leader)
    assert may(leader, "change_forvaltningsobjekt", objekt)
    people.set_active(None, leader, False, reason="Har slutat")
    assert not may(User.objects.get(pk=leader.pk), "change_forvaltningsobjekt", objekt)
    assert not objekt.grants.filter(user=leader).exists()
    assert RoleAssignment.objects.get(objekt=objekt, person=leader).valid_to is None


def test_a_representative_may_appoint_for_the_namnd_and_for_no_other() -> None:
    namnd, person = make_namnd(), make_user()
    objekt, other = make_active(namnd=namnd), make_active()
    made = people.add_representant(None, namnd, person)
    assert may(person, "appoint_objektagare", objekt)
    assert not may(person, "appoint_objektagare", other)
    again = Representant.objects.get(pk=made.pk)
    people.remove_representant(None, made)
    with pytest.raises(ValidationError, match="finns inte längre"):
        people.remove_representant(None, again)
    assert not may(person, "appoint_objektagare", objekt)


def test_an_appointment_with_a_substitute_can_be_taken_back() -> None:
    objekt = make_active()
    held = RoleAssignment.objects.get(objekt=objekt, role="forvaltningsledare")
    begins = today() + timedelta(days=20)
    planned = assignments.hand_over(None, held, make_user(), on=begins, reason="Byter")
    assignments.substitute(
        None, planned, make_user(), valid_from=begins, valid_to=begins + timedelta(days=5)
    )
    assignments.cancel(None, planned, reason="Blev inte av")
    assert RoleAssignment.objects.get(objekt=objekt, role="forvaltningsledare").valid_to is None


def test_nobody_is_registered_without_a_name_nor_loses_it() -> None:
    with pytest.raises(ValidationError) as refused:
        people.create(None, username="ny", first_name=" ", last_name="")
    assert refused.value.message_dict == {
        "first_name": ["Skriv personens förnamn."],
        "last_name": ["Skriv personens efternamn."],
    }
    eva = make_user("eva.lund")
    with pytest.raises(ValidationError, match="efternamn"):
        people.change(None, eva, last_name="")
    assert people.change(None, eva, unit="Skola").last_name == "Lund"


def test_an_account_from_the_console_without_a_name_can_still_be_told_more_of() -> None:
    root = User.objects.create_superuser("rot", password="lång-lösenfras-1")
    assert people.change(None, root, unit="Drift").unit == "Drift"
