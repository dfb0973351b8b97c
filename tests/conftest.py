"""What every test shares."""

import os
from collections.abc import Iterator

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import TransactionTestCase
from django.utils import timezone
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from tests.database import Emptied, copy_migrated

# Playwright keeps an event loop in the test's thread, and Django then refuses the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# An example takes as long as the database takes; what CI finds, everybody can find again.
settings.register_profile("regit", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("regit")


# What these prove, they prove on one server as well as on two: they bring servers of their own, or
# send through pages and the API what the tests of actions, lists and rules ask the server itself.
ONCE = (
    "deployment/",
    "exchange/api/test_bodies.py",
    "exchange/api/test_schema.py",
    "exchange/test_demo.py",
    "exchange/test_fuzz.py",
    "faults/",
    "regit/test_embedded.py",
    "regit/test_outage.py",
    "replica/",
    "test_authorisation.py",
    "test_fuzz_",
    "test_leaks.py",
    "test_leaks_steering.py",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the choice of a second run on another PostgreSQL."""
    said = "only tests whose outcome may depend on which PostgreSQL answers"
    parser.addoption("--another-server", action="store_true", help=said)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On another server, leave out what asks no database and what one server is enough for."""
    if not config.getoption("another_server"):
        return
    left_out = [item for item in items if not _asks_the_server(item)]
    items[:] = [item for item in items if _asks_the_server(item)]
    config.hook.pytest_deselected(items=left_out)


def _asks_the_server(item: pytest.Item) -> bool:
    if item.nodeid.removeprefix("tests/").startswith(ONCE):
        return False
    of_django = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    fixtures = {"db", "transactional_db"}.intersection(getattr(item, "fixturenames", ()))
    return bool(of_django or fixtures or item.get_closest_marker("django_db"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Copy the test database from a migrated one (tests/database.py): pytest-django asks here first."""
    option = request.config.getoption
    with django_db_blocker.unblock():
        copy_migrated(keep=option("reuse_db") and not option("create_db"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let a transactional test empty the tables at its end by Emptied, not by Django's own flush."""
    with django_db_blocker.unblock():
        emptied = Emptied(DatabaseOperations.sql_flush)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(DatabaseOperations, "sql_flush", lambda *a, **o: emptied(*a, **o))
        yield


@pytest.fixture(autouse=True)
def _grants_of_today_are_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a request's number of queries not depend on which test came first in the process.

    tests/roles/test_middleware.py takes this back.
    """
    from roles.middleware import GrantsOfToday

    monkeypatch.setattr(GrantsOfToday, "done_for", timezone.localdate())


@pytest.fixture(autouse=True)
def _figures_are_counted_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let figures not depend on how busy the machine is; tests/roles/test_figures.py takes this back."""
    from roles import figures

    monkeypatch.setattr(figures, "SLOW", float("inf"))
