"""Pages of gestures by where the last one ended, not by number: as fast far back as at the top."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict

from governance.models import Gesture

SIZE = 50
OLDER, NEWER = "fore", "efter"

Rows = Callable[[str, Gesture | None, int], list[Gesture]]
"""Returns at most so many gestures: those older or newer than one, nearest first, or the newest."""


@dataclass(frozen=True)
class Page:
    """Gestures, newest first, and the addresses of what is older and newer; empty is none."""

    gestures: list[Gesture]
    older: str = ""
    newer: str = ""


def page(rows: Rows, params: QueryDict, size: int = SIZE) -> Page:
    """Return the page that the address asks for; an unknown place in it is the first page."""
    back, here = place(params, NEWER), place(params, OLDER)
    if back is not None:
        newer = rows(NEWER, back, size + 1)
        found = newer[:size][::-1]
        if found:
            return Page(found, _at(params, OLDER, found[-1]), _more(newer, size, params, found[0]))
    older = rows(OLDER, here, size + 1)
    found = older[:size]
    further = _at(params, OLDER, found[-1]) if len(older) > size else ""
    return Page(found, further, _at(params, NEWER, found[0]) if here and found else "")


def rows_of(gestures: QuerySet[Gesture]) -> Rows:
    """Return what fetches a page's rows from a queryset."""

    def rows(turn: str, here: Gesture | None, limit: int) -> list[Gesture]:
        found = TURNS[turn](gestures, here.at, here.pk) if here else gestures
        return list(in_order(found, turn)[:limit])

    return rows


def in_order(gestures: QuerySet[Gesture], turn: str) -> QuerySet[Gesture]:
    """Sort gestures from a place on: upwards towards what is newer, else downwards."""
    return gestures.order_by("at", "id") if turn == NEWER else gestures.order_by("-at", "-id")


def until(gestures: QuerySet[Gesture], at: Any, pk: Any) -> QuerySet[Gesture]:
    """Return what is older than the gesture of this moment and id."""
    return gestures.filter(Q(at__lt=at) | Q(id__lt=pk), at__lte=at)


def after(gestures: QuerySet[Gesture], at: Any, pk: Any) -> QuerySet[Gesture]:
    """Return what is newer than the gesture of this moment and id."""
    return gestures.filter(Q(at__gt=at) | Q(id__gt=pk), at__gte=at)


TURNS = {OLDER: until, NEWER: after}


def place(params: QueryDict, name: str) -> Gesture | None:
    """Return the gesture that the address names as its place."""
    try:
        pk = UUID(params.get(name, ""))
    except ValueError:
        return None
    return Gesture.objects.filter(pk=pk).first()


def _more(rows: list[Any], size: int, params: QueryDict, first: Gesture) -> str:
    return _at(params, NEWER, first) if len(rows) > size else ""


def _at(params: QueryDict, name: str, gesture: Gesture) -> str:
    query = params.copy()
    query.pop(OLDER, None)
    query.pop(NEWER, None)
    query[name] = str(gesture.pk)
    return query.urlencode()
