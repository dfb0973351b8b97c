"""A filtered list: how many rows the address asks for, in what order, and a page of them.

A list's form is a Listing: search, facets and order in the address (governance/lists/selecting.py),
and a queryset of what the person may know of. What it can be filtered by is registered in
governance/lists/facets.py.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, ClassVar

from django.db.models import Exists, Q, QuerySet

from governance import access
from governance.expressions import Counted
from governance.lists import kept
from governance.lists import rows as rows_of
from governance.lists.columns import Column
from governance.lists.facets import Choice
from governance.lists.numbering import Choices, Numbers
from governance.lists.search import rank, unindexed
from governance.lists.selecting import Selection

NUMBERED = 1_000
"""Most rows that the choices are numbered for, and most hits of a search: counted and ranked."""
CHUNK = 2_000
"""Rows that an export has in hand at a time."""
TOTALLED = 10_000
"""Most rows that are counted: of more it is said that there are more."""
SORTED = 5_000
"""Most rows that are sorted once a filter has found them: of more, fifty are soon met in order."""


class Listing(Selection):
    """A filtered list: `queryset` holds the rows, `count()` numbers them and every choice.

    After `count()`, `total` is how many rows there are; where there are `more`, TOTALLED, or
    NUMBERED of a search. There are `many` where they are not all sorted for a page of them.
    """

    total = 0
    more = many = False
    orders: ClassVar[dict[str, Any]] = {}
    """What each choice of `sorts` sorts by."""
    related: ClassVar[tuple[str, ...]] = ()
    """What is fetched with each row."""
    cells: ClassVar[tuple[Column, ...]] = ()
    """What an export of the rows holds, where it is a table of the list and not for the import."""

    @classmethod
    def columns(cls, reader: access.Person) -> dict[str, Any]:
        """Return the further columns of a row, as this person sees it."""
        return {}

    @property
    def queryset(self) -> QuerySet[Any]:
        """The rows in order: what the list, the export and the links show alike."""
        columns = self.columns(self.user)
        rows: QuerySet[Any] = self.ordered(self.filtered()).annotate(**columns)
        return rows

    def rows(self, using: str) -> Iterator[Any]:
        """Yield every row for an export, from the database of that alias, a chunk at a time."""
        found = self.queryset.using(using).select_related(*self.related)
        yield from found.iterator(chunk_size=CHUNK)

    def page(self, first: int, last: int) -> list[Any]:
        """Return the rows from first up to last, in order, carrying what they break.

        Which rows they are is found out first, with nothing else in hand, and from the nearer end:
        what a column costs is then paid for these rows only, on the last page as on the first.
        """
        first = max(first, 0)
        if self.more or first <= self.total - last:
            return self._fetch(first, last)
        return self.page_from_end(self.total - last, self.total - first)

    def page_from_end(self, first: int, last: int) -> list[Any]:
        """Return the same, counted backwards from the last row, though still in order."""
        return self._fetch(max(first, 0), last, backwards=True)[::-1]

    def _fetch(self, first: int, last: int, *, backwards: bool = False) -> list[Any]:
        asked = (first, last, backwards, self.many, self.ranked)
        # Each page further in would be kept as a query of its own, and few look there.
        if first or self.ranked:
            pks = list(self._ids(*asked))
        else:
            pks = kept.ask(self, Listing._ids, *asked)
        return rows_of.fetch(self.user, self.model, pks, columns=self.columns, related=self.related)

    def _ids(
        self, first: int, last: int, backwards: bool, many: bool, ranked: bool
    ) -> QuerySet[Any]:
        self.many, self.ranked = many, ranked
        rows = self.ordered(self.filtered())
        return (rows.reverse() if backwards else rows)[first:last].values_list("pk", flat=True)

    def ordered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Sort rows as the address asks for; a search with too many hits to rank, by name."""
        by: tuple[Any, ...] = ("search_rank", unindexed("sort_key"))
        if self.order:
            name = self.orders[self.order.removeprefix("-")]
            by = (name, "sort_key")
            if name == "sort_key":
                by = (unindexed(name),) if self._is_found else (name,)
            elif name in (columns := self.columns(self.user)):
                rows = rows.annotate(**{name: columns[name]})
        elif self.ranked:
            rows = rows.annotate(search_rank=rank(self.text))
        else:
            by = ("sort_key",)
        rows = rows.order_by(*by, "pk")
        return rows.reverse() if self.order.startswith("-") else rows

    @property
    def _is_found(self) -> bool:
        """Whether the rows are found first and sorted then, as they are not so many."""
        return self.ranked if self.text else bool(self.selections) and not self.many

    @property
    def unranked(self) -> bool:
        """Whether a search has too many hits for the best of them to come first."""
        return bool(self.text) and not self.order and not self.ranked

    @property
    def live(self) -> str:
        """The fields whose choices change with the rows, for htmx to replace beside them."""
        return ",".join(f"#id_{name}" for name in (*self.facets, "sort") if name in self.fields)

    def count(self) -> None:
        """Count the rows and, where they are not too many, what each choice would leave.

        Sets `total` and writes the numbers into the choices; what would leave nothing is not shown.
        """
        pks = kept.ask(self, Listing._to_number)
        if len(pks) > NUMBERED:
            self.ranked = False
            self._count_only()
        else:
            self.few = pks  # the search need not be made again
            self._number()

    def _to_number(self) -> QuerySet[Any]:
        """Ask for the ids of the rows that are to be numbered; one too many says that they are not."""
        return self.hits(self._selecting([*self.numbered, *self.boxes]), NUMBERED + 1)

    def _count_only(self) -> None:
        """Count the rows, and take away the boxes that would leave nothing: one query.

        A search is counted as far as it is ranked. Where nothing else narrows it, that is done.
        """
        most = NUMBERED if self.text else TOTALLED
        counts = bool(self.selections) or not self.text
        found: list[Any] = []
        if counts or self.boxes:
            ((*found,),) = kept.ask(self, Listing._counts, most if counts else 0)
        number = found.pop() if counts else most + 1
        self.total, self.more, self.many = min(number, most), number > most, number > SORTED
        for name, any_left in zip(self.boxes, found, strict=True):
            if not any_left and name not in self.chosen:
                self.fields.pop(name, None)

    def _counts(self, most: int) -> QuerySet[Any]:
        """Ask of each box whether it would leave anything and, as far as `most`, how many rows there are."""
        self.ranked = False
        columns = {f"any_{name}": self._any(name) for name in self.boxes}
        if most:
            columns["total"] = Counted(self.hits(self._selecting(), most + 1))
        return self.model._default_manager.order_by().values_list(*columns.values())[:1]

    def _any(self, name: str) -> Any:
        """Ask whether a box would leave anything; a list may have a shorter way, `any_<name>`."""
        if shorter := getattr(self, f"any_{name}", None):
            return shorter()
        rows = self.filtered(without=[*self.numbered, *self.boxes])
        return Exists(rows.filter(self._selected(name, True)))

    def _number(self) -> None:
        """Count the rows and, in the same query, what each choice would leave beside the others."""
        numbered, boxes = self.numbered, self.boxes
        several: dict[str, Any] = {
            name: [(choice.key, _of_choice(choice)) for choice in self.options[name]]
            for name in numbered
        }
        several |= {name: [("1", partial(self._box, name))] for name in boxes}
        chosen = {
            name: "1" if name in boxes else str(value)
            for name, value in self.chosen.items()
            if name in several
        }
        numbers = Numbers(
            self.model, Choices(several), chosen, reader=self.user, ids=self.few or []
        )
        self.total = numbers.total
        for name in boxes:
            if not numbers.of(name, "1") and name not in self.chosen:
                self.fields.pop(name, None)
        for name in numbered:
            found_here = [(choice, numbers.of(name, choice.key)) for choice in self.options[name]]
            self._write(name, [(c, n) for c, n in found_here if n or name in self.chosen])

    @classmethod
    def _box(cls, name: str, reader: access.Person) -> Q:
        """Return what a box selects for a reader, without an address."""
        listing = cls.__new__(cls)
        listing.user = reader
        selects: Q = getattr(listing, f"selects_{name}")(True)
        return selects

    def _write(self, name: str, numbers: list[tuple[Choice, int]]) -> None:
        several = [(choice.key, f"{choice.label} ({n})") for choice, n in numbers]
        self.fields[name].widget.choices = [("", self.facets[name].any_label), *several]


def _of_choice(choice: Choice) -> Callable[[access.Person], Q]:
    return lambda _reader: choice.q()
