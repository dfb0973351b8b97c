"""Querysets of tracked models: what would write past the history is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NoReturn, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)

_recorded: ContextVar[bool] = ContextVar("recorded", default=False)


class Untracked(RuntimeError):
    """A bulk write that would leave no history: a defect in the calling code."""


@contextmanager
def recorded_by_caller() -> Iterator[None]:
    """Allow bulk writes in the block: the caller writes their history. For governance/bulk.py only."""
    token = _recorded.set(True)
    try:
        yield
    finally:
        _recorded.reset(token)


def _refuse(what: str) -> NoReturn:
    raise Untracked(f"{what} leaves no history: use the functions of governance/bulk.py")


class TrackedQuerySet(models.QuerySet[M]):
    """A queryset that refuses update, bulk_create, bulk_update and delete outside the helpers."""

    def update(self, **kwargs: Any) -> int:
        """Update rows; only where the history is written by the caller."""
        if not _recorded.get():
            _refuse("update()")
        return super().update(**kwargs)

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[M]:
        """Create rows; only where the history is written by the caller."""
        if not _recorded.get():
            _refuse("bulk_create()")
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        """Update rows; only where the history is written by the caller."""
        if not _recorded.get():
            _refuse("bulk_update()")
        return super().bulk_update(*args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused: one is deleted at a time, each with its history row."""
        _refuse("delete()")


TrackedManager = models.Manager.from_queryset(TrackedQuerySet)
