"""Queries built once a process and planned once a connection: every request asks for the same rows.

Django turns a queryset into SQL anew each time, and PostgreSQL plans it anew; with the findings of a
list in it, either takes longer than fetching the rows. `fetch` builds a queryset with blanks in place
of the ids, the reader and what else varies, keeps its SQL, and lets the database keep its plan. The
queryset itself stays what it was: made of the same rules and the same `access.visible` as everywhere.
"""

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BooleanField, F, Field, Func, Q, QuerySet, Value
from django.utils import timezone
from psycopg import ClientCursor, RawCursor, sql

from governance import access
from governance.expressions import IsOneOf

READER = -(2**62) + 71
"""Stands for the reader's id in the parameters of a query: a number that no row has."""
SUBJECT = READER + 1
"""Stands for the id of the one thing that a query is about, where a plain id is asked for."""
IDS, SETTLED = "ids", "settled"
MOST = 500
"""Queries from which all are built anew: those of past days, or with what varies in their names."""

Build = Callable[..., QuerySet[Any]]


class _Blank(str):
    """The name of what is filled in when the query runs, and the type it has in the database."""

    kind: str

    def __new__(cls, name: str, kind: str) -> "_Blank":
        """Return a name that remembers its type."""
        made = super().__new__(cls, name)
        made.kind = kind
        return made


_NUMBERS = {READER: _Blank("reader", "bigint"), SUBJECT: _Blank("subject", "bigint")}


class _Placeholder(Value):
    """A parameter whose value is a blank."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return a placeholder with the blank itself as its parameter."""
        return "%s", (self.value,)


