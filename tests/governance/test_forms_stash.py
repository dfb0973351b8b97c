"""Logins that run out, and what stands around every page (governance/middleware.py, stash.py)."""

import time
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import OperationalError
from django.test import Client

from governance import stash
from governance.models import Forvaltningsobjekt
from roles import grants
from roles.middleware import GrantsOfToday
from roles.models import User
from tests.factories import PASSWORD, make_admin, make_objekt
from tests.forms_urls import opened, shown

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.forms_urls")]


@pytest.fixture
def admin() -> User:
    return make_admin()


@pytest.fixture
def objekt() -> Forvaltningsobjekt:
    return make_objekt("Elevadministration")


@pytest.fixture
def browser(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


def interrupt(browser: Client, path: str, text: str) -> str:
    """Type a text, let the session run out, post it; return where that leads."""
    fields = opened(browser, path) | {"description": text}
    browser.session.flush()
    return browser.post(path, fields)["Location"]


def test_text_posted_after_the_session_ran_out_is_there_after_login(
    browser: Client, admin: User, objekt: Forvaltningsobjekt
) -> None:
    path = f"/prov/{objekt.pk}/"
    login = interrupt(browser, path, "Tjugo minuters arbete")
    assert login == f"/logga-in/?next={path}"
    answer = browser.post(login, {"username": admin.username, "password": PASSWORD})
    assert answer["Location"] == path

    page = browser.get(path)
    assert shown(page)["description"] == "Tjugo minuters arbete"
    assert "finns kvar nedan" in page.text
    objekt.refresh_from_db()
    assert objekt.description == ""
    assert shown(browser.get(path))["description"] == "", "shown once"


def test_somebody_else_who_logs_in_sees_nothing_of_it(browser: Client) -> None:
    interrupt(browser, "/prov/", "Hemligt")
    browser.force_login(make_admin("olga.annan"))
    assert "Hemligt" not in browser.get("/prov/").text


def test_what_was_kept_is_not_kept_for_ever(
    browser: Client, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(browser, "/prov/", "Gammalt")
    later = time.time() + stash.MAX_AGE + 1
    monkeypatch.setattr(stash.time, "time", lambda: later)
    browser.force_login(admin)
    assert "Gammalt" not in browser.get("/prov/").text


def test_a_very_long_text_is_not_kept(browser: Client, admin: User) -> None:
    interrupt(browser, "/prov/", "x" * (stash.MAX_BYTES + 1))
    browser.force_login(admin)
    assert shown(browser.get("/prov/"))["description"] == ""


def test_a_stranger_cannot_fill_the_session_table(client: Client) -> None:
    client.post("/prov/", {"name": "x" * 1000, "owner": "1:påhittad"})
    assert not client.session.keys()


def test_a_button_without_a_page_leads_back_to_the_page_it_stood_on(client: Client) -> None:
    here = client.post(
        "/prov/bekrafta/", headers={"Referer": "http://testserver/objekt/7/?flik=system"}
    )
    assert here["Location"] == "/logga-in/?next=/objekt/7/%3Fflik%3Dsystem"
    elsewhere = client.post("/prov/bekrafta/", headers={"Referer": "http://evil.example/x"})
    assert elsewhere["Location"] == "/logga-in/?next=/"


def test_htmx_goes_to_the_login_page_as_a_whole(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/system/?q=alva"}
    answer = client.get("/system/sok/?q=a", headers=headers)
    assert answer["HX-Redirect"] == "/logga-in/?next=/system/%3Fq%3Dalva"


def test_a_login_in_another_tab_saves_nothing_and_loses_nothing(
    admin: User, objekt: Forvaltningsobjekt
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(admin)
    path = f"/prov/{objekt.pk}/"
    stale = {"description": "Kvar", "csrfmiddlewaretoken": "x" * 64}
    assert browser.post(path, opened(browser, path) | stale)["Location"] == path
    objekt.refresh_from_db()
    assert objekt.description == ""
    assert shown(browser.get(path))["description"] == "Kvar"


def test_text_of_one_person_is_not_kept_in_the_session_of_another(admin: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(admin)
    fields = opened(browser, "/prov/") | {"csrfmiddlewaretoken": "x" * 64}
    browser.force_login(make_admin("olga.annan"))
    assert browser.post("/prov/", fields).status_code == 403
    assert stash.KEY not in browser.session


def test_a_forged_post_gets_the_plain_refusal(admin: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(admin)
    answer = browser.post("/prov/", {"name": "Falskt"})
    assert answer.status_code == 403
    assert "Formuläret gick inte att ta emot" in answer.text


def test_an_unknown_address_says_so_in_swedish_to_everybody(client: Client, admin: User) -> None:
    assert "Sidan finns inte" in client.get("/finns/inte/").text
    client.force_login(admin)
    answer = client.get("/finns/inte/")
    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.text


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [("/prov/trasig/", 500, "Något gick fel"), ("/prov/borta/", 503, "inte tillgängligt")],
)
def test_a_defect_and_a_lost_database_have_pages_that_need_no_database(
    client: Client, admin: User, path: str, status: int, says: str
) -> None:
    client.raise_request_exception = False
    client.force_login(admin)
    answer = client.get(path)
    assert answer.status_code == status
    assert says in answer.text


def test_development_too_has_a_page_for_a_lost_database_but_shows_its_defects(
    admin: User, settings: Any
) -> None:
    settings.DEBUG = True
    settings.MIDDLEWARE = ["governance.middleware.AwayPage", *settings.MIDDLEWARE]
    browser = Client(raise_request_exception=False)
    browser.force_login(admin)

    answer = browser.get("/prov/borta/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "inte tillgängligt" in answer.text
    assert "Traceback" not in answer.text

    defect = browser.get("/prov/trasig/")
    assert defect.status_code == 500
    assert "RuntimeError" in defect.text


def test_a_database_that_is_lost_before_any_page_has_its_page_in_development(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEBUG = True
    settings.MIDDLEWARE = ["governance.middleware.AwayPage", *settings.MIDDLEWARE]
    monkeypatch.setattr(GrantsOfToday, "done_for", None)
    monkeypatch.setattr(grants, "bring_up_to_date", Mock(side_effect=OperationalError))

    assert Client(raise_request_exception=False).get("/prov/").status_code == 503


def test_pages_are_never_stored(browser: Client) -> None:
    assert "no-store" in browser.get("/prov/")["Cache-Control"]


@pytest.mark.parametrize(("choice", "mark"), [("dark", 'data-bs-theme="dark"'), ("auto", "")])
def test_a_chosen_appearance_is_written_by_the_server(
    browser: Client, choice: str, mark: str
) -> None:
    browser.post("/utseende/", {"theme": "light"})
    answer = browser.post("/utseende/", {"theme": choice, "next": "/prov/"})
    assert answer["Location"] == "/prov/"
    page = browser.get("/prov/").text
    assert mark in page
    assert ("data-bs-theme" in page) == bool(mark)


def test_the_appearance_never_leads_to_another_site(browser: Client) -> None:
    answer = browser.post("/utseende/", {"theme": "dark", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_login_says_the_same_for_wrong_password_and_unknown_account(
    client: Client, admin: User
) -> None:
    def said(username: str) -> str:
        answer = client.post("/logga-in/", {"username": username, "password": "fel"})
        return str(answer.context["form"].non_field_errors())

    assert said(admin.username) == said("finns.inte") != ""


def test_logging_out_says_so_and_closes_the_pages(browser: Client) -> None:
    assert "Du är utloggad" in browser.post("/logga-ut/").text
    assert browser.get("/prov/")["Location"] == "/logga-in/?next=/prov/"
