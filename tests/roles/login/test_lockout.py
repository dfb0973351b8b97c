"""Too many wrong passwords close an account, and an address, for a while."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from roles import people
from roles.login.lockout import client_address
from roles.models import User
from tests.factories import PASSWORD, make_admin, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/logga-in/"


def attempt(username: str, word: str = "fel", client: Client | None = None, **of: Any) -> Any:
    """Try to log in from a browser of its own, or the one given."""
    return (client or Client()).post(LOGIN, {"username": username, "password": word}, **of)


def fail(username: str, times: int, **of: Any) -> None:
    for _ in range(times):
        attempt(username, **of)


@pytest.fixture
def eva() -> User:
    return make_user("eva.lund")


def test_the_fifth_wrong_password_closes_the_account_and_says_what_to_do(eva: User) -> None:
    fail(eva.username, 4)
    assert AccessAttempt.objects.get().failures_since_start == 4
    answer = attempt(eva.username)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "Vänta 15 minuter" in answer.text
    assert "Administratör" in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_a_name_longer_than_any_account_is_counted_like_every_other() -> None:
    assert attempt("x" * 10_000).status_code == 200
    fail("x" * 10_000, 3)
    assert AccessAttempt.objects.get().failures_since_start == 4
    assert attempt("x" * 10_000).status_code == 429


def test_a_closed_account_refuses_the_right_password_from_every_address(eva: User) -> None:
    fail(eva.username, 5, REMOTE_ADDR="192.0.2.1")
    client = Client()
    answer = attempt(eva.username, PASSWORD, client, REMOTE_ADDR="198.51.100.9")
    assert answer.status_code == 429
    assert "_auth_user_id" not in client.session


def test_others_at_the_same_address_are_let_in(eva: User) -> None:
    fail(eva.username, 6)
    assert attempt(make_user("lars.nystrom").username, PASSWORD).status_code == 302


def test_four_wrong_and_one_right_begin_afresh(eva: User) -> None:
    for _ in range(2):
        fail(eva.username, 4)
        assert attempt(eva.username, PASSWORD).status_code == 302


def test_an_address_that_guesses_at_many_accounts_is_closed(eva: User, settings: Any) -> None:
    settings.LOGIN_FAILURES_PER_ADDRESS = 8
    guesser: dict[str, Any] = {"REMOTE_ADDR": "192.0.2.1"}
    elsewhere: dict[str, Any] = {"REMOTE_ADDR": "192.0.2.2"}
    for n in range(8):
        attempt(f"person{n}", **guesser)
    assert attempt(eva.username, PASSWORD, **guesser).status_code == 429
    assert attempt(eva.username, PASSWORD, **elsewhere).status_code == 302


def test_an_own_account_does_not_clear_the_address_for_guessing_on(
    eva: User, settings: Any
) -> None:
    settings.LOGIN_FAILURES_PER_ADDRESS = 8
    for n in range(7):
        attempt(f"person{n}")
    assert attempt(eva.username, PASSWORD).status_code == 302
    attempt("person8")
    assert attempt(eva.username, PASSWORD).status_code == 429


def test_it_opens_again_after_a_while_however_often_somebody_knocks(eva: User) -> None:
    fail(eva.username, 5)
    before = AccessAttempt.objects.get().attempt_time
    fail(eva.username, 3)
    assert AccessAttempt.objects.get().attempt_time == before
    past = timezone.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1)
    AccessAttempt.objects.update(attempt_time=past)
    assert attempt(eva.username, PASSWORD).status_code == 302


def test_what_is_counted_lies_in_the_database_and_not_in_the_process() -> None:
    assert settings.AXES_HANDLER == "roles.login.lockout.Lockout"
    fail("finns.inte", 1)
    row = AccessAttempt.objects.get()
    assert (row.username, row.failures_since_start) == ("finns.inte", 1)
    assert "fel" not in row.post_data, "no password, not even a wrong one"


def test_a_command_unlocks(eva: User) -> None:
    fail(eva.username, 5)
    call_command("axes_reset_username", eva.username)
    assert attempt(eva.username, PASSWORD).status_code == 302


def test_an_administrator_reads_attempts_and_unlocks(eva: User) -> None:
    fail(eva.username, 5, REMOTE_ADDR="192.0.2.1")
    fail("annan.person", 5, REMOTE_ADDR="192.0.2.7")
    admin = Client()
    admin.force_login(make_admin())
    url = reverse("admin:axes_accessattempt_changelist")
    page = admin.get(url).text
    assert "192.0.2.1" in page
    row = AccessAttempt.objects.get(username=eva.username)
    one = admin.get(reverse("admin:axes_accessattempt_change", args=[row.pk])).text
    for text in (page, one):
        assert "isslyckade inloggningar" in text
        assert "access attempt" not in text.lower()
    assert admin.post(reverse("admin:axes_accessattempt_delete", args=[row.pk])).status_code == 403
    admin.post(url, {"action": "unlock", "_selected_action": [row.pk]})
    assert attempt(eva.username, PASSWORD).status_code == 302
    assert AccessAttempt.objects.get().username == "annan.person"


def test_guessing_the_old_password_in_an_open_session_closes_the_account_too(eva: User) -> None:
    client = Client()
    client.force_login(eva)
    new = {"new_password1": "fyra gröna hästar i regn", "new_password2": "fyra gröna hästar i regn"}
    for _ in range(4):
        assert client.post("/losenord/", {**new, "old_password": "fel"}).status_code == 200
    assert client.post("/losenord/", {**new, "old_password": "fel"}).status_code == 429
    kept = AccessAttempt.objects.get().post_data
    assert "fel" not in kept
    assert new["new_password1"] not in kept, "nor the password that was about to be chosen"
    assert client.post("/losenord/", {**new, "old_password": PASSWORD}).status_code == 429
    AccessAttempt.objects.all().delete()
    assert client.post("/losenord/", {**new, "old_password": PASSWORD}).status_code == 302
    assert attempt(eva.username, new["new_password1"]).status_code == 302


@pytest.fixture
def hashings(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Return the number of passwords hashed since it was last asked."""
    calls: list[int] = []
    encode = MD5PasswordHasher.encode

    def counted(*args: Any) -> str:
        calls.append(1)
        return encode(*args)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)

    def since() -> int:
        number = len(calls)
        calls.clear()
        return number

    return since


