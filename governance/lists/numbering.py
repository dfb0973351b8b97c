"""The numbers beside the choices of a list: what each would leave, beside the filters that apply.

The database says of each row which choices select it, as one bit a choice; the rest is arithmetic.
One query however many choices, built once a process. What it said of a row holds until somebody
changes the register (`history.stamp`): the next page, whatever it is filtered by, asks about the
rows that were not asked about before, and in the same query whether anything has changed.
"""

from collections import Counter, OrderedDict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.lookups import Exact
from django.utils import timezone

from governance import access, history
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


@dataclass(frozen=True)
class Known:
    """Which choices select each row, by its id, while the register stands as the stamp says."""

    stamp: str
    bits: dict[int, int]


KNOWN = 64
"""Most questions whose answers are remembered: a list counts once for each of its readers."""
ROWS = 20_000
"""Rows from which what is known of a list's rows is forgotten."""
_known: OrderedDict[Hashable, Known] = OrderedDict()
NOTHING = Known("", {})


def forget() -> None:
    """Ask about every row anew."""
    _known.clear()


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
        known = _bits(model, choices, reader, ids).bits
        self.groups = Counter(known[pk] for pk in ids if pk in known)
        self.bits = choices.bits()
        self.chosen = {name: self.bits[name][key] for name, key in chosen.items()}
        self.total = self._left(self.chosen)

    def of(self, name: str, key: str) -> int:
        """Return how many rows the choice would leave, in place of what is chosen in its filter."""
        return self._left({**self.chosen, name: self.bits[name][key]})

    def _left(self, chosen: Mapping[str, int]) -> int:
        wanted = reduce(or_, chosen.values(), 0)
        return sum(number for bits, number in self.groups.items() if bits & wanted == wanted)


def _bits(model: type[Model], choices: Choices, reader: access.Person, ids: list[int]) -> Known:
    """Return what is known of the rows once those are asked about that must be: one query."""
    question = (_each, model, choices, len(ids) > FEW)
    who = prepared.depends_on(*question, reader=reader)
    key = (model, choices, who, timezone.localdate())
    known = _known.get(key, NOTHING)
    new = [pk for pk in ids if pk not in known.bits]
    rows = prepared.fetch(*question, reader=reader, ids=ids, new=new, stamp=known.stamp)
    if rows:
        stamp = rows[0][-1]
        before = known.bits if stamp == known.stamp and len(known.bits) < ROWS else {}
        known = Known(stamp, before | {pk: _joined(bits) for pk, *bits, _stamp in rows})
    if known.stamp:
        _known.pop(key, None)  # and back at the end; other threads may do so too
        _known[key] = known
        if len(_known) > KNOWN:
            _known.popitem(last=False)
    return known


def _joined(numbers: Sequence[int]) -> int:
    return sum(number << (BITS * place) for place, number in enumerate(numbers))


def _each(reader: access.Person, model: type[Model], choices: Choices, many: bool) -> QuerySet[Any]:
    """Say which choices select each row that is new, or each of them where something has changed."""
    selections = list(choices.selections(reader))
    columns = {
        f"bits_{first}": _number(selections[first : first + BITS])
        for first in range(0, max(len(selections), 1), BITS)
    }
    as_known = Q(Exact(history.as_it_stands(), prepared.blank("stamp", TextField())))
    rows: QuerySet[Any] = model._default_manager.filter(prepared.among_ids(many=many)).order_by()
    rows = rows.filter(Q(prepared.among_ids(name="new")) | ~as_known)
    told = rows.annotate(**columns, stamp=history.as_it_stands())
    each: QuerySet[Any] = told.values_list("pk", *columns, "stamp")
    return each


def _number(selections: Sequence[Q]) -> Any:
    total: Any = Value(0, output_field=BigIntegerField())
    for place, selects in enumerate(selections):
        total = total + Case(
            When(selects, then=Value(1 << place)), default=Value(0), output_field=BigIntegerField()
        )
    return total
