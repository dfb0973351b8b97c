"""A session changes its key at login and ends when nobody is there."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.test import Client

from regit.settings import sso
from roles.models import User
from tests.factories import PASSWORD, make_admin, make_objekt
from tests.forms_urls import opened, shown
from tests.passkey import Passkey, question_on
from tests.saml_idp import IdP

pytestmark = pytest.mark.django_db


class Clock:
    """Lets time pass."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = time.time()
        monkeypatch.setattr("governance.middleware.time.time", lambda: self.now)

    def pass_by(self, minutes: float) -> None:
        self.now += minutes * 60


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Clock:
    settings.SESSION_IDLE = timedelta(minutes=30)
    return Clock(monkeypatch)


@pytest.fixture
def adam() -> User:
    return make_admin()


@pytest.fixture
def browser(client: Client, adam: User) -> Client:
    client.force_login(adam)
    return client


def test_the_key_of_a_session_is_a_new_one_after_login(client: Client, adam: User) -> None:
    session = client.session
    session["something"] = "typed before"
    session.save()
    client.cookies[configured.SESSION_COOKIE_NAME] = str(session.session_key)
    client.post("/logga-in/", {"username": adam.username, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(adam.pk)
    assert client.session.session_key != session.session_key
    stolen = Client()
    stolen.cookies[configured.SESSION_COOKIE_NAME] = str(session.session_key)
    assert stolen.get("/objekt/").status_code == 302


def test_who_has_been_away_logs_in_again(browser: Client, clock: Clock) -> None:
    for minutes in (0, 29, 29):
        clock.pass_by(minutes)
        assert browser.get("/objekt/").status_code == 200
    clock.pass_by(31)
    assert browser.get("/objekt/")["Location"] == "/logga-in/?next=/objekt/"
    assert browser.get("/objekt/").status_code == 302, "the session is gone"


def test_a_working_day_is_the_longest_session(browser: Client, clock: Clock) -> None:
    for _ in range(10 * 60 // 20):
        assert browser.get("/objekt/").status_code == 200
        clock.pass_by(20)
    clock.pass_by(1)
    assert browser.get("/objekt/").status_code == 302


def by_saml(adam: User, settings: Any, folder: Path) -> Client:
    """Log in by SAML."""
    idp, described, client = IdP(), folder / "idp.xml", Client()
    described.write_text(idp.metadata)
    cache.clear()
    for name, value in sso.from_environment({"SAML_METADATA": str(described)}).items():
        setattr(settings, name, value)
    asked = idp.question(client.post("/sso/saml/sso/")["Location"])
    said = {"mail": [adam.email], "email_verified": ["true"]}
    posted = client.post("/sso/saml/sso/svar/", {"SAMLResponse": idp.answer(asked, "a1", said)})
    client.get(posted["Location"])
    return client


def by_passkey(adam: User, settings: Any, folder: Path) -> Client:
    """Log in by password and passkey."""
    settings.SECOND_FACTOR = True
    passkey = Passkey()

    def with_password() -> Client:
        client = Client()
        client.post("/logga-in/", {"username": adam.username, "password": PASSWORD})
        return client

    first = with_password()
    made = passkey.made(question_on(first.get("/tvafaktor/nyckel/").text))
    first.post("/tvafaktor/nyckel/", {"name": "Datorn", "credential": made})
    client = with_password()
    used = passkey.used(question_on(client.get("/logga-in/kod/").text))
    client.post("/logga-in/nyckel/", {"credential": used})
    return client


@pytest.mark.parametrize("way", [by_saml, by_passkey])
def test_sessions_end_when_nobody_is_there_however_they_began(
    way: Any, adam: User, clock: Clock, settings: Any, tmp_path: Path
) -> None:
    browser = way(adam, settings, tmp_path)
    for minutes in (0, 29):
        clock.pass_by(minutes)
        assert browser.get("/objekt/").status_code == 200
    clock.pass_by(31)
    assert browser.get("/objekt/")["Location"] == "/logga-in/?next=/objekt/"
    assert browser.get("/objekt/").status_code == 302, "the session is gone"


@pytest.mark.urls("tests.forms_urls")
def test_what_was_typed_is_there_after_the_new_login(
    browser: Client, adam: User, clock: Clock
) -> None:
    path = f"/prov/{make_objekt().pk}/"
    fields = opened(browser, path) | {"description": "En timmes arbete"}
    clock.pass_by(45)
    login = browser.post(path, fields)["Location"]
    assert login == f"/logga-in/?next={path}"
    browser.post(login, {"username": adam.username, "password": PASSWORD})
    assert shown(browser.get(path))["description"] == "En timmes arbete"


def test_a_session_is_written_once_a_minute_and_not_at_every_page(
    browser: Client, clock: Clock, django_assert_num_queries: Any
) -> None:
    browser.get("/utseende/")
    with django_assert_num_queries(2):  # session, person
        browser.get("/utseende/")
    clock.pass_by(2)
    browser.get("/utseende/")
    assert browser.session["seen"][1] == int(clock.now)


def test_without_a_time_nothing_is_noted(browser: Client, clock: Clock, settings: Any) -> None:
    settings.SESSION_IDLE = timedelta(0)
    browser.get("/objekt/")
    clock.pass_by(300)
    assert browser.get("/objekt/").status_code == 200
    assert "seen" not in browser.session
