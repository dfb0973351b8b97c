"""What history rows lead to, by name: everything on a page in one query, and one more for what that leads to.

A model whose things are not simply read says with `register_names` how they are, and what else their
names and addresses are made of.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connections
from django.db.models import DateTimeField, Field, ForeignKey, Func, Model, QuerySet

from governance import access
from governance.history import as_thing, end_of, history_models, history_of, last_of, rows_of
from governance.history.together import instances, union
from governance.lists import prepared
from governance.words import in_words

SAID_APART = (
    "id",
    "gesture",
    "history_id",
    "history_date",
    "history_type",
    "history_user",
    "history_change_reason",
)
UNTOLD = "–"
Wanted = dict[Any, set[Any]]


@dataclass(frozen=True)
class Way:
    """How things of a model are read: by default as they are today, as far as the reader may know."""

    last_said: bool = False
    follow: tuple[str, ...] = ()


_ways: dict[Any, Way] = {}


def register_names(
    model: type[Model], *, last_said: bool = False, follow: tuple[str, ...] = ()
) -> None:
    """Say how the things of a model are named: what `__str__`, addresses and tellings ask them for.

    `follow` names the foreign keys whose things those need; `last_said` takes what history last said
    of them in place of the model's own table, which may have lost what history still leads to.
    """
    _ways[model] = Way(last_said, follow)


class Names:
    """Names and addresses of all that history rows lead to, as one reader may know them.

    With a day, things are as they were when it ended, each by itself: nothing is followed.
    """

    def __init__(
        self, reader: access.Person, rows: Iterable[Any] = (), day: date | None = None
    ) -> None:
        self.reader, self.day = reader, day
        self.found: dict[Any, dict[Any, Any]] = {}
        wanted: Wanted = {}
        for row in rows:
            for of, pks in _leads(row):
                wanted.setdefault(of.related_model, set()).update(pks)
        self.find(wanted)

    def find(self, wanted: Wanted) -> None:
        """Fetch things by model and id, and then those that their names are made of."""
        fetched: list[tuple[Any, Any]] = []
        while missing := self._missing(wanted):
            for model, pks in missing.items():
                self.found.setdefault(model, {}).update(dict.fromkeys(pks))
            new = self._fetch(missing)
            for model, thing in new:
                self.found[model][_key(model, thing)] = thing
            fetched += new
            wanted = self._followed(new)
        for model, thing in fetched:
            self._join(model, thing)

    def _missing(self, wanted: Wanted) -> Wanted:
        found = {m: pks - {None} - self.found.get(m, {}).keys() for m, pks in wanted.items()}
        return {model: pks for model, pks in found.items() if pks}

    def _fetch(self, wanted: Wanted) -> list[tuple[Any, Any]]:
        """Return the things with their models: one query, the same whatever is wanted of it."""
        models, on_a_day = named(), self.day is not None
        ids: dict[str, Any] = {f"ids_{place}": [] for place in range(len(models))}
        for model, pks in wanted.items():
            ids[f"ids_{models.index(model)}"] = list(pks)
        until = end_of(self.day) if self.day else None
        rows = prepared.fetch(_things, on_a_day, reader=self.reader, until=until, **ids)
        tables: list[Any] = [_table(model, on_a_day) for model in models]
        origin = dict(zip(tables, models, strict=True))
        return [
            (origin[type(row)], as_thing(row) if hasattr(row, "instance_type") else row)
            for row in instances(rows, tables, (), "default")
        ]

    def _way(self, model: Any) -> Way:
        return Way() if self.day else _ways.get(model, Way())

    def _followed(self, things: Iterable[tuple[Any, Any]]) -> Wanted:
        wanted: Wanted = {}
        for model, thing in things:
            for name in self._way(model).follow:
                of = thing._meta.get_field(name)
                wanted.setdefault(of.related_model, set()).add(getattr(thing, of.attname))
        return wanted

    def _join(self, model: Any, thing: Any) -> None:
        """Give a thing what its name asks for, so that nothing is asked of the database."""
        for name in self._way(model).follow:
            of = thing._meta.get_field(name)
            of.set_cached_value(thing, self.thing(of.related_model, getattr(thing, of.attname)))

    def thing(self, model: Any, pk: Any) -> Any:
        """Return the thing, or nothing when it is gone or may not be known of."""
        return self.found.get(model, {}).get(pk)

    def name(self, model: Any, pk: Any) -> str:
        """Return the thing's name, or a dash."""
        thing = self.thing(model, pk)
        return str(thing) if thing is not None else UNTOLD

    def said(self, row: Any, of: "Field[Any, Any]") -> str:
        """Return a field's value in words."""
        found = getattr(row, of.attname) if row is not None else None
        if isinstance(of, ForeignKey):
            return self.name(of.related_model, found) if found is not None else ""
        return in_words(of, found)

    def members(self, of: Any, pks: Iterable[Any]) -> str:
        """Return what a many-to-many field said, those whom the reader may know of, in order."""
        things = filter(None, (self.thing(of.related_model, pk) for pk in pks))
        return ", ".join(sorted(map(str, things)))


@cache
def named() -> tuple[type[Model], ...]:
    """Return every model that history rows lead to."""
    found = {of.related_model for table in history_models() for of in _leading(table)}
    return tuple(sorted(found, key=lambda model: str(model._meta.label)))


@cache
def _leading(table: Any) -> "tuple[ForeignKey[Any, Any], ...]":
    """Return the fields of a history model that lead to something beside its own making."""
    return tuple(
        of
        for of in table._meta.fields
        if isinstance(of, ForeignKey) and of.name not in (*SAID_APART, "history")
    )


def _leads(row: Any) -> Iterable[tuple[Any, Iterable[Any]]]:
    """Yield the fields of a history row that lead somewhere, with the ids that they say."""
    table: Any = type(row)
    for of in _leading(table):
        yield of, [getattr(row, of.attname)]
    yield from getattr(row, "members", {}).items()


def _key(model: Any, thing: Any) -> Any:
    return getattr(thing, model._meta.pk.attname)


def _table(model: type[Model], on_a_day: bool) -> type[Model]:
    """Return the model whose rows tell of the things: its own, or that of its history."""
    told = hasattr(model, "history") if on_a_day else _ways.get(model, Way()).last_said
    return history_of(model) if told else model


def _things(reader: access.Person, on_a_day: bool) -> QuerySet[Any]:
    """Return the things with the ids of each model."""
    return union(
        [
            access.visible(reader, _rows(model, f"ids_{place}", on_a_day))
            for place, model in enumerate(named())
        ]
    )


def _rows(model: Any, name: str, on_a_day: bool) -> QuerySet[Any]:
    if _table(model, on_a_day) is model:
        rows: QuerySet[Any] = model._default_manager.order_by().filter(_among(model, "pk", name))
        return rows
    rows = rows_of(model).filter(_among(model, "id", name))
    if not on_a_day:
        return last_of(model, rows)
    until = prepared.blank("until", DateTimeField())
    return last_of(model, rows.filter(history_date__lt=until)).exclude(history_type="-")


def _among(model: Any, path: str, name: str) -> Func:
    kind = model._meta.pk.rel_db_type(connections["default"])
    return prepared.among_ids(path, name=name, kind=str(kind))
