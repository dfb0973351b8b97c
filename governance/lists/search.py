"""Search: matches without regard to å, ä, ö and accents, ranks the exact spelling first."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from django.db.models import Case, F, IntegerField, Model, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

from governance.models.base import fold

M = TypeVar("M", bound=Model)
WORDS = 10


def terms(text: str) -> list[str]:
    """Return the words of a search as typed, in NFC and lower case; at most ten."""
    return unicodedata.normalize("NFC", text).lower().replace("\x00", "").split()[:WORDS]


def matches(text: str, prefix: str = "") -> Q:
    """Select rows whose search column holds every word. Always `contains`: icontains misses the index."""
    found = Q()
    for word in terms(text):
        found &= Q(**{f"{prefix}search_fold__contains": fold(word)})
    return found


def found(queryset: QuerySet[M], text: str, also: Iterable[Callable[[str], Q]] = ()) -> QuerySet[M]:
    """Narrow to what matches every word: here, or by way of other things (supplier, people).

    `also` holds functions word → Q for those; each word may match in another place.
    """
    ways = list(also)
    for word in terms(text):
        queryset = queryset.filter(
            _any(queryset.model, Q(search_fold__contains=fold(word)), word, ways)
        )
    return queryset


def _any(model: type[Model], here: Q, word: str, ways: Iterable[Callable[[str], Q]]) -> Q:
    """Select what one of the ways finds: a union of ids, each found by its own index.

    As one condition with OR, PostgreSQL reads the whole table.
    """
    branches = [here]
    for elsewhere in ways:
        found_there = elsewhere(word)
        apart = found_there.connector == Q.OR and not found_there.negated
        branches += [Q(child) for child in found_there.children] if apart else [found_there]
    if len(branches) == 1:
        return here
    rows = model._default_manager.order_by()
    first, *others = (rows.filter(branch).values("pk") for branch in branches)
    return Q(pk__in=first.union(*others))


def rank(text: str) -> Case:
    """Number how well a row matches: the name first, and the exact spelling before the folded.

    "oberg" finds Öberg and Oberg alike; "öberg" puts Öberg first. The search columns begin with
    the name on a line of its own.
    """
    words = terms(text)
    levels: list[Q] = []
    for column, spelled in (("search_text", words), ("search_fold", [fold(w) for w in words])):
        phrase, holds = " ".join(spelled), Q()
        for word in spelled:
            holds &= Q(**{f"{column}__contains": word})
        levels += [
            Q(**{column: phrase}) | Q(**{f"{column}__startswith": f"{phrase}\n"}),
            Q(**{f"{column}__startswith": phrase}),
            holds,
        ]
    whens = [When(level, then=Value(number)) for number, level in enumerate(levels)]
    return Case(*whens, default=Value(len(levels)), output_field=IntegerField())


def unindexed(column: str) -> Combinable:
    """Return the column as something to sort by that no index offers.

    PostgreSQL otherwise walks the sorted index in the hope of soon meeting the few rows that match.
    """
    return Concat(F(column), Value("", TextField()), output_field=TextField())


def search(
    queryset: QuerySet[M], text: str, also: Iterable[Callable[[str], Q]] = ()
) -> QuerySet[M]:
    """Narrow to what matches, best first; `also` as in `found`. An empty text changes nothing."""
    if not terms(text):
        return queryset
    ranked: QuerySet[Any] = found(queryset, text, also).annotate(search_rank=rank(text))
    return cast(QuerySet[M], ranked.order_by("search_rank", unindexed("sort_key"), "pk"))
