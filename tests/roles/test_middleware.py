"""The first request of a day brings the calendar's changes into the grants."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.models import Forvaltningsobjekt
from roles import assignments, grants
from roles.middleware import GrantsOfToday
from roles.models import GrantDay, User
from tests import factories as make

pytestmark = pytest.mark.django_db


class Calendar:
    """Lets days pass."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch, self.day = monkeypatch, timezone.localdate()

    def turn_to(self, day: date) -> None:
        self.day = day
        self.monkeypatch.setattr(timezone, "localdate", lambda *_a, **_k: self.day)


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    monkeypatch.setattr(GrantsOfToday, "done_for", None)
    return Calendar(monkeypatch)


@pytest.fixture
def objekt() -> Forvaltningsobjekt:
    """An utkast, where a mandatory role may end by the calendar."""
    return make.make_objekt("Elevadministration")


def status_of(client: Client, objekt: Forvaltningsobjekt) -> int:
    """Ask for a page that takes the mandate of a förvaltningsledare."""
    url = reverse("roles:appoint", args=[objekt.pk, "systemforvaltare"])
    return int(client.get(url).status_code)


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_role_that_ended_yesterday_gives_no_right_at_the_first_request_of_today(
    calendar: Calendar, objekt: Forvaltningsobjekt
) -> None:
    today = calendar.day
    lars, karin = make.make_user("lars.nystrom"), make.make_user("karin.oberg")
    make.appoint(objekt, "forvaltningsledare", lars, valid_to=today)
    make.appoint(objekt, "forvaltningsledare", karin, valid_from=today + timedelta(days=1))
    old, new = logged_in(lars), logged_in(karin)
    assert (status_of(old, objekt), status_of(new, objekt)) == (200, 403)
    calendar.turn_to(today + timedelta(days=1))  # midnight passes in one process
    assert (status_of(old, objekt), status_of(new, objekt)) == (403, 200)
    assert not grants.check(calendar.day)


def test_a_substitute_comes_and_goes_by_the_calendar_over_several_days(
    calendar: Calendar, objekt: Forvaltningsobjekt
) -> None:
    today = calendar.day
    leader = make.appoint(objekt, "forvaltningsledare", make.make_user())
    malin = make.make_user("malin.holm")
    assignments.substitute(
        None,
        leader,
        malin,
        valid_from=today + timedelta(days=2),
        valid_to=today + timedelta(days=4),
    )
    client = logged_in(malin)
    seen = []
    for days in (0, 1, 2, 4, 5):
        calendar.turn_to(today + timedelta(days=days))
        seen.append(status_of(client, objekt))
    assert seen == [403, 403, 200, 200, 403]


def test_days_without_any_request_are_made_good(
    calendar: Calendar, objekt: Forvaltningsobjekt
) -> None:
    lars = make.make_user()
    make.appoint(objekt, "forvaltningsledare", lars, valid_to=calendar.day + timedelta(days=3))
    client = logged_in(lars)
    assert status_of(client, objekt) == 200
    calendar.turn_to(calendar.day + timedelta(days=30))
    assert status_of(client, objekt) == 403


def test_a_process_asks_once_a_day(calendar: Calendar) -> None:
    client = Client()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/logga-in/")
        return sum("roles_grantday" in q["sql"] for q in queries)

    assert asked() > 0
    assert asked() == 0
    calendar.turn_to(calendar.day + timedelta(days=1))
    assert asked() > 0
    assert GrantDay.objects.get().day == calendar.day


def test_a_failure_is_tried_again_at_the_next_request(
    calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any) -> None:
        raise RuntimeError("database away")

    client = Client(raise_request_exception=False)
    with monkeypatch.context() as patched:
        patched.setattr(grants, "bring_up_to_date", fail)
        assert client.get("/logga-in/").status_code == 500
    assert GrantsOfToday.done_for is None
    assert client.get("/logga-in/").status_code == 200
    assert GrantsOfToday.done_for == calendar.day


def test_a_day_when_nothing_begins_or_ends_is_noted_without_looking_through_the_grants(
    calendar: Calendar, objekt: Forvaltningsobjekt
) -> None:
    make.appoint(objekt, "forvaltningsledare", make.make_user())
    client = Client()
    client.get("/logga-in/")
    calendar.turn_to(calendar.day + timedelta(days=1))
    with CaptureQueriesContext(connection) as queries:
        client.get("/logga-in/")
    assert not [q["sql"] for q in queries if "roles_objektgrant" in q["sql"]]
    assert GrantDay.objects.get().day == calendar.day
