"""What a change of responsibility costs: statements, grants, history and checks included."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Forvaltningsobjekt
from roles import assignments, grants
from roles.models import RoleAssignment, User
from tests import factories as make
from tests.factories import today

pytestmark = pytest.mark.django_db

MOST = 25
SOON = today() + timedelta(days=10)


@pytest.fixture
def leader() -> User:
    return make.make_user("karin.oberg")


@pytest.fixture
def objekt(leader: User) -> Forvaltningsobjekt:
    """An object whose leader may appoint its systemförvaltare."""
    return make.make_active(forvaltningsledare=leader)


def statements(action: Callable[[], Any]) -> int:
    """Return how many statements an action takes."""
    with CaptureQueriesContext(connection) as asked:
        action()
    assert not grants.check()
    return len(asked)


def stand_ins(held: RoleAssignment) -> None:
    """Let one person stand in when the holder leaves, and another later."""
    for start, end in ((0, 20), (30, 40)):
        first, last = (today() + timedelta(days=days) for days in (start, end))
        assignments.substitute(None, held, make.make_user(), valid_from=first, valid_to=last)


def test_a_handover_with_substitutes_and_a_follower(objekt: Forvaltningsobjekt) -> None:
    owner = RoleAssignment.objects.get(objekt=objekt, role="objektagare").person
    held = RoleAssignment.objects.get(objekt=objekt, role="forvaltningsledare")
    follower = assignments.hand_over(
        None, held, make.make_user(), on=today() + timedelta(days=100), reason="Pension"
    )
    stand_ins(held)
    held = RoleAssignment.objects.get(pk=held.pk)
    kept = RoleAssignment.history.count()
    successor, actor = make.make_user(), User.objects.get(pk=owner.pk if owner else None)
    taken = statements(
        lambda: assignments.hand_over(actor, held, successor, on=SOON, reason="Byter tjänst")
    )
    assert taken <= MOST
    made = RoleAssignment.objects.get(person=successor)
    assert made.valid_to == follower.valid_from - timedelta(days=1)
    assert [s.valid_to for s in held.substitutions.all()] == [SOON - timedelta(days=1)]
    assert RoleAssignment.history.count() == kept + 2


def test_appointing_for_two_systems_and_for_twenty(
    objekt: Forvaltningsobjekt, leader: User
) -> None:
    taken = []
    for count in (2, 20):
        systems = [make.make_system(objekt) for _ in range(count)]
        holder, actor = make.make_user(), User.objects.get(pk=leader.pk)
        taken.append(
            statements(
                lambda systems=systems, holder=holder, actor=actor: assignments.appoint(  # type: ignore[misc]
                    actor,
                    objekt,
                    "systemforvaltare",
                    holder,
                    valid_from=today(),
                    systems=systems,
                )
            )
        )
    assert taken[0] == taken[1] <= MOST


def test_ending_substituting_and_taking_back(objekt: Forvaltningsobjekt, leader: User) -> None:
    actor = User.objects.get(pk=leader.pk)
    held = make.appoint(objekt, "systemforvaltare", make.make_user())
    stand_ins(held)
    assert statements(lambda: assignments.end(actor, held, on=SOON, reason="Slutar")) <= MOST

    other, person = make.appoint(objekt, "systemforvaltare", make.make_user()), make.make_user()
    actor = User.objects.get(pk=leader.pk)
    taken = statements(
        lambda: assignments.substitute(actor, other, person, valid_from=today(), valid_to=SOON)
    )
    assert taken <= MOST

    planned = make.appoint(objekt, "it_specialist", make.make_user(), valid_from=SOON)
    assert statements(lambda: assignments.cancel(None, planned, reason="Fel person")) <= MOST


def test_a_double_holder_is_told_in_the_constraints_own_words_and_nothing_is_left(
    objekt: Forvaltningsobjekt,
) -> None:
    """No query asks beforehand: the database's own refusal is what is read."""
    rows, holder = RoleAssignment.history.count(), make.make_user()
    system = make.make_system(objekt)
    make.appoint(objekt, "it_specialist", holder, systems=[system])
    with pytest.raises(ValidationError) as refused:
        make.appoint(objekt, "it_specialist", holder, systems=[make.make_system(objekt), system])
    assert refused.value.message_dict == {"__all__": ["Personen har redan den rollen de dagarna."]}
    assert RoleAssignment.history.count() == rows + 1
    assert RoleAssignment.objects.filter(person=holder).count() == 1


def test_unseen_characters_and_long_texts_are_refused_at_their_field_when_all_is_handed_over(
    objekt: Forvaltningsobjekt, leader: User
) -> None:
    from roles import transfer

    items = transfer.items_of(leader, SOON)
    successor = make.make_user()
    for text, said in (("a\x00b", "decision_reference"), ("9" * 101, "decision_reference")):
        with pytest.raises(ValidationError) as refused:
            transfer.transfer_all(
                None,
                leader,
                {item.key: successor for item in items},
                on=SOON,
                reason="Slutar",
                basis=assignments.Basis(decision_reference=text),
            )
        assert said in refused.value.message_dict


def test_an_assignment_that_somebody_took_back_meanwhile_is_told_of(
    objekt: Forvaltningsobjekt,
) -> None:
    planned = make.appoint(objekt, "it_specialist", make.make_user(), valid_from=SOON)
    stale = RoleAssignment.objects.get(pk=planned.pk)
    assignments.cancel(None, planned, reason="Fel person")
    for action in (
        lambda: assignments.hand_over(
            None, stale, make.make_user(), on=SOON + timedelta(days=1), reason="Byte"
        ),
        lambda: assignments.end(None, stale, on=SOON, reason="Slut"),
        lambda: assignments.cancel(None, stale, reason="Slut"),
    ):
        with pytest.raises(ValidationError, match="har ändrats sedan sidan öppnades"):
            action()
