"""Granskning: the whole register's history for Revisorer, filtered in the address."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.actions import objekt as objekt_actions
from governance.gestures import gesture
from governance.history import sealing
from roles import people
from roles.models import User
from tests import factories as make

pytestmark = pytest.mark.django_db

URLS = [
    ("governance:granskning", []),
    ("governance:actor_search", []),
    ("exchange:granskning_export", ["csv"]),
    ("exchange:granskning_export", ["xlsx"]),
]


@pytest.mark.parametrize(("name", "args"), URLS)
def test_it_is_for_revisorer_and_administratorer_alone(
    client: Client, name: str, args: list[str]
) -> None:
    url = reverse(name, args=args)
    assert client.get(url).status_code == 302
    leader = make.make_user()
    make.make_active(forvaltningsledare=leader)
    for user, status in ((leader, 403), (make.make_revisor(), 200), (make.make_admin(), 200)):
        client.force_login(user)
        response = client.get(url)
        assert response.status_code == status
        if response.streaming:
            assert response.getvalue()  # read to its end, which closes the file
    client.force_login(leader)
    assert "Läsa hela registrets historik" in client.get(url).text


@pytest.fixture
def revisor(client: Client) -> User:
    rut = make.make_revisor()
    client.force_login(rut)
    return rut


def kinds(client: Client, **query: Any) -> list[str]:
    page = client.get(reverse("governance:granskning"), query)
    return [e.gesture.kind for e in page.context["entries"]]


def test_each_filter_narrows_and_they_narrow_together(client: Client, revisor: User) -> None:
    karin = make.make_user("karin.oberg", last_name="Öberg")
    objekt = make.make_active("Elever", forvaltningsledare=karin)
    other = make.make_objekt("Vägar")
    objekt_actions.change(karin, objekt, description="Ny", reason="Översyn inför Åre")
    objekt_actions.verify(karin, objekt)
    people.set_active(None, karin, False, reason="Slutat")
    today = make.today().isoformat()
    assert kinds(client, vem="karin.oberg") == ["verify", "change"]
    assert kinds(client, vem="Karin Öberg (karin.oberg)", slag="change") == ["change"]
    assert kinds(client, q="oversyn are") == []
    assert kinds(client, q="oversyn") == ["change"]
    assert kinds(client, objekt=other.pk) == ["create"]
    assert kinds(client, objekt=f"{other} ({other.pk})") == ["create"]
    assert kinds(client, objekt=str(other).lower()) == ["create"]
    assert kinds(client, sak="user", q="slutat") == ["person"]
    assert kinds(client, sak="samband") == []
    assert kinds(client, objekt=other.pk, sak="leverantor") == []
    assert kinds(client, until="2001-01-01") == []
    assert len(kinds(client, since=today)) == len(kinds(client)) > 10


def test_somebody_unknown_is_said_so(client: Client, revisor: User) -> None:
    page = client.get(reverse("governance:granskning"), {"vem": "Nils Holgersson"})
    assert "”Nils Holgersson” hittades inte" in page.text


def test_those_who_have_left_are_suggested_too(client: Client, revisor: User) -> None:
    gone = make.make_user("gun.borta")
    people.set_active(None, gone, False, reason="Slutat")
    assert (
        "Gun Borta (gun.borta)" in client.get(reverse("governance:actor_search"), {"q": "gun"}).text
    )


def test_a_gesture_that_wrote_much_shows_a_part_and_leads_to_itself(
    client: Client, revisor: User
) -> None:
    objekt = make.make_objekt()
    with gesture(None, "import", "Kalkylarket") as opened:
        for number in range(55):
            make.make_system(objekt, f"System {number}")
    url = reverse("governance:granskning")
    text = client.get(url).text
    assert "och 15 ändringar till" in text
    assert f"?handelse={opened.pk}" in text
    assert kinds(client, handelse=opened.pk) == ["import"]


def test_takes_as_many_queries_for_two_gestures_as_for_fifty(client: Client, revisor: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("governance:granskning"), {"slag": "change"})
        return len(asked)

    objekt = make.make_active()
    for number in range(2):
        objekt_actions.change(None, objekt, description=f"{number}")
    few = queries()
    for number in range(50):
        objekt_actions.change(None, objekt, description=f"nu {number}")
    assert queries() == few


def test_it_says_how_far_the_history_is_sealed(client: Client, revisor: User) -> None:
    url = reverse("governance:granskning")
    objekt = make.make_objekt()
    assert "Historiken är inte förseglad än." in client.get(url).text
    made = sealing.seal()
    assert made is not None
    text = client.get(url).text
    assert made.hash in text
    assert f"klockan {timezone.localtime(made.at):%H.%M}: {made.last_position} händelse" in text
    assert "Inget väntar på försegling." in text
    objekt_actions.change(None, objekt, description="Ny")
    assert "1 händelse väntar på försegling" in " ".join(client.get(url).text.split())


def test_the_last_day_there_is_can_be_asked_for(client: Client, revisor: User) -> None:
    make.make_objekt("Elevadministration")
    url = reverse("governance:granskning")
    assert "Elevadministration" in client.get(url, {"until": "9999-12-31"}).text
    assert "Elevadministration" in client.get(url, {"since": "0001-01-01"}).text


def test_an_object_is_chosen_by_typing_however_many_there_are(client: Client) -> None:
    client.force_login(make.make_revisor())
    vatten = make.make_objekt("Vatten")
    make.make_objekt("Skola")
    found = client.get(reverse("governance:objekt_search"), {"q": "vatt"}).content.decode()
    assert f"Vatten ({vatten.pk})" in found
    assert "Skola" not in found
    page = client.get(reverse("governance:granskning")).content.decode()
    assert reverse("governance:objekt_search") in page
    assert f'<option value="{vatten.pk}"' not in page
