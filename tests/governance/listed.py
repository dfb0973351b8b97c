"""What a list holds, for whom."""

from typing import Any

from django.http import QueryDict

from governance.lists.filters import objekt_filter, system_filter
from roles.models import User


def systems(user: User | None, query: str = "") -> list[str]:
    return [s.name for s in system_filter(user, QueryDict(query)).queryset]


def objects(user: User | None, query: str = "") -> list[str]:
    return [o.name for o in objekt_filter(user, QueryDict(query)).queryset]


def numbers(listing: Any, name: str) -> dict[str, str]:
    listing.count()
    return dict(listing.fields[name].widget.choices)
