"""The numbers beside the choices of a list: what each would leave, beside the filters that apply.

The database says of each row which choices select it, as one bit a choice, and groups the rows that
are alike; the rest is arithmetic. One query however many choices, built once a process.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BigIntegerField, Case, Count, Model, Q, QuerySet, Subquery, Value, When

from governance import access
from governance.lists import prepared

BITS = 60
"""Choices in one number of the database, which has 63 bits."""

FEW = 100
"""Rows above which it pays to find out what each choice selects as a whole, not row by row."""


@dataclass(frozen=True, eq=False)
class Choices:
    """The choices of each filter by its name, each a value of the address and what it selects.

    Two are the same question when they have the same names and values: what those select depends
    on the day and the reader alone.
    """

    by_name: Mapping[str, Sequence[tuple[str, Any]]]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Choices) and self.keys == other.keys

    def __hash__(self) -> int:
        return hash(self.keys)

    @property
    def keys(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the names and values."""
        return tuple((n, tuple(key for key, _q in several)) for n, several in self.by_name.items())

    def selections(self, reader: access.Person) -> Iterator[Q]:
        """Yield what each choice selects, in order."""
        for several in self.by_name.values():
            for _key, selects in several:
                yield selects(reader)

    def bits(self) -> dict[str, dict[str, int]]:
        """Return the bit of each choice, by the filter's name and the choice's value."""
        number, found = 0, {}
        for name, keys in self.keys:
            found[name] = {key: 1 << (number + place) for place, key in enumerate(keys)}
            number += len(keys)
        return found


class Counted(Subquery):
    """The number of rows of a query, which may be cut short."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"


class Numbers:
    """How many rows there are, and how many each choice would leave."""

    def __init__(
        self,
        model: type[Model],
        choices: Choices,
        chosen: Mapping[str, str],
        *,
        reader: access.Person,
        ids: list[int],
    ) -> None:
        rows = prepared.fetch(_alike, model, choices, len(ids) > FEW, reader=reader, ids=ids)
        self.groups = [(_joined(bits), number) for *bits, number in rows]
        self.bits = choices.bits()
        self.chosen = {name: self.bits[name][key] for name, key in chosen.items()}
        self.total = self._left(self.chosen)

    def of(self, name: str, key: str) -> int:
        """Return how many rows the choice would leave, in place of what is chosen in its filter."""
        return self._left({**self.chosen, name: self.bits[name][key]})

    def _left(self, chosen: Mapping[str, int]) -> int:
        wanted = reduce(or_, chosen.values(), 0)
        return sum(number for bits, number in self.groups if bits & wanted == wanted)


def _joined(numbers: Sequence[int]) -> int:
    return sum(number << (BITS * place) for place, number in enumerate(numbers))


def _alike(
    reader: access.Person, model: type[Model], choices: Choices, many: bool
) -> QuerySet[Any]:
    """Group the rows that the same choices select, and count each group."""
    selections = list(choices.selections(reader))
    columns = {
        f"bits_{first}": _number(selections[first : first + BITS])
        for first in range(0, max(len(selections), 1), BITS)
    }
    rows: QuerySet[Any] = model._default_manager.filter(prepared.among_ids(many=many)).order_by()
    rows = rows.annotate(**columns)
    alike: QuerySet[Any] = rows.values(*columns).annotate(n=Count("pk"))
    return alike.values_list(*columns, "n")


def _number(selections: Sequence[Q]) -> Any:
    total: Any = Value(0, output_field=BigIntegerField())
    for place, selects in enumerate(selections):
        total = total + Case(
            When(selects, then=Value(1 << place)), default=Value(0), output_field=BigIntegerField()
        )
    return total
