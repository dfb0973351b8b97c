"""What lists ask most often, built once a process, whatever is searched for.

Few addresses of a list differ in more than their words: at most one choice is made beside them.
Django made the SQL of each question anew for each request, which took longer than the answer.
PostgreSQL plans it anew all the same: how to look for a word depends on the word.
"""

from collections.abc import Callable, Hashable
from typing import Any

from django.db.models import QuerySet, TextField
from django.http import QueryDict

from governance import access
from governance.lists import prepared
from governance.lists.selecting import Selection

Asks = Callable[..., QuerySet[Any]]


def ask(listing: Selection, asks: Asks, *args: Hashable) -> list[Any]:
    """Return the rows of `asks(listing, *args)`: one query, kept where the address is a usual one.

    `asks` is a function of a module or a class. It may look at what the address chooses and at the
    reader; what else the listing has found out, as how many rows there are, it is given.
    """
    if not _is_usual(listing):
        return list(asks(listing, *args))
    address = QueryDict(mutable=True)
    address.update({**listing.chosen, "q": " ".join("x" * len(listing.words))})
    words: dict[str, Any] = {_name(place): word for place, word in enumerate(listing.words)}
    asked = type(listing), address.urlencode(), asks, *args
    return prepared.fetch(_asked, *asked, reader=listing.user, afresh=True, **words)


def _is_usual(listing: Selection) -> bool:
    filters = set(listing.chosen) - {"q", "sort"}
    return listing.keeps and len(filters) <= 1 and filters <= {*listing.numbered, *listing.boxes}


def _asked(
    reader: access.Person, kind: type[Selection], address: str, asks: Asks, *args: Hashable
) -> QuerySet[Any]:
    listing = kind(reader, QueryDict(address))
    listing.words = [
        prepared.blank(_name(place), TextField()) for place in range(len(listing.words))
    ]
    return asks(listing, *args)


def _name(place: int) -> str:
    return f"word{place}"
