"""What somebody else does while an action waits for its lock: it is judged as it then is, or refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from governance import access
from governance.actions import informationsmangd
from governance.models import Forvaltningsobjekt, Informationsmangd
from roles import activation, assignments, grants, transfer
from roles.cover import covered
from roles.models import RoleAssignment, User
from tests.at_once import one_before_the_other
from tests.factories import appoint, make_active, make_system, make_user, today

pytestmark = pytest.mark.django_db(transaction=True)
SOON = today() + timedelta(days=10)


def overtaken(first: Callable[[], Any], second: Callable[[], Any]) -> Exception | None:
    """Do the first, let the second wait for its lock, commit; return what the second raised."""
    raised = one_before_the_other(first, second)
    return raised[0] if raised else None


def refused(raised: Exception | None, words: str) -> None:
    assert isinstance(raised, ValidationError), raised
    assert words in " ".join(raised.messages)


@pytest.fixture
def leader() -> User:
    return make_user("anna.ett")


@pytest.fixture
def objects(leader: User) -> tuple[Forvaltningsobjekt, Forvaltningsobjekt]:
    """One object that the leader leads, and another."""
    return make_active(forvaltningsledare=leader), make_active()


def act(kind: str, actor: User, held: RoleAssignment) -> Callable[[], Any]:
    """Return what the actor is about to do with an assignment."""
    if kind == "end":
        return lambda: assignments.end(actor, held, on=SOON, reason="Slutar")
    if kind == "cancel":
        return lambda: assignments.cancel(actor, held, reason="Fel person")
    if kind == "hand_over":
        day = SOON + timedelta(days=1)
        return lambda: assignments.hand_over(actor, held, make_user(), on=day, reason="Byter")
    period: dict[str, Any] = {"valid_from": held.valid_from, "valid_to": held.valid_from}
    if kind == "substitute":
        return lambda: assignments.substitute(actor, held, make_user(), **period)
    standing_in = assignments.substitute(None, held, make_user(), **period)
    return lambda: assignments.end_substitution(actor, standing_in, on=today())


KINDS = ["end", "cancel", "hand_over", "substitute", "end_substitution"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_role_that_moved_away_is_not_changed_with_a_right_on_the_object_it_left(
    kind: str, leader: User, objects: tuple[Forvaltningsobjekt, Forvaltningsobjekt]
) -> None:
    one, two = objects
    system = make_system(one)
    held = appoint(one, "systemforvaltare", make_user(), systems=[system], valid_from=SOON)
    waiting = act(kind, leader, held)
    kept = list(RoleAssignment.history.values_list("pk", flat=True))
    raised = overtaken(lambda: activation.move_system(None, system, two, reason="Hör dit"), waiting)
    refused(raised, "har ändrats sedan sidan öppnades")
    moved = RoleAssignment.history.exclude(pk__in=kept)
    assert [row.objekt_id for row in moved] == [two.pk]
    assert RoleAssignment.objects.get(pk=held.pk).valid_to is None
    assert not grants.check()


@pytest.mark.parametrize("kind", [*KINDS, "appoint"])
def test_a_right_that_was_lost_while_waiting_is_no_right(
    kind: str, leader: User, objects: tuple[Forvaltningsobjekt, Forvaltningsobjekt]
) -> None:
    objekt = objects[0]
    held = appoint(objekt, "systemforvaltare", make_user(), valid_from=SOON)
    leading = RoleAssignment.objects.get(objekt=objekt, role="forvaltningsledare")
    waiting = (lambda: appoint_as(leader, objekt)) if kind == "appoint" else act(kind, leader, held)
    raised = overtaken(
        lambda: assignments.hand_over(None, leading, make_user(), on=today(), reason="Byter"),
        waiting,
    )
    assert isinstance(raised, access.Forbidden), raised
    assert RoleAssignment.objects.filter(role="systemforvaltare").count() == 1
    assert RoleAssignment.objects.get(pk=held.pk).valid_to is None


def appoint_as(actor: User | None, objekt: Forvaltningsobjekt, *systems: Any) -> Any:
    return assignments.appoint(
        actor, objekt, "systemforvaltare", make_user(), valid_from=today(), systems=systems
    )


def test_nobody_is_appointed_for_a_system_that_moved_away_meanwhile(
    objects: tuple[Forvaltningsobjekt, Forvaltningsobjekt],
) -> None:
    one, two = objects
    system = make_system(one, "Procapita")
    raised = overtaken(
        lambda: activation.move_system(None, system, two, reason="Hör dit"),
        lambda: appoint_as(None, one, system),
    )
    refused(raised, f"Procapita ingår inte i {one}")
    assert not RoleAssignment.objects.filter(role="systemforvaltare").exists()


def test_a_system_that_moved_meanwhile_is_not_moved_on_from_an_object_nobody_was_asked_about(
    leader: User, objects: tuple[Forvaltningsobjekt, Forvaltningsobjekt]
) -> None:
    one, two = objects
    system, third = make_system(one), make_active(forvaltningsledare=leader)
    mine = type(system).objects.get(pk=system.pk)
    raised = overtaken(
        lambda: activation.move_system(None, system, two, reason="Hör dit"),
        lambda: activation.move_system(leader, mine, third, reason="Hör hit"),
    )
    refused(raised, "har flyttats sedan sidan öppnades")
    system.refresh_from_db()
    assert system.objekt == two


def test_what_breaks_the_bond_between_role_and_system_is_refused_before_the_commit() -> None:
    objekt, elsewhere = make_active(), make_system(make_active())
    held = appoint(objekt, "systemforvaltare", make_user(), systems=[make_system(objekt)])
    with transaction.atomic():
        with pytest.raises(IntegrityError), covered(objekt.pk):
            connection.cursor().execute(
                "UPDATE roles_roleassignment SET system_id = %s WHERE id = %s",
                [elsewhere.pk, held.pk],
            )
        assert RoleAssignment.objects.get(pk=held.pk).system != elsewhere


def grades_of(owner: User) -> Informationsmangd:
    """Register information that somebody owns."""
    system, said = make_system(make_active()), {"content": "Betyg", "verksamhet": "Skola"}
    return informationsmangd.create(None, system, informationsagare=owner, **said)


def test_an_appointment_on_a_system_that_is_gone_is_not_one_on_the_whole_object() -> None:
    objekt = make_active()
    gone = make_system(objekt)
    gone.pk = 0
    with pytest.raises(ValidationError, match="har ändrats sedan sidan öppnades"):
        assignments.appoint(
            None, objekt, "it_specialist", make_user(), valid_from=today(), systems=[gone]
        )
    assert not objekt.assignments.filter(role="it_specialist").exists()


def test_what_somebody_writes_on_an_informationsmangd_meanwhile_stays() -> None:
    lars, karin = make_user("lars.nystrom"), make_user("karin.oberg")
    mangd = grades_of(lars)
    given = {item.key: karin for item in transfer.items_of(lars, SOON)}
    raised = overtaken(
        lambda: informationsmangd.change(None, mangd, content="Betyg och omdömen"),
        lambda: transfer.transfer_all(None, lars, given, on=SOON, reason="Lars slutar"),
    )
    assert raised is None
    mangd = Informationsmangd.objects.get(pk=mangd.pk)
    assert (mangd.content, mangd.informationsagare) == ("Betyg och omdömen", karin)
    told = Informationsmangd.history.filter(id=mangd.pk).latest("history_id")
    assert (told.content, told.informationsagare) == ("Betyg och omdömen", karin)


def test_an_informationsmangd_that_got_another_owner_meanwhile_is_not_taken_from_them() -> None:
    lars, karin, malin = (make_user(name) for name in ("lars.n", "karin.o", "malin.h"))
    mangd = grades_of(lars)
    given = {item.key: karin for item in transfer.items_of(lars, SOON)}
    raised = overtaken(
        lambda: informationsmangd.change(None, mangd, informationsagare=malin),
        lambda: transfer.transfer_all(None, lars, given, on=SOON, reason="Lars slutar"),
    )
    refused(raised, "har ändrats sedan sidan öppnades")
    assert Informationsmangd.objects.get(pk=mangd.pk).informationsagare == malin
