"""Passkeys after the password: added, used once a question, taken away; nobody else's, nowhere else."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.test import Client
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp_webauthn.models import WebAuthnCredential

from roles import people
from roles.models import CodeApp, User
from tests.factories import PASSWORD, make_admin, make_user
from tests.passkey import Passkey, question_on

pytestmark = pytest.mark.django_db
OWN, ADD = "/tvafaktor/", "/tvafaktor/nyckel/"
ASK, USE = "/logga-in/kod/", "/logga-in/nyckel/"


@pytest.fixture(autouse=True)
def _in_use(settings: Any) -> None:
    settings.SECOND_FACTOR = True


@pytest.fixture
def adam() -> User:
    return make_admin()


def log_in(user: User, page: str = "/objekt/") -> Client:
    """Log in with the password alone, on the way to a page."""
    client = Client()
    client.post("/logga-in/", {"username": user.username, "password": PASSWORD, "next": page})
    return client


def add(client: Client, passkey: Passkey, name: str = "Min dator", **changed: Any) -> Any:
    """Add the passkey; return the answer."""
    made = passkey.made(question_on(client.get(ADD).text), **changed)
    return client.post(ADD, {"name": name, "credential": made, "next": "/objekt/"})


def use(client: Client, passkey: Passkey, **changed: Any) -> Any:
    """Use the passkey on the page that asks; return the answer."""
    used = passkey.used(question_on(client.get(ASK).text), **changed)
    return client.post(USE, {"credential": used, "next": "/objekt/"})


@pytest.fixture
def passkey(adam: User) -> Passkey:
    """Return Adam's passkey, set up."""
    mine = Passkey()
    assert add(log_in(adam), mine).status_code == 200
    return mine


def is_in(client: Client) -> bool:
    return client.get("/objekt/").status_code == 200


def test_a_passkey_is_enough_for_who_must_have_a_second_factor(adam: User) -> None:
    client = log_in(adam)
    assert client.get("/objekt/")["Location"] == f"{OWN}?next=/objekt/"
    assert add(client, Passkey(), challenge="AAAA").status_code == 422
    page = add(client, Passkey())
    assert "Nyckeln Min dator är tillagd." in page.text
    assert page.text.count("<code>") == 10
    assert 'href="/objekt/"' in page.text
    assert is_in(client)
    assert "Inloggningsnyckel: Min dator" in client.get(OWN).text
    assert [row.gesture.reason for row in adam.history.filter(history_user=adam)] == [
        "Skapade nya reservkoder",
        "Lade till tvåfaktorsinloggning: nyckeln Min dator",
    ]


def test_it_is_asked_for_after_the_password_and_leads_on_in_a_session_with_a_new_key(
    adam: User, passkey: Passkey
) -> None:
    client = log_in(adam)
    assert client.get("/objekt/")["Location"] == f"{ASK}?next=/objekt/"
    for path in (OWN, ADD, "/losenord/"):
        assert client.get(path)["Location"].startswith(ASK), path
    before = client.session.session_key
    answer = use(client, passkey)
    assert (answer.status_code, answer["Location"]) == (302, "/objekt/")
    assert is_in(client)
    assert client.session.session_key != before
    stolen = Client()
    stolen.cookies[configured.SESSION_COOKIE_NAME] = str(before)
    assert not is_in(stolen)
    assert WebAuthnCredential.objects.get().last_used_at is not None


def test_an_answer_counts_once(adam: User, passkey: Passkey) -> None:
    client, other = log_in(adam), log_in(adam)
    used = passkey.used(question_on(client.get(ASK).text))
    assert client.post(USE, {"credential": used}).status_code == 302
    other.get(ASK)
    assert other.post(USE, {"credential": used}).status_code == 422
    assert client.post(USE, {"credential": used})["Location"] == "/"
    assert not is_in(other)


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://regit.evil.example"},
        {"origin": "http://testserver:8001"},
        {"challenge": "AAAA"},
        {"id": b"somebody else's"},
    ],
)
def test_an_answer_from_elsewhere_or_to_another_question_is_refused(
    adam: User, passkey: Passkey, changed: dict[str, Any]
) -> None:
    client = log_in(adam)
    answer = use(client, passkey, **changed)
    assert answer.status_code == 422
    assert "Det gick inte att använda nyckeln. Försök igen." in answer.text
    assert not is_in(client)
    assert use(client, passkey).status_code == 302, "the page asks a new question"


