"""What the log and the metrics tell of a request: ids, never a name or what somebody searched for."""

import json
import logging
import logging.config
import runpy
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from governance.actions import objekt as objekt_actions
from governance.models import Gesture
from roles.middleware import GrantsOfToday
from tests.factories import make_admin, make_objekt, make_user

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-the-tests-long-enough"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """Log as in production, into a text."""
    monkeypatch.setenv("SECRET_KEY", "a-key-of-the-tests-that-is-long-enough-to-be-taken-as-one")
    monkeypatch.setenv("ALLOWED_HOSTS", "regit.example.se")
    monkeypatch.setenv("DATABASE_URL", "postgresql:///nowhere")
    text, before = StringIO(), (logging.root.level, list(logging.root.handlers))
    made = runpy.run_module("regit.settings.production")["LOGGING"]
    made["handlers"]["stderr"]["stream"] = text
    logging.config.dictConfig(made)
    yield text
    logging.root.setLevel(before[0])
    logging.root.handlers[:] = before[1]


def said(lines: StringIO, message: str) -> list[dict[str, Any]]:
    """Return the lines with a message."""
    found = [json.loads(line) for line in lines.getvalue().splitlines()]
    return [line for line in found if line["message"] == message]


def test_a_request_is_logged_by_ids_without_what_was_searched_for(
    client: Client, lines: StringIO
) -> None:
    person = make_user("berit.hemlig")
    client.force_login(person)

    response = client.get("/system/", {"q": "Söktordet"}, headers={"X-Request-ID": "proxy-0042"})

    (line,) = said(lines, "request")
    assert (line["view"], line["path"]) == ("governance:system_list", "/system/")
    assert (line["status"], line["user_id"]) == (200, person.pk)
    assert line["request_id"] == response["X-Request-ID"] == "proxy-0042"
    assert "hemlig" not in lines.getvalue().casefold()
    assert "Söktordet" not in lines.getvalue()


def test_a_refusal_is_logged_without_the_search_words_too(client: Client, lines: StringIO) -> None:
    client.force_login(make_user())

    client.get("/finns-inte/", {"q": "Söktordet"})

    (line,) = said(lines, "Not Found: /finns-inte/")
    assert line["level"] == "WARNING"
    assert line["request_id"] == said(lines, "request")[0]["request_id"]
    assert "ktordet" not in lines.getvalue()


def test_a_request_id_that_could_forge_a_line_is_replaced(client: Client) -> None:
    for hostile in ("x" * 65, 'a"b,{}:cdefgh', "", "åäöåäöåäö"):
        given = client.get("/logga-in/", headers={"X-Request-ID": hostile})["X-Request-ID"]
        assert given != hostile
        assert len(given) == 32


def test_a_gesture_is_logged_when_it_is_committed_with_its_id_and_who(
    lines: StringIO, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    admin, objekt = make_admin(), make_objekt()

    with django_capture_on_commit_callbacks(execute=True):
        objekt_actions.change(admin, objekt, description="Något nytt", reason="Hemlig anledning")

    gesture = Gesture.objects.get(kind="change")
    (line,) = said(lines, "gesture")
    assert line["gesture_id"] == str(gesture.pk)
    assert (line["kind"], line["actor_id"]) == ("change", admin.pk)
    assert "Hemlig" not in lines.getvalue()


@pytest.mark.parametrize("token", ["", TOKEN])
def test_metrics_count_what_was_asked_and_need_neither_database_nor_rights_of_today(
    token: str,
    client: Client,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Any,
) -> None:
    settings.METRICS_ADDRESS, settings.METRICS_TOKEN = "127.0.0.1:9101", token
    settings.SECURE_SSL_REDIRECT, settings.SESSION_IDLE = True, timedelta(minutes=5)
    client.get("/logga-in/", secure=True)
    monkeypatch.setattr(GrantsOfToday, "done_for", None)
    client.cookies["sessionid"] = "abcdefghijklmnopqrstuvwxyz123456"

    with django_assert_num_queries(0):
        answer = client.get(
            "/metrics",
            headers={"Host": "10.0.0.7:9101", "Authorization": f"Bearer {token}"},
            SERVER_PORT="9101",
        )

    assert answer["Content-Type"].startswith("text/plain")
    assert b'regit_requests_total{method="GET",status="200",view="login"}' in answer.content


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer nonsense", f"bearer {TOKEN}", TOKEN])
def test_metrics_with_a_token_are_for_nobody_else(
    given: str, client: Client, settings: Any
) -> None:
    settings.METRICS_ADDRESS, settings.METRICS_TOKEN = "127.0.0.1:9101", TOKEN

    headers = {"Authorization": given}
    assert client.get("/metrics", headers=headers, SERVER_PORT="9101").status_code == 404


@pytest.mark.parametrize("address", ["", "127.0.0.1:9101"])
def test_metrics_and_the_register_have_each_their_own_address(
    address: str, client: Client, settings: Any
) -> None:
    settings.METRICS_ADDRESS = address

    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Host": "testserver:9101"}).status_code == 404
    for path in ("/logga-in/", "/", "/healthz", "/metrics/"):
        if address:
            assert client.get(path, SERVER_PORT="9101").text == "not found\n"
    assert client.get("/logga-in/").status_code == 200


def test_an_unknown_host_is_a_line_and_no_alarm(client: Client, lines: StringIO) -> None:
    assert client.get("/", headers={"Host": "nagon.annan.example"}).status_code == 400

    (line,) = [n for n in map(json.loads, lines.getvalue().splitlines()) if "annan" in n["message"]]
    assert (line["level"], line["logger"]) == ("WARNING", "django.security.DisallowedHost")
    assert "exc_info" not in line
