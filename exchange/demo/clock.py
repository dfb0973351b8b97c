"""A clock that can be set back, so that the demo municipality has a past."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from unittest import mock

from django.db import connection
from django.db.models import ForeignKey, Model
from django.utils import timezone

from governance import mailing

SATURDAY = 5


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let everything in the block happen at `moment`: gestures, history rows, today's date.

    Only for loading examples: Django's own clock is replaced in this process meanwhile.
    """
    with mock.patch.object(timezone, "now", return_value=moment):
        yield


@contextmanager
def without_letters() -> Iterator[None]:
    """Let what happens in the block write to nobody: the people of the examples have no mailbox."""
    with mock.patch.object(mailing, "send", return_value=None):
        yield


@contextmanager
def in_one_go() -> Iterator[None]:
    """Let what happens in the block be written without the care that somebody at a page needs.

    The database alone holds constraints, keys and unique values: otherwise each is asked about
    before the write too, a query apiece, for the sake of a sentence that nobody would read here.
    And no step can be taken back by itself, so none is marked with a savepoint.
    """
    with (
        mock.patch.object(Model, "validate_constraints", return_value=None),
        mock.patch.object(Model, "validate_unique", return_value=None),
        mock.patch.object(ForeignKey, "validate", return_value=None),
        mock.patch.object(connection.features, "uses_savepoints", False),
    ):
        yield


def workday(day: date) -> date:
    """Return the day, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - SATURDAY + 1, 0))