def test_another_key_and_somebody_elses_key_are_refused(adam: User, passkey: Passkey) -> None:
    eva = make_user("eva.lund")
    evas = Passkey()
    add(log_in(eva), evas)
    forged = Passkey()
    forged.id = passkey.id
    elsewhere = Passkey(host="evil.example")
    elsewhere.id, elsewhere.private = passkey.id, passkey.private
    for wrong in (evas, forged, elsewhere, Passkey()):
        client = log_in(adam)
        assert use(client, wrong).status_code == 422
        assert not is_in(client)


@pytest.mark.parametrize(
    "junk",
    ["", "null", "[]", "{}", "å", "\x00", '{"id": 1}', "{" * 5_000, '{"id":"AA","rawId":"AA"}'],
)
def test_junk_is_refused_in_swedish(adam: User, passkey: Passkey, junk: str) -> None:
    client = log_in(adam)
    client.get(ASK)
    assert client.post(USE, {"credential": junk}).status_code == 422
    use(client, passkey)
    client.get(ADD)
    answer = client.post(ADD, {"name": "x", "credential": junk})
    assert answer.status_code == 422
    assert WebAuthnCredential.objects.count() == 1


def test_without_a_question_nothing_is_added_nor_used(adam: User, passkey: Passkey) -> None:
    client = log_in(adam)
    made_up = {"challenge": "AAAA"}
    assert client.post(USE, {"credential": passkey.used(made_up)}).status_code == 422
    use(client, passkey)
    made = {"name": "x", "credential": Passkey().made(made_up)}
    assert client.post(ADD, made).status_code == 422
    assert WebAuthnCredential.objects.count() == 1


def test_the_same_key_is_not_added_twice_nor_without_a_name(adam: User, passkey: Passkey) -> None:
    client = log_in(adam)
    use(client, passkey)
    assert add(client, passkey, "En gång till").status_code == 422
    nameless = add(client, Passkey(), "")
    assert nameless.status_code == 422
    assert "Skriv ett namn" in nameless.text
    assert WebAuthnCredential.objects.count() == 1


def test_a_recovery_code_lets_in_who_has_lost_the_only_key(adam: User) -> None:
    client = log_in(adam)
    page = add(client, Passkey()).text
    code = page.split("<code>")[1].split("</code>")[0]
    client = log_in(adam)
    asks = client.get(ASK).text
    assert "Skriv en av dina reservkoder" in asks
    assert "Öppna appen" not in asks
    assert client.post(ASK, {"code": "123456"}).status_code == 422
    assert "Vänta" in client.post(ASK, {"code": code}).text
    StaticDevice.objects.update(throttling_failure_count=0)
    assert client.post(ASK, {"code": code}).status_code == 302
    assert is_in(client)


def test_the_last_one_stays_with_who_must_have_one(adam: User, passkey: Passkey) -> None:
    client = log_in(adam)
    use(client, passkey)
    first = WebAuthnCredential.objects.get()
    refused = client.post(f"{ADD}{first.pk}/ta-bort/", follow=True)
    assert "Du måste ha minst en." in refused.text
    assert add(client, Passkey(), "Telefonen")["Location"] == OWN
    gone = client.post(f"{ADD}{first.pk}/ta-bort/", follow=True)
    assert "Nyckeln Min dator är borttagen." in gone.text
    assert WebAuthnCredential.objects.get().name == "Telefonen"
    assert StaticToken.objects.count() == 10
    reason = adam.history.latest().gesture.reason
    assert reason == "Tog bort tvåfaktorsinloggning: nyckeln Min dator"


def test_others_take_the_last_one_away_and_the_recovery_codes_go_too() -> None:
    eva = make_user("eva.lund")
    client = log_in(eva)
    add(client, Passkey())
    mine = WebAuthnCredential.objects.get()
    answer = client.post(f"{ADD}{mine.pk}/ta-bort/", follow=True)
    assert "Nu räcker lösenordet." in answer.text
    assert not StaticToken.objects.exists()
    assert is_in(log_in(eva))


