"""Queries built once a process: the same rows of a page are asked for by every request.

Django turns a queryset into SQL anew each time; with the findings of a list in it that takes longer
than the database needs to answer. `fetch` builds a queryset with blanks in place of the ids and the
reader, keeps its SQL, and fills in the blanks. The queryset itself stays what it was: made of the
same rules and the same `access.visible` as everywhere else.
"""

from collections.abc import Callable, Collection, Hashable
from copy import copy
from datetime import date
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import connections
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.utils import timezone

from governance import access

IDS = type("IDS", (), {})
"""Stands for the ids in the parameters of a query; a class, so that no copy of it is another."""
READER = -(2**62) + 71
"""Stands for the reader's id there: a number that no row has."""
MOST = 500
"""Most queries that are kept: more means that something that varies is in their names."""

Build = Callable[..., QuerySet[Any]]


class _Blank(Value):
    """A parameter that is filled in when the query runs."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return a placeholder with the blank itself as its parameter."""
        return "%s", (self.value,)


class Kept(NamedTuple):
    """A built queryset: what reads its rows, its SQL, and its parameters with blanks."""

    queryset: QuerySet[Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]


_kept: dict[tuple[Hashable, ...], Kept] = {}
_day: date | None = None


def among_ids(path: str = "pk") -> Func:
    """Select the rows whose `path` is one of the ids that `fetch` is given; for use in a build only."""
    return Func(
        F(path),
        _Blank(IDS),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )


def fetch(build: Build, *args: Hashable, reader: access.Person, ids: Collection[int]) -> list[Any]:
    """Return the rows of `build(reader, *args)` that are among the ids: one query, none without ids.

    `build` is a function of a module, not a lambda: what it returns may depend on its arguments,
    on the day and on what kind of reader looks, for that is what it is kept by; not on anything else
    that changes. It narrows its rows with `among_ids`.
    """
    if not ids:
        return []
    kept = _of(build, args, reader)
    filled = {IDS: list(ids), READER: getattr(reader, "pk", None)}
    queryset = kept.queryset._chain()  # type: ignore[attr-defined]
    # Not by the property, which would return rows of values as dicts.
    queryset._query = _Query(kept, tuple(_fill(p, filled) for p in kept.params))
    return list(queryset)


def forget() -> None:
    """Build everything anew, as after midnight."""
    _kept.clear()


def _of(build: Build, args: tuple[Hashable, ...], reader: access.Person) -> Kept:
    global _day
    today = timezone.localdate()
    if today != _day or len(_kept) > MOST:
        forget()
        _day = today
    general = None if reader is None else access.general_permissions(reader)
    key = (build, args, general, getattr(reader, "is_active", None))
    if key not in _kept:
        _kept[key] = _build(build(_stand_in(reader, general), *args))
    return _kept[key]


def _build(queryset: QuerySet[Any]) -> Kept:
    compiler = queryset.query.get_compiler(using=queryset.db)
    sql, params = compiler.as_sql()
    return Kept(queryset, compiler, sql, tuple(params))


def _stand_in(reader: access.Person, general: frozenset[str] | None) -> Any:
    """Return a reader of the same kind whose id is a blank."""
    if reader is None:
        return None
    other: Any = get_user_model()(pk=READER, is_active=reader.is_active)
    other._general_permissions = general
    return other


def _fill(param: Any, filled: dict[Any, Any]) -> Any:
    if param is IDS:
        return filled[IDS]
    return filled[READER] if isinstance(param, int) and param == READER else param


class _Query:
    """Stands where a queryset keeps its query, and gives it the compiler that has done its work."""

    def __init__(self, kept: Kept, params: tuple[Any, ...]) -> None:
        self.kept, self.params = kept, params

    def __getattr__(self, name: str) -> Any:
        return getattr(self.kept.queryset.query, name)

    def get_compiler(self, using: str) -> Any:
        """Return a compiler that runs the kept SQL on this thread's connection."""
        compiler = copy(self.kept.compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda: (self.kept.sql, self.params)
        return compiler
