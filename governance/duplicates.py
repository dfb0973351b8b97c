"""Systems that may be the same: equal or near names, told only of systems the person may know of."""

from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q

from governance import access
from governance.models import Informationssystem
from governance.models.base import fold, folded

NEAR = 0.5
"""Similarity (pg_trgm) from which two names are near: "Procapita" and "Procapita Elev"."""
SHORTEST = 3
SHOWN = 5


class Similar(NamedTuple):
    """A system that may be the same one; `same` when a name is equal but for case and accents."""

    system: Informationssystem
    same: bool


def key(name: str) -> str:
    """Return a name without case, accents and extra spaces."""
    return fold(" ".join(name.split()))


def similar(
    user: access.Person, names: Iterable[str], *, besides: int | None = None
) -> list[Similar]:
    """Return visible systems with the same or a near name (own or other), likest first.

    `names` are the name and other names of what is being registered; `besides` is its own id.
    """
    keys = [k for k in map(key, names) if k]
    if not keys:
        return []
    wanted = Q(likeness__gte=NEAR) if len(keys[0]) >= SHORTEST else Q(likeness__gte=1)
    for one in keys:
        wanted |= Q(search_fold__contains=one)
    rows = access.visible(user, Informationssystem.objects.select_related("objekt"))
    likest = (
        rows.exclude(pk=besides or 0)
        .annotate(likeness=TrigramSimilarity(folded("name"), keys[0]))
        .filter(wanted)
        .order_by("-likeness", "sort_key", "pk")
    )
    found = [Similar(s, bool(_keys(s).intersection(keys))) for s in likest[:100]]
    close = [s for s in found if s.same or s.system.likeness >= NEAR]  # type: ignore[attr-defined]
    return sorted(close, key=lambda s: not s.same)[:SHOWN]


def _keys(system: Informationssystem) -> set[str]:
    return {key(name) for name in (system.name, *system.other_name_list())}