def test_nobody_takes_away_somebody_elses(adam: User, passkey: Passkey) -> None:
    eva = make_user("eva.lund")
    theirs = WebAuthnCredential.objects.get()
    assert log_in(eva).post(f"{ADD}{theirs.pk}/ta-bort/").status_code == 404
    assert WebAuthnCredential.objects.exists()


def test_who_has_lost_everything_is_helped_by_the_command(adam: User, passkey: Passkey) -> None:
    call_command("reset_second_factor", adam.username, reason="Tappad dator")
    assert not WebAuthnCredential.objects.exists()
    assert log_in(adam).get("/objekt/")["Location"].startswith(OWN)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Return later(minutes): lets time pass for what asks how recent a password is."""
    now = [time.time()]
    monkeypatch.setattr("roles.login.recent.time.time", lambda: now[0])

    def pass_by(minutes: float) -> None:
        now[0] += minutes * 60

    return pass_by


AGAIN = f"{OWN}losenord/"


def test_every_change_asks_for_the_password_that_was_given_a_while_ago(
    adam: User, passkey: Passkey, later: Callable[[float], None]
) -> None:
    client = log_in(adam)
    use(client, passkey)
    pk = WebAuthnCredential.objects.get().pk
    later(9)
    assert client.get(ADD).status_code == 200
    later(2)
    for path in (ADD, f"{OWN}app/"):
        assert client.get(path)["Location"] == f"{AGAIN}?next={path}"
    posts = ("app/", "app/ta-bort/", "reservkoder/", "nyckel/", f"nyckel/{pk}/ta-bort/")
    for path in posts:
        assert client.post(OWN + path)["Location"] == f"{AGAIN}?next={OWN}", path
    assert WebAuthnCredential.objects.exists()
    assert not CodeApp.objects.exists()
    eva = make_user("eva.lund")
    url = f"/personer/{eva.pk}/tvafaktor/"
    assert client.get(url)["Location"] == f"{AGAIN}?next={url}"


def test_the_password_and_the_second_factor_lead_back(
    adam: User, passkey: Passkey, later: Callable[[float], None]
) -> None:
    client = log_in(adam)
    use(client, passkey)
    later(11)
    before = client.session.session_key
    wrong = client.post(f"{AGAIN}?next={ADD}", {"password": "fel"})
    assert wrong.status_code == 422
    assert "Lösenordet stämmer inte" in wrong.text
    right = client.post(AGAIN, {"password": PASSWORD, "next": ADD})
    assert right["Location"] == ADD
    assert client.session.session_key != before
    assert client.get(ADD)["Location"] == f"{ASK}?next={ADD}"
    use(client, passkey)
    assert client.get(ADD).status_code == 200


def test_wrong_passwords_there_close_the_account_as_at_the_login(adam: User) -> None:
    client = log_in(adam)
    client.get(OWN)
    for _ in range(4):
        assert client.post(AGAIN, {"password": "fel"}).status_code == 422
    assert client.post(AGAIN, {"password": "fel"}).status_code == 429
    assert client.post(AGAIN, {"password": PASSWORD}).status_code == 429
    assert not is_in(log_in(adam))


def test_who_has_no_password_here_has_nothing_to_set_up_here(settings: Any) -> None:
    settings.SSO_NAME = "kommunens konto"
    eva = people.create(
        None, username="eva.lund", first_name="Eva", last_name="Lund", email="eva.lund@example.se"
    )
    client = Client()
    client.force_login(eva)
    assert "Du loggar in med kommunens konto." in client.get(OWN).text
    for path in (ADD, f"{OWN}app/"):
        assert client.get(path)["Location"] == OWN


def test_keys_belong_to_the_domain_of_the_settings_where_there_are_several_names(
    adam: User, settings: Any
) -> None:
    settings.PASSKEY_DOMAIN = "example.se"
    assert question_on(log_in(adam).get(ADD).text)["rp"] == {"name": "RegIT", "id": "example.se"}
    settings.PASSKEY_DOMAIN = ""
    assert question_on(log_in(adam).get(ADD).text)["rp"]["id"] == "testserver"


def test_where_it_is_not_in_use_there_is_no_page(adam: User, settings: Any) -> None:
    settings.SECOND_FACTOR = False
    client = log_in(adam)
    assert client.get(ADD).status_code == 404
    assert client.post(USE).status_code == 404
    assert client.get(AGAIN).status_code == 404
