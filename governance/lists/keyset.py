"""Pages of gestures by where the last one ended, not by number: as fast far back as at the top."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict

from governance.models import Gesture

SIZE = 50
OLDER, NEWER = "fore", "efter"


@dataclass(frozen=True)
class Page:
    """Gestures, newest first, and the addresses of what is older and newer; empty is none."""

    gestures: list[Gesture]
    older: str = ""
    newer: str = ""


def page(gestures: QuerySet[Gesture], params: QueryDict, size: int = SIZE) -> Page:
    """Return the page that the address asks for; an unknown place in it is the first page."""
    back, here = place(params, NEWER), place(params, OLDER)
    if back is not None:
        rows = list(after(gestures, back).order_by("at", "id")[: size + 1])
        found = rows[:size][::-1]
        if found:
            return Page(found, _at(params, OLDER, found[-1]), _more(rows, size, params, found[0]))
    rows = list((until(gestures, here) if here else gestures).order_by("-at", "-id")[: size + 1])
    found = rows[:size]
    older = _at(params, OLDER, found[-1]) if len(rows) > size else ""
    return Page(found, older, _at(params, NEWER, found[0]) if here and found else "")


def until(gestures: QuerySet[Gesture], last: Gesture) -> QuerySet[Gesture]:
    """Return what is older than a gesture."""
    return gestures.filter(Q(at__lt=last.at) | Q(id__lt=last.pk), at__lte=last.at)


def after(gestures: QuerySet[Gesture], first: Gesture) -> QuerySet[Gesture]:
    """Return what is newer than a gesture."""
    return gestures.filter(Q(at__gt=first.at) | Q(id__gt=first.pk), at__gte=first.at)


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