def said(answer: HttpResponse, username: str) -> tuple[int, str]:
    """Return what the visitor sees, without what is the visitor's own."""
    lines = [line for line in answer.text.splitlines() if "csrfmiddlewaretoken" not in line]
    return answer.status_code, "\n".join(lines).replace(username, "…")


def test_nobody_learns_which_accounts_exist_by_answer_or_by_work(
    eva: User, hashings: Callable[[], int]
) -> None:
    waiting = people.create(
        None, username="ny.person", first_name="Ny", last_name="Person", email="ny@example.se"
    )
    gone, left = make_user("har.slutat"), make_user("har.lamnat")
    for person in (gone, left):
        people.set_active(None, person, False, reason="Slutat")
    cases = [
        (eva.username, "fel"),
        ("finns.inte", "fel"),
        (waiting.username, "fel"),
        (gone.username, "fel"),
        (left.username, PASSWORD),
    ]
    hashings()
    for number in range(1, 7):  # to the lockout and past it
        seen = set()
        for username, password in cases:
            answer = attempt(username, password)
            seen.add((*said(answer, username), hashings()))
        assert len(seen) == 1, f"attempt {number}"
        status, _page, work = seen.pop()
        assert (status, work) == ((200, 1) if number < 5 else (429, 1 if number == 5 else 0))


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "found"),
    [
        (0, "192.0.2.1", "203.0.113.5", "192.0.2.1"),
        (1, "10.0.0.1", "203.0.113.5", "203.0.113.5"),
        (1, "10.0.0.1", "198.51.100.1, 203.0.113.5", "203.0.113.5"),
        (2, "10.0.0.1", "198.51.100.1, 203.0.113.5, 10.0.0.2", "203.0.113.5"),
        (2, "10.0.0.1", "203.0.113.5", None),
        (1, "10.0.0.1", "", None),
        (0, "", "", None),
        (0, "2001:db8:1:2:aaaa::1", "", "2001:db8:1:2::"),
        (0, "::ffff:192.0.2.1", "", "192.0.2.1"),
    ],
)
def test_an_address_is_believed_as_far_as_the_own_proxies_wrote_it(
    settings: Any, proxies: int, remote: str, forwarded: str, found: str | None
) -> None:
    settings.PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get(LOGIN, REMOTE_ADDR=remote, headers=headers)
    assert client_address(request) == found


def test_visitors_without_an_address_do_not_close_for_each_other(eva: User, settings: Any) -> None:
    settings.LOGIN_FAILURES_PER_ADDRESS = 3
    for n in range(4):
        attempt(f"person{n}", REMOTE_ADDR="")
    assert attempt(eva.username, PASSWORD, REMOTE_ADDR="").status_code == 302
