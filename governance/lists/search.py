"""Search: matches without regard to å, ä, ö and accents, ranks the exact spelling first."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any, TypeVar, cast

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat
from django.db.models.lookups import LessThan

from governance.expressions import Array, Counted, IsOneOf
from governance.models.base import fold

M = TypeVar("M", bound=Model)
WORDS = 10
Word = str | Value
"""A word as the search columns hold it, or what stands for it in a query that is kept."""


def terms(text: str) -> list[str]:
    """Return the words of a search as typed, in NFC and lower case; at most ten."""
    return unicodedata.normalize("NFC", text).lower().replace("\x00", "").split()[:WORDS]


def folded_terms(text: str) -> list[str]:
    """Return the words of a search as the search columns hold them."""
    return [fold(word) for word in terms(text)]


def matches(text: str, prefix: str = "") -> Q:
    """Select rows whose search column holds every word. Always `contains`: icontains misses the index."""
    found = Q()
    for word in folded_terms(text):
        found &= Q(**{f"{prefix}search_fold__contains": word})
    return found


def found(
    queryset: QuerySet[M],
    words: Iterable[Word],
    also: Iterable[Callable[[Word], Q]] = (),
    *,
    often: bool = False,
) -> QuerySet[M]:
    """Narrow to what matches every folded word: here, or by way of other things (supplier, people).

    `also` holds functions word → Q for those; each word may match in another place. Where it is
    known that a word matches `often`, rows are tried one by one in their order, which soon gives
    the first of them; else each way finds its ids by its own index.
    """
    ways = list(also)
    for word in words:
        branches = _branches(word, ways)
        if often:
            either = reduce(or_, map(_of_each, branches))
        else:
            either = _one_of(queryset.model, branches)
        queryset = queryset.filter(either)
    return queryset


def hits(
    queryset: QuerySet[Any], words: Sequence[Word], also: Iterable[Callable[[Word], Q]], most: int
) -> QuerySet[Any]:
    """Return the ids of what matches, at most so many, in no order: as many as there are below that.

    No way looks for more than that, so a word that matches everywhere costs no more.
    """
    ways = list(also)
    if len(words) != 1:
        return found(queryset, words, ways).order_by().values_list("pk", flat=True)[:most]
    own, *others = (
        queryset.order_by().filter(branch).values_list("pk", flat=True)[:most]
        for branch in _branches(words[0], ways)
    )
    if not others:
        return own
    # Where the rows' own text is enough, what belongs to them is not looked at: asked once for all.
    is_room = LessThan(Counted(own), most)
    elsewhere = queryset.model._default_manager.order_by().filter(
        is_room, pk__in=others[0].union(*others[1:])
    )
    return own.union(elsewhere.values_list("pk", flat=True))[:most]


def _branches(word: Word, ways: Iterable[Callable[[Word], Q]]) -> list[Q]:
    """Return what each way selects: by the row's own text, and by that of other things."""
    branches = [Q(search_fold__contains=word)]
    for elsewhere in ways:
        found_there = elsewhere(word)
        apart = found_there.connector == Q.OR and not found_there.negated
        branches += [Q(child) for child in found_there.children] if apart else [found_there]
    return branches


def _of_each(branch: Q) -> Q:
    """Ask of one row at a time whether the text of what belongs to it matches.

    Of `IN (SELECT …)` beside an OR, PostgreSQL finds all ids before the first row. What is found
    by way of still other things, as by the names of people, is found so: there are fewer.
    """
    children: list[Any] = branch.children
    lookup, ids = children[0] if len(children) == 1 else ("", None)
    path, _sep, kind = lookup.rpartition("__")
    if kind != "in" or not isinstance(ids, QuerySet) or not hasattr(ids.model, "search_fold"):
        return branch
    (column,) = ids.query.values_select
    # Not as `=`, which PostgreSQL would turn into IN again.
    return Q(Exists(ids.filter(IsOneOf(F(column), Array(OuterRef(path))))))


def _one_of(model: type[Model], branches: list[Q]) -> Q:
    """Select what one of the branches finds: a union of ids.

    As one condition with OR, PostgreSQL reads the whole table.
    """
    if len(branches) == 1:
        return branches[0]
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
    for column, spelled in (("search_text", words), ("search_fold", folded_terms(text))):
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
    queryset: QuerySet[M], text: str, also: Iterable[Callable[[Word], Q]] = ()
) -> QuerySet[M]:
    """Narrow to what matches, best first; `also` as in `found`. An empty text changes nothing."""
    if not (words := folded_terms(text)):
        return queryset
    ranked: QuerySet[Any] = found(queryset, words, also).annotate(search_rank=rank(text))
    return cast(QuerySet[M], ranked.order_by("search_rank", unindexed("sort_key"), "pk"))