@dataclass(frozen=True, eq=False)
class Kept:
    """A built queryset, what reads its rows, and its SQL twice: with a placeholder for each
    parameter, as Django made it, and with what never varies written out and the blanks numbered.
    """

    queryset: QuerySet[Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    statement: str
    blanks: tuple[_Blank, ...]


class Question(NamedTuple):
    """What `fetch` may be asked: a build, its arguments and what it is about."""

    build: Build
    args: tuple[Hashable, ...] = ()
    subject: int | None = None


ANSWERABLE: ContextVar[Mapping[tuple[Question, Any], bool]] = ContextVar(
    "answerable", default=MappingProxyType({})
)
"""Whether a question has an answer for a reader, whose id stands beside it (governance/lists/ahead.py)."""

_kept: dict[tuple[Hashable, ...], Kept | None] = {}
"""By the day, what was asked and by whom; None is kept of a question that nothing can answer."""


def among_ids(
    path: str = "pk", *, many: bool = False, name: str = IDS, kind: str = "bigint"
) -> Func:
    """Select the rows whose `path` is one of the ids that `fetch` is given; for use in a build only.

    Given under another `name` where there are several kinds of ids. PostgreSQL plans for ten of them,
    or, where there are `many`, for a thousand.
    """
    ids = _Placeholder(_Blank(name, f"{kind}[]"))
    if not many:
        return IsOneOf(F(path), ids)
    # string_to_table() is thought to return a thousand rows, an array that is not known yet ten.
    return Func(
        F(path),
        ids,
        template=f"%(expressions)s::text, '{{}}'), ',')::{kind})",
        arg_joiner=" IN (SELECT string_to_table(btrim(",
        output_field=BooleanField(),
    )


def is_one_of(ids: Collection[int]) -> Func:
    """Select the rows with these ids, in a query that is not kept: one parameter, however many."""
    return IsOneOf(F("pk"), Value(_array(ids)), template="%(expressions)s::bigint[])")


def blank(name: str, field: "Field[Any, Any]") -> Value:
    """Return the place of a value that `fetch` is given under this name; for use in a build only."""
    kind = field.db_type(connections["default"])
    return _Placeholder(_Blank(name, str(kind)), output_field=field)


def fetch(
    build: Build,
    *args: Hashable,
    reader: access.Person,
    ids: Collection[int] | None = None,
    using: str | None = None,
    afresh: bool = False,
    **values: Any,
) -> list[Any]:
    """Return the rows of `build(reader, *args)`: one query, none where `ids` is empty.

    `build` is a function of a module, not a lambda: what it returns may depend on its arguments,
    on the day and on what kind of reader looks, for that is what it is kept by; not on anything else
    that changes. It narrows its rows with `among_ids`, SUBJECT and `blank`, whose values are given
    here: `subject=` an id, the others by their names, several ids as a list. Planned `afresh`, the
    plan may depend on those values, too.
    """
    if ids is not None and not ids:
        return []
    kept, reader_pk = built(build, args, reader), getattr(reader, "pk", None)
    if kept is None or _is_empty(Question(build, args, values.get("subject")), reader_pk):
        return []
    filled = {
        name: _array(given) if isinstance(given, list) else given for name, given in values.items()
    }
    filled |= {
        IDS: _array(ids or ()),
        "reader": reader_pk,
        SETTLED: _array(access.settled(reader) or ()),
    }
    queryset = kept.queryset._chain()  # type: ignore[attr-defined]
    # Not by the property, which would return rows of values as dicts.
    queryset._query = _Query(kept, filled, afresh)
    return list(queryset.using(using) if using else queryset)


def _is_empty(question: Question, reader: Any) -> bool:
    known = ANSWERABLE.get()
    return bool(known) and not known.get((question, reader), True)


def ask(text: str, given: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a question written by hand, in which every %s stands for what is given."""
    return run(text, [given] * text.count("%s"), text.replace("%s", "$1"), [given])


def run(text: str, params: list[Any], statement: str, given: list[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement with numbered blanks; `text` with `params` is what the log tells."""
    with _Prepared(connections["default"], statement, given).cursor() as cursor:
        cursor.execute(text, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def forget() -> None:
    """Build everything anew."""
    _kept.clear()


def depends_on(build: Build, *args: Hashable, reader: access.Person) -> Hashable:
    """Return what the answer depends on beside the ids and the day: who the reader is, or their kind."""
    kept = built(build, args, reader)
    if kept is not None and {"reader", SETTLED}.intersection(kept.blanks):
        return getattr(reader, "pk", None)
    return kind_of(reader)


def _array(ids: Collection[Any]) -> str:
    """Return ids as PostgreSQL writes an array: as a text it has one type however large they are."""
    return f"{{{','.join(map(str, ids))}}}"


def built(build: Build, args: tuple[Hashable, ...], reader: access.Person) -> Kept | None:
    """Return what a build made of a queryset, built now where it was not; None is no answer at all."""
    if len(_kept) > MOST:
        forget()
    kind = kind_of(reader)
    key = (timezone.localdate(), build, args, kind)
    try:
        return _kept[key]
    except KeyError:  # not `in`: another thread may forget in between
        kept = _kept[key] = _build(build(_stand_in(reader, kind), *args))
        return kept


def kind_of(reader: access.Person) -> tuple[Any, ...] | None:
    """Return what decides the form of a query: what groups allow, whether the account is used, and
    whether it has been settled what is hidden.
    """
    if reader is None:
        return None
    return access.general_permissions(reader), reader.is_active, access.settled(reader) is not None


def _build(queryset: QuerySet[Any]) -> Kept | None:
    compiler = queryset.query.get_compiler(using=queryset.db)
    try:
        text, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    named = tuple(_NUMBERS.get(p, p) if isinstance(p, int) else p for p in params)
    statement, blanks = numbered(text, named, queryset.db)
    return Kept(queryset, compiler, text, named, statement, blanks)


def numbered(text: str, params: tuple[Any, ...], using: str) -> tuple[str, tuple[_Blank, ...]]:
    """Write out what never varies, so that the plan may depend on it; number the blanks, and name them."""
    connection = connections[using]
    connection.ensure_connection()
    numbers: dict[str, str] = {}
    free, given = count(1), iter(params)

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        param = next(given)
        if not isinstance(param, _Blank):
            return sql.Literal(param).as_string(connection.connection)
        if param not in numbers:
            numbers[param] = f"${next(free)}::{param.kind}"
        return numbers[param]

    return re.sub("%[%s]", written, text), tuple(dict.fromkeys(_blanks(params)))


def filled_in(params: Iterable[Any], values: Mapping[str, Any]) -> list[Any]:
    """Return the parameters with what is given in place of the blanks."""
    return [values[param] if isinstance(param, _Blank) else param for param in params]


def _blanks(params: Iterable[Any]) -> Iterator[_Blank]:
    return (param for param in params if isinstance(param, _Blank))


def _stand_in(reader: access.Person, kind: tuple[Any, ...] | None) -> Any:
    """Return a reader of the same kind whose id is a blank."""
    if kind is None:
        return None
    other: Any = get_user_model()(pk=READER, is_active=reader.is_active)
    other._general_permissions, _active, is_settled = kind
    if is_settled:
        other._hidden_systems = Q(among_ids(name=SETTLED))
    return other


class _Query:
    """Stands where a queryset keeps its query, and gives it the compiler that has done its work."""

    def __init__(self, kept: Kept, values: Mapping[str, Any], afresh: bool) -> None:
        self.kept, self.values, self.afresh = kept, values, afresh

    def __getattr__(self, name: str) -> Any:
        return getattr(self.kept.queryset.query, name)

    def chain(self) -> "_Query":
        """Return itself: nothing is added to what is built."""
        return self

    def get_compiler(self, using: str) -> Any:
        """Return a compiler that runs the kept statement on this thread's connection."""
        compiler = copy(self.kept.compiler)
        compiler.connection = connections[using]
        if not self.afresh:
            given = [self.values[name] for name in self.kept.blanks]
            compiler.connection = _Prepared(compiler.connection, self.kept.statement, given)
        compiler.as_sql = lambda: (self.kept.sql, tuple(self._given()))
        return compiler

    def _given(self) -> list[Any]:
        return filled_in(self.kept.params, self.values)


class _Prepared:
    """A connection whose cursors run one statement, which the database plans the first time."""

    def __init__(self, connection: Any, statement: str, given: list[Any]) -> None:
        self.wrapped, self.statement, self.given = connection, statement, given

    def __getattr__(self, name: str) -> Any:
        return getattr(self.wrapped, name)

    def cursor(self) -> Any:
        """Return a cursor as the connection's own are: counted, logged, its errors Django's."""
        self.wrapped.ensure_connection()
        with self.wrapped.wrap_database_errors:
            cursor = _Cursor(self.wrapped.connection, self.statement, self.given)
            return self.wrapped._prepare_cursor(cursor)


class _Cursor(RawCursor[Any]):
    """Runs its own statement in place of the one that Django asks for, which says the same."""

    def __init__(self, connection: Any, statement: str, given: list[Any]) -> None:
        super().__init__(connection)
        self.statement, self.given = statement, given

    def execute(self, query: Any, params: Any = None, **options: Any) -> "_Cursor":
        """Run the statement; `query` is only what the log tells of."""
        super().execute(self.statement, self.given, **options)
        self._query = _Shown(self.connection, query, params)  # type: ignore[assignment]
        return self


class _Shown(NamedTuple):
    """What Django's log asks a cursor for: the statement as it would be with its values in it."""

    connection: Any
    text: str
    params: Any

    @property
    def query(self) -> bytes:
        """Return the statement, put together only when somebody looks."""
        return ClientCursor(self.connection).mogrify(self.text, self.params).encode()
