"""What every test shares."""

import os
from typing import Any

import pytest
from django.core.management.color import Style
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import timezone
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from tests.database import copy_migrated

# Playwright keeps an event loop in the test's thread, and Django then refuses the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# An example takes as long as the database takes; what CI finds, everybody can find again.
settings.register_profile("regit", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("regit")


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


@pytest.fixture(autouse=True, scope="session")
def _flush_past_append_only_triggers() -> None:
    """Let a transactional test empty the tables at its end: history refuses TRUNCATE otherwise."""
    flush = DatabaseOperations.sql_flush

    def sql_flush(self: DatabaseOperations, style: Style, tables: Any, **options: Any) -> list[str]:
        statements = flush(self, style, tables, **options)
        return ["SET LOCAL session_replication_role = replica;", *statements] if statements else []

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[assignment,method-assign]


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
