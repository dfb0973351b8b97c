"""A clock that can be set back, so that the demo municipality has a past."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from django.utils import timezone

from governance import mailing


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
