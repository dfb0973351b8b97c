"""A filtered list: which rows the address asks for, how many, in what order, and a page of them.

A list's form is a Listing: search, facets and order in the address, and a queryset of what the
person may know of. What it can be filtered by is registered in governance/lists/facets.py.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property, partial
from typing import Any, ClassVar

from django import forms
from django.db.models import Exists, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from governance import access
from governance.expressions import Counted
from governance.forms.listing import ListForm
from governance.lists import prepared
from governance.lists import rows as rows_of
from governance.lists.columns import Column
from governance.lists.facets import Choice, Way, facets_of, ways_of
from governance.lists.numbering import Choices, Numbers
from governance.lists.search import found, hits, rank, terms, unindexed

COUNTED = 60
"""Most choices of one facet that are counted: beyond that the numbers cost more than they tell."""
NUMBERED = 1_000
"""Most rows that the choices are numbered for, and most hits of a search: counted and ranked."""
CHUNK = 2_000
"""Rows that an export has in hand at a time."""
TOTALLED = 10_000
"""Most rows that are counted: of more it is said that there are more."""
SORTED = 5_000
"""Most rows that are sorted once a filter has found them: of more, fifty are soon met in order."""


class Listing(ListForm):
    """A filtered list: `queryset` holds the rows, `count()` numbers them and every choice.

    After `count()`, `total` is how many rows there are; where there are `more`, TOTALLED, or
    NUMBERED of a search.

    `user` is who looks; `params` is the address after the ?. Nothing in the address can fail:
    what is not understood is left out, and `ignored` says so. A field that is no facet has a
    method `selects_<name>(value)` → Q.
    """

    model: ClassVar[type[Model]]
    orders: ClassVar[dict[str, Any]] = {}
    """What each choice of `sorts` sorts by."""
    related: ClassVar[tuple[str, ...]] = ()
    """What is fetched with each row."""
    cells: ClassVar[tuple[Column, ...]] = ()
    """What an export of the rows holds, where it is a table of the list and not for the import."""
    ranks: ClassVar[bool] = True
    """Whether a search puts the best match first."""
    settled: frozenset[str] = frozenset()
    """Facets that the page has already decided, and that are not offered."""

    def __init__(self, user: access.Person, params: QueryDict) -> None:
        self.user, self.total, self.more, self.ranked = user, 0, False, True
        self.few: list[Any] | None = None
        offered = (f for f in facets_of(self.model) if f.name not in self.settled)
        self.facets = {facet.name: facet for facet in offered}
        self.options = {name: list(facet.choices()) for name, facet in self.facets.items()}
        if searching := self.ranks and bool(terms(params.get("q", ""))):
            self.sorts = (("", _("Bästa träff")), *type(self).sorts)
        super().__init__(params)
        if not searching:
            self._hide_first_order()

    def _hide_first_order(self) -> None:
        """Let the form leave the usual order out of the address: a search ranks by itself."""
        (_key, label), *others = self.sorts
        self.fields["sort"].widget.choices = [("", label), *others]

    def add_fields(self) -> None:
        """Add a select field for every facet."""
        for name, facet in self.facets.items():
            pairs = [(choice.key, choice.label) for choice in self.options[name]]
            self.fields[name] = forms.ChoiceField(
                label=facet.label, required=False, choices=[("", facet.any_label), *pairs]
            )
        self.order_fields([*self.facets])

    @property
    def text(self) -> str:
        """What is searched for."""
        return str(self.chosen.get("q", ""))

    @property
    def order(self) -> str:
        """The order that applies; nothing while a search puts the best match first."""
        usual = "" if self.ranks and terms(self.text) else type(self).sorts[0][0]
        return str(self.chosen.get("sort") or usual)

    @cached_property
    def selections(self) -> dict[str, Q]:
        """What each active filter selects; search and order are none."""
        chosen = {n: value for n, value in self.chosen.items() if n not in ("q", "sort")}
        return {name: self._selected(name, value) for name, value in chosen.items()}

    def _selected(self, name: str, value: Any) -> Q:
        if name in self.facets:
            return next(choice.q() for choice in self.options[name] if choice.key == value)
        selects: Q = getattr(self, f"selects_{name}")(value)
        return selects

    @property
    def visible(self) -> QuerySet[Any]:
        """Everything of the kind that the person may know of."""
        return access.visible(self.user, self.model._default_manager.all())

    def searched(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow to what the text finds, here or by way of something else."""
        return found(rows, self.text, self._ways_elsewhere, often=not self.ranked)

    def hits(self, rows: QuerySet[Any], most: int) -> QuerySet[Any]:
        """Return the ids of what the text finds, at most so many, in no order."""
        return hits(rows, self.text, self._ways_elsewhere, most)

    def filtered(self, *, without: Sequence[str] = ()) -> QuerySet[Any]:
        """Return the rows in no order; `without` leaves out those filters."""
        rows = self._selecting(without)
        return (
            self.searched(rows) if self.few is None else rows.filter(prepared.is_one_of(self.few))
        )

    def _selecting(self, without: Sequence[str] = ()) -> QuerySet[Any]:
        """Return the rows that the filters leave, whatever is searched for."""
        rows = self.visible
        for name, selects in self.selections.items():
            if name not in without:
                rows = rows.filter(selects)
        return rows.order_by()

    @cached_property
    def _ways_elsewhere(self) -> list[Callable[[str], Q]]:
        """The ways of searching, which say only once what a word selects."""
        return [cache(partial(_as_seen_by, self.user, way)) for way in ways_of(self.model)]

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
            return self._fetch(self.ordered(self.filtered())[first:last])
        return self.page_from_end(self.total - last, self.total - first)

    def page_from_end(self, first: int, last: int) -> list[Any]:
        """Return the same, counted backwards from the last row, though still in order."""
        rows = self.ordered(self.filtered()).reverse()
        return self._fetch(rows[max(first, 0) : last])[::-1]

    def _fetch(self, rows: QuerySet[Any]) -> list[Any]:
        pks = list(rows.values_list("pk", flat=True))
        return rows_of.fetch(self.user, self.model, pks, columns=self.columns, related=self.related)

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
        return self.ranked if self.text else bool(self.selections) and self.total <= SORTED

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
        boxes = [n for n, field in self.fields.items() if isinstance(field, forms.BooleanField)]
        numbered = [name for name, several in self.options.items() if len(several) <= COUNTED]
        without = [*numbered, *boxes]
        pks = [row["pk"] for row in self.hits(self._selecting(without), NUMBERED + 1)]
        if len(pks) > NUMBERED:
            self.ranked = False
            self._count_only({name: self._any(without, name) for name in boxes})
        else:
            self.few = pks  # the search need not be made again
            self._number(numbered, boxes)

    def _any(self, without: Sequence[str], name: str) -> Any:
        """Ask whether a box would leave anything; a list may have a shorter way, `any_<name>`."""
        if shorter := getattr(self, f"any_{name}", None):
            return shorter()
        return Exists(self.filtered(without=without).filter(self._selected(name, True)))

    def _count_only(self, boxes: dict[str, Any]) -> None:
        """Count the rows, and take away the boxes that would leave nothing: one query.

        A search is counted as far as it is ranked. Where nothing else narrows it, that is done.
        """
        most = NUMBERED if self.text else TOTALLED
        columns = {f"any_{name}": any_left for name, any_left in boxes.items()}
        if self.selections or not self.text:
            rows = self.hits(self._selecting(), most + 1)
            columns["total"] = Counted(rows)
        found = self.model._default_manager.order_by().values(**columns)[0] if columns else {}
        number = found.get("total", most + 1)
        self.total, self.more = min(number, most), number > most
        for name in boxes:
            if not found[f"any_{name}"] and name not in self.chosen:
                del self.fields[name]

    def _number(self, numbered: Sequence[str], boxes: Sequence[str]) -> None:
        """Count the rows and, in the same query, what each choice would leave beside the others."""
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
                del self.fields[name]
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


def _as_seen_by(user: access.Person, way: Way, word: str) -> Q:
    return way(word, user)


def _of_choice(choice: Choice) -> Callable[[access.Person], Q]:
    return lambda _reader: choice.q()
