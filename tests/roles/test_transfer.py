"""Handing over everything: set-based, all or nothing, and the grants follow."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance import access, bulk
from governance.actions import informationsmangd
from governance.gestures import gesture
from governance.models import Forvaltningsobjekt, Gesture, Informationsmangd
from roles import assignments, grants, people, transfer
from roles.catalogue import MANDATORY
from roles.models import RoleAssignment, Substitution, User
from tests import factories
from tests.factories import today

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


def everything_to(person: User, successor: User) -> dict[str, User]:
    day = today() + TOMORROW
    return {item.key: successor for item in transfer.items_of(person, day)}


def hand_over(actor: User | None, person: User, successor: User) -> list[transfer.Item]:
    successors = everything_to(person, successor)
    return transfer.transfer_all(
        actor, person, successors, on=today() + TOMORROW, reason="Lars slutar"
    )


def test_a_role_is_split_at_the_day_and_the_decision_follows() -> None:
    lars, karin = factories.make_user("lars.nystrom"), factories.make_user("karin.oberg")
    objekt = factories.make_active(forvaltningsledare=lars)
    transfer.transfer_all(
        None,
        lars,
        everything_to(lars, karin),
        on=today() + TOMORROW,
        reason="Lars slutar",
        basis=assignments.Basis(decision_reference="UN 2026/118"),
    )
    old, new = objekt.assignments.filter(role="forvaltningsledare").order_by("valid_from")
    assert (old.person, old.valid_to) == (lars, today())
    assert (new.person, new.valid_from, new.valid_to) == (karin, today() + TOMORROW, None)
    assert new.decision_reference == "UN 2026/118"


def test_what_begins_later_changes_holder_and_keeps_its_days() -> None:
    lars, karin = factories.make_user(), factories.make_user()
    objekt = factories.make_active()
    begins = today() + timedelta(days=30)
    assignments.appoint(None, objekt, "it_specialist", lars, valid_from=begins)
    hand_over(None, lars, karin)
    planned = objekt.assignments.get(role="it_specialist")
    assert (planned.person, planned.valid_from) == (karin, begins)


def test_a_successor_who_is_already_to_follow_gets_the_days_in_between() -> None:
    lars, karin = factories.make_user(), factories.make_user()
    objekt = factories.make_active(forvaltningsledare=lars)
    held = objekt.assignments.get(role="forvaltningsledare")
    begins = today() + timedelta(days=30)
    assignments.hand_over(None, held, karin, on=begins, reason="Planerat")
    hand_over(None, lars, karin)
    spells = objekt.assignments.filter(person=karin).values_list("valid_from", "valid_to")
    assert sorted(spells, key=str) == [
        (today() + TOMORROW, begins - TOMORROW),
        (begins, None),
    ]


def test_substitutes_of_the_person_end_and_periods_as_substitute_go_to_the_successor() -> None:
    lars, karin, malin = (factories.make_user() for _ in range(3))
    own = factories.make_active(forvaltningsledare=lars)
    other = factories.make_active()

    def stand_in(objekt: Forvaltningsobjekt, person: User, first: int) -> Substitution:
        return assignments.substitute(
            None,
            objekt.assignments.get(role="forvaltningsledare", valid_to=None),
            person,
            valid_from=today() + timedelta(days=first),
            valid_to=today() + timedelta(days=first + 10),
        )

    ending, not_begun = stand_in(own, malin, 0), stand_in(own, malin, 20)
    given = stand_in(other, lars, 0)
    hand_over(None, lars, karin)
    ending.refresh_from_db()
    given.refresh_from_db()
    assert ending.valid_to == given.valid_to == today()
    assert not Substitution.objects.filter(pk=not_begun.pk).exists()
    assert Substitution.history.filter(id=not_begun.pk, history_type="-").count() == 1
    made = Substitution.objects.get(person=karin)
    assert made.assignment.objekt == other
    assert made.valid_to == today() + timedelta(days=10)


def test_informationsagare_changes_with_the_rest() -> None:
    lars, karin = factories.make_user(), factories.make_user()
    system = factories.make_system(factories.make_active())
    mangd = informationsmangd.create(
        None, system, content="Betyg", verksamhet="Skola", informationsagare=lars
    )
    hand_over(None, lars, karin)
    assert Informationsmangd.objects.get(pk=mangd.pk).informationsagare == karin


def test_several_successors_share_what_one_held() -> None:
    lars, karin, malin = (factories.make_user() for _ in range(3))
    one, two = (factories.make_active(forvaltningsledare=lars) for _ in range(2))
    items = transfer.items_of(lars, today() + TOMORROW)
    shared = {i.key: karin if i.objekt == one else malin for i in items}
    transfer.transfer_all(None, lars, shared, on=today() + TOMORROW, reason="Delas")
    following = RoleAssignment.objects.filter(valid_from=today() + TOMORROW)
    assert dict(following.values_list("objekt", "person")) == {
        one.pk: karin.pk,
        two.pk: malin.pk,
    }


def test_one_that_cannot_be_given_stops_them_all_and_names_its_object() -> None:
    lars, karin = factories.make_user(), factories.make_user()
    factories.make_active("Bygglov", forvaltningsledare=lars)
    clash = factories.make_active("Elevhälsa")
    for person in (lars, karin):
        factories.appoint(clash, "systemforvaltare", person)
    before = Gesture.objects.count()
    with pytest.raises(ValidationError, match=r"Elevhälsa.*har redan rollen"):
        hand_over(None, lars, karin)
    assert not RoleAssignment.objects.filter(person=karin).exclude(objekt=clash).exists()
    assert Gesture.objects.count() == before


def test_a_role_that_began_on_the_day_is_refused_with_the_object_named() -> None:
    lars, karin = factories.make_user(), factories.make_user()
    objekt = factories.make_active("Bygglov")
    assignments.appoint(None, objekt, "it_specialist", lars, valid_from=today())
    successors = everything_to(lars, karin)
    with pytest.raises(ValidationError, match=r"Bygglov: uppdraget .* började"):
        transfer.transfer_all(None, lars, successors, on=today(), reason="Slutar")


def test_successor_must_be_another_and_still_here_and_a_reason_is_given() -> None:
    lars = factories.make_user("lars.nystrom")
    gone = factories.make_user("gosta.borta", is_active=False)
    factories.make_active(forvaltningsledare=lars)
    with pytest.raises(ValidationError, match="har slutat"):
        hand_over(None, lars, gone)
    with pytest.raises(ValidationError, match="Välj en annan person"):
        hand_over(None, lars, lars)
    with pytest.raises(ValidationError, match="anledning"):
        transfer.transfer_all(None, lars, everything_to(lars, gone), on=today(), reason=" ")
    with pytest.raises(ValidationError, match="minst ett"):
        transfer.transfer_all(None, lars, {}, on=today(), reason="Slutar")


def test_an_item_of_somebody_else_is_refused() -> None:
    lars, karin = factories.make_user(), factories.make_user()
    theirs = factories.make_active().assignments.get(role="forvaltningsledare")
    successors = {f"uppdrag-{theirs.pk}": karin}
    with pytest.raises(ValidationError, match="har ändrats"):
        transfer.transfer_all(None, lars, successors, on=today() + TOMORROW, reason="Slutar")
    theirs.refresh_from_db()
    assert theirs.valid_to is None


def test_the_actor_needs_the_right_to_appoint_every_role_that_moves() -> None:
    eva, lars, karin = (factories.make_user() for _ in range(3))
    hers = factories.make_active(objektagare=eva, forvaltningsledare=lars)
    factories.make_active(forvaltningsledare=lars)
    with pytest.raises(access.Forbidden):
        hand_over(eva, lars, karin)
    items = transfer.items_of(lars, today() + TOMORROW, seen_by=eva)
    may = transfer.permitted(eva, items)
    chosen = {i.key: karin for i in items if may[i.key]}
    transfer.transfer_all(eva, lars, chosen, on=today() + TOMORROW, reason="Byte")
    assert list(RoleAssignment.objects.filter(person=karin).values_list("objekt", flat=True)) == [
        hers.pk
    ]


def test_informationsagare_needs_the_right_to_change_the_object() -> None:
    eva, lars = (factories.make_user() for _ in range(2))
    objekt = factories.make_active(objektagare=eva, forvaltningsledare=lars)
    system = factories.make_system(objekt)
    informationsmangd.create(
        None, system, content="Betyg", verksamhet="Skola", informationsagare=lars
    )
    items = transfer.items_of(lars, today() + TOMORROW)
    assert sorted(transfer.permitted(eva, items).values()) == [False, True]


def test_a_person_who_has_left_can_be_succeeded_and_nobody_needs_to_log_in_for_it() -> None:
    lars, karin = factories.make_user(), factories.make_user()
    objekt = factories.make_active(forvaltningsledare=lars)
    people.set_active(None, lars, False, reason="Slutade")
    hand_over(None, lars, karin)
    assert objekt.assignments.filter(person=karin).exists()


def many(person: User, number: int) -> None:
    """Let the person hold the four personal mandatory roles, and one more, on many objects."""
    namnd = factories.make_namnd()
    with gesture(None, "demo"):
        objects = bulk.create(
            Forvaltningsobjekt,
            [
                Forvaltningsobjekt(name=f"Objekt {n}", verksamhetsprocess=f"Process {n}")
                for n in range(number)
            ],
        )
        codes = [*(role.code for role in MANDATORY), "systemforvaltare"]
        bulk.create(
            RoleAssignment,
            [
                RoleAssignment(
                    objekt=objekt,
                    role=code,
                    person=None if code == "namnd" else person,
                    namnd=namnd if code == "namnd" else None,
                    valid_from=today() - timedelta(days=365),
                )
                for objekt in objects
                for code in codes
            ],
        )
        for objekt in objects:
            objekt.status = "i_forvaltning"
        bulk.change(Forvaltningsobjekt, objects, ["status"])
        grants.sync([o.pk for o in objects])


def test_a_thousand_assignments_take_at_most_a_hundred_statements() -> None:
    lars, karin = factories.make_user(), factories.make_user()
    many(lars, 200)
    successors = everything_to(lars, karin)
    assert len(successors) == 1000
    rows = RoleAssignment.history.count()
    with CaptureQueriesContext(connection) as statements:
        transfer.transfer_all(None, lars, successors, on=today() + TOMORROW, reason="Lars slutar")
    assert len(statements) <= 100
    assert RoleAssignment.objects.filter(person=karin, valid_to=None).count() == 1000
    assert RoleAssignment.history.count() == rows + 2000
    assert Gesture.objects.filter(kind="transfer_all").count() == 1
    assert not grants.check()


def test_grants_equal_the_catalogue_the_same_day_when_handed_over_today() -> None:
    lars, karin = factories.make_user(), factories.make_user()
    objekt = factories.make_active(forvaltningsledare=lars)
    transfer.transfer_all(None, lars, everything_to(lars, karin), on=today(), reason="I dag")
    assert not grants.check()
    karin = User.objects.get(pk=karin.pk)
    assert access.may(karin, "change_forvaltningsobjekt", objekt)
    assert not access.may(lars, "change_forvaltningsobjekt", objekt)
