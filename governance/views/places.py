"""Where a form leads when it is saved, and what its address names."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from governance.access import visible
from governance.models import Informationssystem
from governance.views.editing import Done

M = TypeVar("M", bound=Model)


def on_system(system: Informationssystem, message: str, part: str) -> Done:
    """Lead back to a part of the system's page, with the entry in its history."""
    return Done(
        message,
        f"{system.get_absolute_url()}#{part}",
        reverse("governance:system_history", args=[system.pk]),
    )


def named(request: HttpRequest, name: str, rows: QuerySet[M]) -> M | None:
    """Return the thing that the address names after the question mark; nothing when it names none.

    Raises Http404 for one that is not among the rows, or that the reader may not know of.
    """
    asked = request.GET.get(name)
    if not asked:
        return None
    found = visible(request.user, rows).filter(pk=asked).first() if asked.isdecimal() else None
    if found is None:
        raise Http404
    return found
