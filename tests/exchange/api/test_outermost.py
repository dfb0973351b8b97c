"""What is refused before the API is reached is told to programs as programs read, to people as a page."""

import pytest
from django.db import OperationalError
from django.test import Client
from psycopg.errors import QueryCanceled

from roles import grants
from roles.middleware import GrantsOfToday

pytestmark = pytest.mark.django_db
PROBLEM, PAGE = "application/problem+json", "text/html; charset=utf-8"


@pytest.mark.parametrize(("path", "kind"), [("/api/v1/objekt", PROBLEM), ("/objekt/", PAGE)])
def test_an_unknown_host_and_an_encoding_that_is_none_of_ours(path: str, kind: str) -> None:
    client = Client()
    for answer in (
        client.get(path, headers={"Host": "nagon.annan.example"}),
        client.post(path, b"x", content_type="text/plain; charset=utf-16"),
    ):
        assert (answer.status_code, answer["Content-Type"]) == (400, kind)


@pytest.mark.parametrize(("path", "kind"), [("/api/v1/objekt", PROBLEM), ("/objekt/", PAGE)])
@pytest.mark.parametrize(
    ("error", "status", "wait"),
    [
        (OperationalError("away"), 503, "60"),
        (OperationalError("busy"), 503, "5"),
        (RuntimeError("secret"), 500, None),
    ],
)
def test_a_fault_outside_the_api(
    path: str,
    kind: str,
    error: Exception,
    status: int,
    wait: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if str(error) == "busy":
        error.__cause__ = QueryCanceled()

    def fail(*_args: object) -> None:
        raise error

    monkeypatch.setattr(GrantsOfToday, "done_for", None)
    monkeypatch.setattr(grants, "bring_up_to_date", fail)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "abcdefghijklmnopqrstuvwxyz123456"

    answer = client.get(path)

    assert (answer.status_code, answer["Content-Type"]) == (status, kind)
    assert answer.get("Retry-After") == wait
    assert (b"pptaget" in answer.content) == (wait == "5")
    assert b"secret" not in answer.content
    if kind == PROBLEM:
        assert answer.json()["status"] == status
