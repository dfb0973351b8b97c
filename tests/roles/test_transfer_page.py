"""The page that hands over everything: choose, preview, confirm."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from governance.actions import informationsmangd
from governance.models import Gesture
from roles import assignments, people
from roles.models import RoleAssignment, User
from roles.transfer import items_of
from tests import factories
from tests.factories import today

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


@pytest.fixture
def lars() -> User:
    return factories.make_user("lars.nystrom")


@pytest.fixture
def karin() -> User:
    return factories.make_user("karin.oberg")


def login(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url_of(person: User) -> str:
    return reverse("roles:transfer_all", args=[person.pk])


def filled(person: User, successor: User, **more: str) -> dict[str, str]:
    rows = {f"med-{i.key}": "on" for i in items_of(person, today())}
    return {
        "successor": successor.username,
        "on": str(today() + TOMORROW),
        "reason": "Lars slutar",
        **rows,
        **more,
    }


def confirm(client: Client, person: User, data: dict[str, str]) -> Any:
    """See what it means, and confirm just that."""
    shown = client.post(url_of(person), data)
    assert shown.status_code == 200
    return client.post(url_of(person), {**data, "granskat": shown.context["mark"]})


def test_who_may_open_it(lars: User, karin: User) -> None:
    eva = factories.make_user("eva.lund")
    factories.make_active(objektagare=eva, forvaltningsledare=lars)
    assert Client().get(url_of(lars)).status_code == 302
    assert login(karin).get(url_of(lars)).status_code == 403
    assert login(lars).get(url_of(lars)).status_code == 403
    assert login(eva).get(url_of(lars)).status_code == 200
    assert login(eva).get(reverse("roles:transfer_all", args=[10**6])).status_code == 404


def test_the_preview_changes_nothing_and_the_confirmation_everything(
    lars: User, karin: User
) -> None:
    factories.make_active("Bygglov", forvaltningsledare=lars)
    factories.make_active("Elevhälsa", objektagare=lars)
    client = login(factories.make_admin())
    gestures = Gesture.objects.count()
    data = filled(lars, karin, token=str(uuid4()))
    answer = client.post(url_of(lars), data)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Lämna över 2 uppdrag" in page
    assert "Bygglov" in page
    assert Gesture.objects.count() == gestures
    data["granskat"] = answer.context["mark"]
    for kept in ("token", "granskat"):
        assert f'name="{kept}" value="{data[kept]}"' in page
    answers = [client.post(url_of(lars), data) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert RoleAssignment.objects.filter(person=karin, valid_to=None).count() == 2


def test_a_row_may_go_to_another_and_a_row_may_stay(lars: User, karin: User) -> None:
    malin = factories.make_user("malin.holm")
    one = factories.make_active(forvaltningsledare=lars)
    two = factories.make_active(forvaltningsledare=lars)
    three = factories.make_active(forvaltningsledare=lars)
    keys = {i.objekt.pk: i.key for i in items_of(lars, today())}
    data = filled(lars, karin, **{f"till-{keys[two.pk]}": "malin.holm"})
    del data[f"med-{keys[three.pk]}"]
    confirm(login(factories.make_admin()), lars, data)
    begun = RoleAssignment.objects.filter(valid_from=today() + TOMORROW)
    assert dict(begun.values_list("objekt", "person")) == {one.pk: karin.pk, two.pk: malin.pk}


def test_what_the_actor_may_not_hand_over_is_listed_with_who_may(lars: User, karin: User) -> None:
    eva, other = factories.make_user("eva.lund"), factories.make_user("olle.other")
    factories.make_active("Bygglov", objektagare=eva, forvaltningsledare=lars)
    factories.make_active("Elevhälsa", objektagare=other, forvaltningsledare=lars)
    page = login(eva).get(url_of(lars)).content.decode()
    assert "Det här får du inte lämna över" in page
    assert "Olle Other" in page


def test_an_item_of_an_object_that_is_not_the_actor_s_cannot_be_posted(
    lars: User, karin: User
) -> None:
    eva = factories.make_user("eva.lund")
    factories.make_active(objektagare=eva, forvaltningsledare=lars)
    foreign = factories.make_active(forvaltningsledare=lars)
    confirm(login(eva), lars, filled(lars, karin))
    assert not foreign.assignments.filter(person=karin).exists()
    assert RoleAssignment.objects.filter(person=karin).count() == 1


def test_refusals_keep_what_was_typed(lars: User, karin: User) -> None:
    clash = factories.make_active("Elevhälsa")
    for person in (lars, karin):
        factories.appoint(clash, "systemforvaltare", person)
    client = login(factories.make_admin())
    for step in ({}, {"granskat": "x"}):
        answer = client.post(url_of(lars), filled(lars, karin, **step))
        assert answer.status_code == 422
        assert "Elevhälsa: Karin Oberg har redan rollen" in answer.content.decode()
        assert 'value="karin.oberg"' in answer.content.decode()
    for change in ({"successor": ""}, {"successor": "ingen"}, {"reason": ""}, {"on": "i går"}):
        answer = client.post(url_of(lars), {**filled(lars, karin), **change})
        assert answer.status_code == 422, change


def test_a_successor_who_left_after_the_preview_is_refused(lars: User, karin: User) -> None:
    factories.make_active(forvaltningsledare=lars)
    client = login(factories.make_admin())
    mark = client.post(url_of(lars), filled(lars, karin)).context["mark"]
    people.set_active(None, karin, False, reason="Slutade")
    answer = client.post(url_of(lars), filled(lars, karin, granskat=mark))
    assert answer.status_code == 422
    assert not RoleAssignment.objects.filter(person=karin).exists()


@pytest.mark.parametrize("changed", ["register", "successor", "row"])
def test_what_was_not_shown_is_not_carried_out(changed: str, lars: User, karin: User) -> None:
    malin = factories.make_user("malin.holm")
    objekt = factories.make_active("Bygglov", forvaltningsledare=lars)
    held = factories.appoint(objekt, "systemforvaltare", lars)
    client, data = login(factories.make_admin()), filled(lars, karin)
    mark = client.post(url_of(lars), data).context["mark"]
    if changed == "register":
        last = today() + timedelta(days=30)
        assignments.end(None, held, on=last, reason="Uppdraget är slut")
    elif changed == "successor":
        data["successor"] = malin.username
    else:
        del data[f"med-uppdrag-{held.pk}"]
    answer = client.post(url_of(lars), {**data, "granskat": mark})
    assert answer.status_code == 200
    assert "Något har ändrats sedan du granskade" in answer.text
    assert not RoleAssignment.objects.filter(person__in=[karin, malin]).exists()
    data["granskat"] = answer.context["mark"]
    assert client.post(url_of(lars), data).status_code == 302


def test_an_assignment_on_a_system_the_reader_may_not_know_of_is_not_listed(lars: User) -> None:
    eva = factories.make_user("eva.lund")
    factories.make_active(objektagare=eva, forvaltningsledare=lars)
    other = factories.make_active("Krisberedskap")
    hidden = factories.make_system(other, "Hemliga larmet", skyddsvard=True)
    factories.appoint(other, "it_specialist", lars, systems=[hidden])
    page = login(eva).get(url_of(lars)).content.decode()
    assert "Hemliga larmet" not in page
    assert "Krisberedskap" not in page


def test_information_that_changes_owner_before_the_day_is_told_of_in_the_preview(
    lars: User, karin: User
) -> None:
    """Informationsägarskap has no dates: whoever picks a later day must be told."""
    objekt = factories.make_active(forvaltningsledare=lars)
    system = factories.make_system(objekt)
    informationsmangd.create(
        None, system, content="Elever", verksamhet="Skolan", informationsagare=lars
    )
    client, said = login(factories.make_admin()), "en informationsmängd byter ägare genast"
    later = filled(lars, karin)
    assert said in client.post(url_of(lars), {**later, "preview": "1"}).text
    now = {**later, "on": today().isoformat(), "preview": "1"}
    assert "byter ägare genast" not in client.post(url_of(lars), now).text
    without = {key: value for key, value in later.items() if "information-" not in key}
    assert "byter ägare genast" not in client.post(url_of(lars), {**without, "preview": "1"}).text
