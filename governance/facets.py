"""What a list can be filtered by, and counted: choices that each select some of the rows.

A list's form is a Listing: search, facets and order in the address, and a queryset of what the
person may know of. Each package registers the facets and the ways of searching that it knows of,
as rules and Django's checks are registered.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.db.models import Count, Exists, Model, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext as _

from governance import access
from governance.forms.listing import ListForm
from governance.search import found, rank, terms, unindexed

COUNTED = 60
"""Most choices of one facet that are counted: beyond that the numbers cost more than they tell."""
NUMBERED = 1_000
"""Most rows that the choices are numbered for: a number per choice asks about each row many times."""


class Choice(NamedTuple):
    """One choice of a facet: its value in the address, its name, and the rows it selects."""

    key: str
    label: str
    selects: Q


class Facet(NamedTuple):
    """Something to filter by. `choices` is asked once a page; `any_label` stands for no filter."""

    name: str
    label: Any
    any_label: Any
    choices: Callable[[], Sequence[Choice]]


Way = Callable[[str, access.Person], Q]
_facets: dict[type[Model], list[Facet]] = {}
_ways: dict[type[Model], list[Way]] = {}


def register_facet(model: type[Model], facet: Facet) -> None:
    """Let lists of the model be filtered by this too. Its Q may not multiply rows: Exists or IN."""
    if any(known.name == facet.name for known in _facets.get(model, ())):
        raise ValueError(f"two filters are called {facet.name}")
    _facets.setdefault(model, []).append(facet)


def register_search(model: type[Model], way: Way) -> None:
    """Let lists of the model find rows by way of something else: (word, person) → Q."""
    _ways.setdefault(model, []).append(way)


class Listing(ListForm):
    """A filtered list: `queryset` holds the rows, `count()` numbers them and every choice.

    `user` is who looks; `params` is the address after the ?. Nothing in the address can fail:
    what is not understood is left out, and `ignored` says so. A field that is no facet has a
    method `selects_<name>(value)` → Q.
    """

    model: ClassVar[type[Model]]
    orders: ClassVar[dict[str, Any]] = {}
    """What each choice of `sorts` sorts by."""

    def __init__(self, user: access.Person, params: QueryDict) -> None:
        self.user, self.total = user, 0
        self.few: list[Any] | None = None
        self.facets = {facet.name: facet for facet in _facets.get(self.model, ())}
        self.options = {name: list(facet.choices()) for name, facet in self.facets.items()}
        if searching := bool(terms(params.get("q", ""))):
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
        usual = "" if terms(self.text) else type(self).sorts[0][0]
        return str(self.chosen.get("sort") or usual)

    @cached_property
    def selections(self) -> dict[str, Q]:
        """What each active filter selects; search and order are none."""
        chosen = {n: value for n, value in self.chosen.items() if n not in ("q", "sort")}
        return {name: self._selected(name, value) for name, value in chosen.items()}

    def _selected(self, name: str, value: Any) -> Q:
        if name in self.facets:
            return next(c.selects for c in self.options[name] if c.key == value)
        selects: Q = getattr(self, f"selects_{name}")(value)
        return selects

    @property
    def visible(self) -> QuerySet[Any]:
        """Everything of the kind that the person may know of."""
        return access.visible(self.user, self.model._default_manager.all())

    def filtered(self, *, without: Sequence[str] = ()) -> QuerySet[Any]:
        """Return the rows in no order; `without` leaves out those filters."""
        ways = [lambda word, way=way: way(word, self.user) for way in _ways.get(self.model, ())]
        rows = (
            found(self.visible, self.text, ways)
            if self.few is None
            else self.visible.filter(pk__in=self.few)
        )
        for name, selects in self.selections.items():
            if name not in without:
                rows = rows.filter(selects)
        return rows.order_by()

    @property
    def queryset(self) -> QuerySet[Any]:
        """The rows in order: what the list, the export and the links show alike."""
        return self.ordered(self.filtered())

    def page(self, first: int, last: int) -> QuerySet[Any]:
        """Return the rows from first up to last, in order, to be given columns that cost much.

        Which rows they are is found out first, with nothing else in hand, and from the nearer end:
        what a column costs is then paid for these rows only, on the last page as on the first.
        """
        rows = self.queryset
        if first > self.total - last:
            first, last = self.total - last, self.total - first
            rows = rows.reverse()
        chosen = rows.values("pk")[max(first, 0) : last]
        return self.ordered(self.visible.filter(pk__in=chosen))

    def ordered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Sort rows as the address asks for."""
        by: tuple[Any, ...] = ("search_rank", unindexed("sort_key"))
        if self.order:
            first = self.orders[self.order.removeprefix("-")]
            by = (
                (unindexed("sort_key"),)
                if first == "sort_key" and self.text
                else (first, "sort_key")
            )
        else:
            rows = rows.annotate(search_rank=rank(self.text))
        rows = rows.order_by(*by, "pk")
        return rows.reverse() if self.order.startswith("-") else rows

    @property
    def live(self) -> str:
        """The fields whose choices change with the rows, for htmx to replace beside them."""
        return ",".join(f"#id_{name}" for name in (*self.facets, "sort") if name in self.fields)

    def count(self) -> None:
        """Count the rows and, where they are not too many, what each choice would leave.

        Sets `total` and writes the numbers into the choices; what would leave nothing is not shown.
        """
        flags = [n for n, field in self.fields.items() if isinstance(field, forms.BooleanField)]
        boxes = {name: [Choice("1", "", self._selected(name, True))] for name in flags}
        choices = {n: c for n, c in self.options.items() if len(c) <= COUNTED} | boxes
        rows = self.filtered(without=list(choices))
        pks = list(rows.values_list("pk", flat=True)[: NUMBERED + 1])
        if len(pks) > NUMBERED:
            self._count_only({name: self._any(rows, name, box) for name, [box] in boxes.items()})
        else:
            self.few = pks  # the search need not be made again
            self._number(self.filtered(without=list(choices)), choices)

    def _any(self, rows: QuerySet[Any], name: str, box: Choice) -> Any:
        """Ask whether a box would leave anything; a list may have a shorter way, `any_<name>`."""
        shorter = getattr(self, f"any_{name}", None)
        return shorter() if shorter else Exists(rows.filter(box.selects))

    def _count_only(self, boxes: dict[str, Any]) -> None:
        """Count the rows, and take away the boxes that would leave nothing: one query."""
        counted = self.filtered().annotate(one=Value(1)).values("one")
        total = counted.annotate(n=Count("pk")).values("n")
        columns: dict[str, Any] = {"total": Coalesce(Subquery(total), 0)}
        columns |= {f"any_{name}": any_left for name, any_left in boxes.items()}
        found = self.model._default_manager.order_by().annotate(**columns).values(*columns)[0]
        self.total = found.pop("total")
        for name in boxes:
            if not found[f"any_{name}"] and name not in self.chosen:
                del self.fields[name]

    def _number(self, rows: QuerySet[Any], choices: dict[str, list[Choice]]) -> None:
        """Count the rows and, in the same query, what each choice would leave beside the others."""
        active = {name: q for name, q in self.selections.items() if name in choices}
        columns = {"total": _count(active)} | {
            f"{name}__{number}": _count({**active, name: choice.selects})
            for name, several in choices.items()
            for number, choice in enumerate(several)
        }
        numbers = rows.aggregate(**columns)
        self.total = numbers["total"]
        for name, several in choices.items():
            found_here = [(c, numbers[f"{name}__{number}"]) for number, c in enumerate(several)]
            self._write(name, [(c, n) for c, n in found_here if n or name in self.chosen])

    def _write(self, name: str, numbers: list[tuple[Choice, int]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            several = [(choice.key, f"{choice.label} ({n})") for choice, n in numbers]
            field.widget.choices = [("", self.facets[name].any_label), *several]
        elif not numbers:
            del self.fields[name]


def _count(selections: dict[str, Q]) -> Count:
    """Count the rows that every one of the filters selects."""
    every = Q()
    for selects in selections.values():
        every &= selects
    return Count("pk", filter=every) if selections else Count("pk")
