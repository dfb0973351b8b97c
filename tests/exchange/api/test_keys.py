"""Åtkomstnycklar: made and shown once, worth what their owner is worth today, taken back for good."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchange.api import keys
from exchange.api.models import Atkomstnyckel
from governance.models import Gesture
from roles import people
from roles.models import User
from tests.exchange.api.caller import Caller
from tests.factories import PASSWORD, make_active, make_user, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return make_user("pia.program")


def form(client: Client) -> dict[str, str]:
    page = client.get(reverse("exchange:nyckel_create")).content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    last = (today() + timedelta(days=10)).isoformat()
    return {"token": token, "name": "Skolans integration", "may_write": "1", "expires_on": last}


def test_a_key_is_shown_once_and_its_text_is_kept_nowhere(person: User) -> None:
    client = Client()
    client.force_login(person)
    posted = form(client)
    made = client.post(reverse("exchange:nyckel_create"), posted)
    text = made.content.decode().split('id="nyckel">')[1].split("<")[0]
    assert text.startswith("regit_")
    key = Atkomstnyckel.objects.get()
    assert key.may_write
    assert text not in (key.digest, key.prefix)
    assert text.startswith(key.prefix)
    assert keys.find(text) == key
    listed = client.get(reverse("exchange:nyckel_list")).content.decode()
    assert "Skolans integration" in listed
    assert text not in listed
    again = client.post(reverse("exchange:nyckel_create"), posted)
    assert again.status_code == 302, "a second click makes no second key"
    assert Atkomstnyckel.objects.count() == 1
    assert Gesture.objects.filter(kind="create_key", actor=person).count() == 1


def test_a_key_made_without_a_second_factor_opens_nothing_for_whoever_must_have_one(
    person: User, settings: Any
) -> None:
    settings.SECOND_FACTOR = True
    plain, shown = (Caller(person, second_factor=it) for it in (False, True))
    assert [caller.get("/objekt").status_code for caller in (plain, shown)] == [200, 200]
    people.set_groups(None, person, ["Administratörer"])
    refused = plain.get("/objekt")
    assert refused.status_code == 403
    assert "utan tvåfaktorsinloggning" in refused.json()["detail"]
    assert shown.get("/objekt").status_code == 200


def test_the_password_is_asked_for_before_a_key_is_made(person: User, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    client = Client()
    client.force_login(person)
    create = reverse("exchange:nyckel_create")
    for answer in (client.get(create), client.post(create, {"name": "x"})):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("roles:confirm_password"))
    assert not Atkomstnyckel.objects.exists()
    client.post(f"{reverse('roles:confirm_password')}?next={create}", {"password": PASSWORD})
    assert client.get(create).status_code == 200


@pytest.mark.parametrize("days", [-1, 367])
def test_a_key_lives_a_year_at_most(person: User, days: int) -> None:
    with pytest.raises(ValidationError, match="högst ett år"):
        keys.create(person, name="x", may_write=False, expires_on=today() + timedelta(days=days))


def test_the_database_holds_the_year_too(person: User) -> None:
    key, _text = keys.create(person, name="x", may_write=False, expires_on=today())
    update = "UPDATE exchange_atkomstnyckel SET expires_on = created_on + 400 WHERE id = %s"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(update, [key.pk])


def test_what_is_withdrawn_expired_or_of_somebody_who_left_opens_nothing(person: User) -> None:
    caller = Caller(person)
    key = Atkomstnyckel.objects.get()
    assert caller.get("/objekt").status_code == 200
    key.refresh_from_db()
    assert key.last_used_at

    people.set_active(None, person, False, reason="Slutade")
    assert caller.get("/objekt").status_code == 401
    people.set_active(None, person, True, reason="Åter")
    assert caller.get("/objekt").status_code == 200

    Atkomstnyckel.objects.update(
        created_on=today() - timedelta(9), expires_on=today() - timedelta(1)
    )
    assert caller.get("/objekt").status_code == 401
    Atkomstnyckel.objects.update(expires_on=today())
    for _ in range(2):
        keys.withdraw(person, key)
    assert caller.get("/objekt").status_code == 401
    assert Gesture.objects.filter(kind="withdraw_key").count() == 1


def test_a_login_opens_nothing_and_a_reading_key_writes_nothing() -> None:
    leader = make_user("lena.ledare")
    objekt = make_active("Skolan", forvaltningsledare=leader)
    client = Client()
    client.force_login(leader)
    assert client.get("/api/v1/objekt").status_code == 401
    refused = Caller(leader, may_write=False).post(f"/objekt/{objekt.pk}/verify")
    assert refused.status_code == 403
    assert "läsa" in refused.json()["detail"]
    assert Caller(leader).post(f"/objekt/{objekt.pk}/verify").status_code == 200


def test_an_address_that_guesses_has_to_wait(person: User, settings: object) -> None:
    settings.LOGIN_FAILURES_PER_ADDRESS = 3  # type: ignore[attr-defined]
    wrong = Caller(None)
    wrong.headers = {"Authorization": "Bearer regit_fel"}
    assert [wrong.get("/objekt").status_code for _n in range(4)] == [401, 401, 401, 429]
    assert wrong.get("/objekt")["Retry-After"] == "900"
    counted = AccessAttempt.objects.get()
    assert counted.failures_since_start == 3, "for all processes, and not for ever while locked"
    assert Caller(person).get("/objekt").status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert Caller(person).get("/objekt").status_code == 200
    assert wrong.get("/objekt").status_code == 401
    assert AccessAttempt.objects.get().failures_since_start == 1, "what was before is forgotten"


def test_a_program_with_an_old_key_closes_nobodys_login(person: User, settings: object) -> None:
    settings.LOGIN_FAILURES_PER_ADDRESS = 1  # type: ignore[attr-defined]
    wrong = Caller(None)
    wrong.headers = {"Authorization": "Bearer regit_fel"}
    assert [wrong.get("/objekt").status_code for _n in range(2)] == [401, 429]
    sent = {"username": person.username, "password": PASSWORD}
    assert Client().post("/logga-in/", sent).status_code == 302
    assert wrong.get("/objekt").status_code == 429


def test_somebody_elses_key_is_not_there(person: User) -> None:
    key, _text = keys.create(make_user(), name="x", may_write=False, expires_on=today())
    client = Client()
    client.force_login(person)
    assert client.post(reverse("exchange:nyckel_withdraw", args=[key.pk])).status_code == 404


def test_a_key_in_a_hurry_waits_for_the_next_minute(
    person: User, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_QUESTIONS_A_MINUTE = 2  # type: ignore[attr-defined]
    now = 1_764_037_215  # a quarter past the minute
    monkeypatch.setattr("exchange.api.pace.time.time", lambda: now)
    hurried, calm = Caller(person), Caller(make_user("lugn.program"))

    assert [hurried.get("/objekt").status_code for _n in range(3)] == [200, 200, 429]
    refused = hurried.get("/objekt")
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Retry-After"] == "45"
    assert "för ofta" in refused.json()["detail"]
    assert calm.get("/objekt").status_code == 200, "another key is not held up"
    now += 45
    assert hurried.get("/objekt").status_code == 200
