"""What a list can be filtered by, and counted: choices that each select some of the rows.

A list's form is a Listing: search, facets and order in the address, and a queryset of what the
person may know of. Each package registers the facets and the ways of searching that it knows of,
as rules and Django's checks are registered.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.db.models import Count, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from governance import access
from governance.forms.listing import ListForm
from governance.search import found, rank, terms, unindexed

COUNTED = 60
"""Most choices of one facet that are counted: beyond that the numbers cost more than they tell."""


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
        rows = found(self.visible, self.text, ways)
        for name, selects in self.selections.items():
            if name not in without:
                rows = rows.filter(selects)
        return rows.order_by()

    @property
    def queryset(self) -> QuerySet[Any]:
        """The rows in order: what the list, the export and the links show alike."""
        rows = self.filtered()
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
        """Count the rows and, in the same query, what each choice would leave beside the others.

        Sets `total` and writes the numbers into the choices; what would leave nothing is not shown.
        """
        flags = [n for n, field in self.fields.items() if isinstance(field, forms.BooleanField)]
        choices = {n: c for n, c in self.options.items() if len(c) <= COUNTED}
        choices |= {name: [Choice("1", "", self._selected(name, True))] for name in flags}
        active = {name: q for name, q in self.selections.items() if name in choices}
        columns = {"total": _count(active)} | {
            f"{name}__{number}": _count({**active, name: choice.selects})
            for name, several in choices.items()
            for number, choice in enumerate(several)
        }
        numbers = self.filtered(without=list(choices)).aggregate(**columns)
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
