"""The page of a förvaltningsobjekt: what it shows to whom, and confirming the entry."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from governance.models import Forvaltningsobjekt, Gesture
from roles.models import User
from tests.factories import (
    appoint,
    make_active,
    make_admin,
    make_objekt,
    make_revisor,
    make_system,
    make_user,
    put,
    today,
)

pytestmark = pytest.mark.django_db


def page(client: Client, user: User, objekt: Forvaltningsobjekt) -> str:
    client.force_login(user)
    response = client.get(objekt.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_who_answers_what_is_to_be_mended_and_which_systems(client: Client) -> None:
    eva = make_user("eva.lund")
    objekt = make_active("Elevadministration", objektagare=eva)
    make_system(objekt, "Alva", konfidentialitet=3)
    shown = page(client, make_user(), objekt)
    for text in (
        "Elevadministration",
        "I förvaltning",
        "Eva Lund",
        "Alva",
        "Alva är inte klassat.",
    ):
        assert text in shown, text


def test_the_one_who_keeps_the_entry_confirms_it(client: Client) -> None:
    lars = make_user("lars.nystrom")
    objekt = make_active("Elever", forvaltningsledare=lars)
    assert "Uppgifterna stämmer" in page(client, lars, objekt)
    answer = client.post(f"/objekt/{objekt.pk}/bekrafta/", follow=True)
    assert "Du har bekräftat att uppgifterna om Elever stämmer." in answer.content.decode()
    objekt.refresh_from_db()
    assert (objekt.verified_on, objekt.verified_by) == (today(), lars)
    assert Gesture.objects.filter(kind="verify", actor=lars).count() == 1


def test_an_entry_that_cannot_be_confirmed_is_said_to_lack_something(client: Client) -> None:
    lars = make_user("lars.nystrom")
    objekt = put(make_active("Elever", forvaltningsledare=lars), description="Ord\u202eordet")
    client.force_login(lars)
    answer = client.post(f"/objekt/{objekt.pk}/bekrafta/", {"next": "/objekt/"}, follow=True)
    assert answer.redirect_chain == [("/objekt/", 302)]
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert Gesture.objects.filter(kind="verify").count() == 0


@pytest.mark.parametrize("path", ["andra/", "bekrafta/", "system/nytt/"])
def test_nobody_else_changes_it(path: str, client: Client) -> None:
    objekt = make_active("Elever", objektagare=make_user("eva.lund"))
    other = make_active("Annat", forvaltningsledare=make_user("olle.annan"))
    address = f"/objekt/{objekt.pk}/{path}"
    make_user("otto.ovan"), make_revisor()
    assert client.post(address).status_code == 302
    for who in ("olle.annan", "otto.ovan", "eva.lund", "rut.revisor"):
        client.force_login(User.objects.get(username=who))
        answer = client.post(address)
        assert answer.status_code == 403, who
        assert "Hålla uppgifterna aktuella" in answer.content.decode()
        assert "Uppgifterna stämmer" not in page(client, User.objects.get(username=who), objekt)
    assert client.get(f"/objekt/{other.pk + 999}/").status_code == 404
    objekt.refresh_from_db()
    assert objekt.verified_on is None


def test_a_reader_is_told_who_adds_systems_instead_of_a_dead_button(client: Client) -> None:
    objekt = make_active("Elever", forvaltningsledare=make_user("lars.nystrom"))
    shown = page(client, make_user(), objekt)
    assert "Lägg till system" not in shown
    assert "System läggs till av förvaltningsledaren" in shown
    assert "Lägg till system" in page(client, make_admin(), objekt)


def test_a_finding_links_to_its_mending_only_for_whoever_may(client: Client) -> None:
    lars = make_user("lars.nystrom")
    objekt = make_active("Elever", forvaltningsledare=lars)
    alva = make_system(objekt, "Alva")
    link = f'href="/system/{alva.pk}/andra/" class="act"'
    assert link in page(client, lars, objekt)
    assert link not in page(client, make_user(), objekt)


def test_many_systems_with_one_lack_are_one_entry_that_names_them(client: Client) -> None:
    objekt = make_active("Elever")
    for name in ("Alva", "Procap", "Novus"):
        make_system(objekt, name)
    client.force_login(make_user())
    answer = client.get(objekt.get_absolute_url())
    texts = [entry.text for entry in answer.context["entries"]]
    assert "Ingen klassning: 3 system" in texts


def test_a_skyddsvart_system_leaves_no_trace_for_a_reader(client: Client) -> None:
    vera = make_user("vera.vatten")
    objekt = make_active("Vatten", forvaltningsledare=vera)
    hidden = make_system(
        objekt, "Neptun", skyddsvard=True, avvecklas_on=today() - timedelta(days=9)
    )
    appoint(objekt, "systemdriftansvarig", make_user("dan.drift"), systems=[hidden])
    outsider = make_user("otto.ovan")
    shown = page(client, outsider, objekt)
    assert "Neptun" not in shown
    assert "Dan Drift" not in shown
    assert client.get(hidden.get_absolute_url()).status_code == 404
    for path in ("andra/", "livscykel/"):
        assert client.get(f"/system/{hidden.pk}/{path}").status_code == 404
    assert "Neptun skulle ha avvecklats" in page(client, vera, objekt)
    assert client.get(hidden.get_absolute_url()).status_code == 200


def test_a_page_asks_as_much_of_two_systems_as_of_fifty(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    lars = make_user("lars.nystrom")
    objekt = make_active("Elever", forvaltningsledare=lars)
    client.force_login(lars)
    for _number in range(2):
        make_system(objekt)
    client.get(objekt.get_absolute_url())
    with django_assert_max_num_queries(16) as few:
        client.get(objekt.get_absolute_url())
    for _number in range(48):
        make_system(objekt)
    with django_assert_max_num_queries(16) as many:
        client.get(objekt.get_absolute_url())
    assert len(few) == len(many)


def test_an_object_without_anything_still_has_a_page(client: Client) -> None:
    shown = page(client, make_user(), make_objekt("Tomt"))
    assert "Objektet har inga system." in shown
    assert "Uppgifterna är inte bekräftade än." in shown
