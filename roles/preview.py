"""What an action would do, found by doing it and taking it back: no rule is written twice."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from roles.consequences import Consequence, Hold, consequences
from roles.models import RoleAssignment

T = TypeVar("T")


def holds(objects: Iterable[int]) -> list[Hold]:
    """Return who has which role's mandates on these objects, whenever, substitutes included."""
    found: list[Hold] = []
    rows = RoleAssignment.objects.filter(objekt__in=list(objects))
    for a in rows.select_related("person", "namnd", "system").prefetch_related(
        "substitutions__person"
    ):
        found.append(Hold(a.holder, a.role, a.valid_from, a.valid_to, a.system))
        found += [
            Hold(s.person, a.role, s.valid_from, s.valid_to, a.system)
            for s in a.substitutions.all()
        ]
    return [hold for hold in found if getattr(hold.party, "is_active", True)]


def taken_back(action: Callable[[], T]) -> T:
    """Carry the action out and take it all back. Raises whatever the action raises."""
    with transaction.atomic():
        result = action()
        transaction.set_rollback(True)
    return result


def preview(objects: Iterable[int], action: Callable[[], Any]) -> list[Consequence]:
    """Return who would gain and lose what on the objects. Raises whatever the action raises."""
    objects = list(objects)

    def pictures() -> tuple[list[Hold], list[Hold]]:
        before = holds(objects)
        action()
        return before, holds(objects)

    return consequences(*taken_back(pictures), timezone.localdate())
