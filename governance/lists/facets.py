"""What a list can be filtered by, and counted: choices that each select some of the rows.

Each package registers the facets and the ways of searching that it knows of, as rules and Django's
checks are registered; a `Listing` (governance/lists/listing.py) offers those of its model.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Model, Q

from governance import access
from governance.lists.search import Word


@dataclass(frozen=True)
class Choice:
    """One choice of a facet: its value in the address, its name, and the rows it selects.

    What it selects may be a function that says so, which is called only where it is needed. It
    depends on the model, the facet, the value and the day, and on nothing else.
    """

    key: str
    label: str
    selects: Q | Callable[[], Q]

    def q(self) -> Q:
        """Return what it selects."""
        return self.selects if isinstance(self.selects, Q) else self.selects()


class Facet(NamedTuple):
    """Something to filter by. `choices` is asked once a page; `any_label` stands for no filter."""

    name: str
    label: Any
    any_label: Any
    choices: Callable[[], Sequence[Choice]]


Way = Callable[[Word, access.Person], Q]
_facets: dict[type[Model], list[Facet]] = {}
_ways: dict[type[Model], list[Way]] = {}


def register_facet(model: type[Model], facet: Facet) -> None:
    """Let lists of the model be filtered by this too. Its Q may not multiply rows: Exists or IN."""
    if any(known.name == facet.name for known in _facets.get(model, ())):
        raise ValueError(f"two filters are called {facet.name}")
    _facets.setdefault(model, []).append(facet)


def register_search(model: type[Model], way: Way) -> None:
    """Let lists of the model find rows by way of something else: (folded word, person) → Q."""
    _ways.setdefault(model, []).append(way)


def facets_of(model: type[Model]) -> Sequence[Facet]:
    """Return what lists of the model can be filtered by."""
    return _facets.get(model, ())


def ways_of(model: type[Model]) -> Sequence[Way]:
    """Return how lists of the model find rows by way of something else."""
    return _ways.get(model, ())
