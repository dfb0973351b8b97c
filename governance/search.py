"""Search: matches without regard to å, ä, ö and accents, ranks the exact spelling first."""

import unicodedata
from collections.abc import Iterable
from typing import Any, TypeVar, cast

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When

from governance.models.base import fold

M = TypeVar("M", bound=Model)


def terms(text: str) -> list[str]:
    """Return the words of a search as typed, in NFC and lower case; at most ten."""
    return unicodedata.normalize("NFC", text).lower().replace("\x00", "").split()[:10]


def matches(text: str, prefix: str = "") -> Q:
    """Select rows whose search column holds every word. Always `contains`: icontains misses the index."""
    found = Q()
    for word in terms(text):
        found &= Q(**{f"{prefix}search_fold__contains": fold(word)})
    return found


def search(queryset: QuerySet[M], text: str, also: Iterable[Any] = ()) -> QuerySet[M]:
    """Narrow to what matches, exact spelling first.

    `also` holds functions word → Q for matches by way of other things (supplier, people): a word may
    match here or there.
    """
    words = terms(text)
    for word in words:
        here = Q(search_fold__contains=fold(word))
        for elsewhere in also:
            here |= elsewhere(word)
        queryset = queryset.filter(here)
    if not words:
        return queryset
    exact = Q()
    for word in words:
        exact &= Q(search_text__contains=word)
    starts = Q(search_text__startswith=words[0])
    rank = Case(
        When(exact & starts, then=Value(0)),
        When(exact, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    ranked = queryset.annotate(search_rank=rank)
    return cast(QuerySet[M], ranked.order_by("search_rank", "sort_key", "pk"))
