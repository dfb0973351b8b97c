"""Register, change and remove things that carry no rules beyond their own fields."""

from typing import Any, TypeVar

from django.db import transaction

from governance.access import Person
from governance.actions.base import assign, lock, write
from governance.gestures import gesture
from governance.models.base import Tracked

T = TypeVar("T", bound=Tracked)


def create(actor: Person, thing: T, fields: dict[str, Any], reason: str) -> T:
    """Write a new thing in a gesture. The caller has checked the right."""
    with gesture(actor, "create", reason):
        assign(thing, fields)
        return write(thing)


def change(actor: Person, thing: T, fields: dict[str, Any], version: int | None, reason: str) -> T:
    """Write what differs in a gesture; nothing changed is nothing written."""
    with transaction.atomic():
        fresh = lock(thing, version, fields)
        if assign(fresh, fields):
            with gesture(actor, "change", reason):
                write(fresh)
        return fresh


def remove(actor: Person, thing: Tracked, reason: str) -> None:
    """Delete a thing in a gesture; its history stays."""
    with gesture(actor, "remove", reason):
        lock(thing, None, {}).delete()
