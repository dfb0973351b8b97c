"""Rows of many tables in one query: pages of history ask as much of the database with forty tables as with ten.

PostgreSQL hands each row over as one JSON text, which becomes the model's instance again here.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, cast

from django.db import models
from django.db.models import Func, Model, QuerySet, Value
from django.db.models.base import ModelState

from governance.lists import prepared

AS_SAID = (models.BooleanField, models.CharField, models.IntegerField, models.TextField)
"""Fields whose values are in JSON what they are in Python."""
Understood = Callable[[Any], Any]
_decode = json.JSONDecoder(parse_float=Decimal).decode


class WholeRow(Func):
    """The row that a column belongs to, as one JSON text; without the bytes of files."""

    arity = 1
    output_field = models.TextField()

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **_options: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """Name the table, or the alias under which the query knows it."""
        (column,) = self.get_source_expressions()
        table = compiler.quote_name_unless_alias(column.alias)
        fields = column.target.model._meta.concrete_fields
        if not any(isinstance(of, models.BinaryField) for of in fields):
            return f"to_jsonb({table})::text", ()
        names = [of.column for of in fields if not isinstance(of, models.BinaryField)]
        pairs = ", ".join(f"'{name}', {table}.{connection.ops.quote_name(name)}" for name in names)
        return f"jsonb_build_object({pairs})::text", ()


def fetch(querysets: Iterable[QuerySet[Any]], extras: Sequence[str] = ()) -> list[Any]:
    """Return the rows of all these querysets as instances, in one query; in no order.

    `extras` as in `union`.
    """
    parts = list(querysets)
    if not parts:
        return []
    whole = union(parts, extras)
    return instances(whole, [rows.model for rows in parts], extras, whole.db)


def union(parts: Sequence[QuerySet[Any]], extras: Sequence[str] = ()) -> QuerySet[Any]:
    """Return one query for the rows of all these, for `instances` to read.

    `extras` names annotations that every queryset has; the instances carry them too. Columns that a
    queryset defers are fetched all the same, bytes never.
    """
    if any(rows.query.distinct_fields or rows.query.is_sliced for rows in parts):
        raise ValueError("order decides which rows these are: let a subquery choose them")
    told = [
        rows.order_by().values_list(Value(place), WholeRow(rows.model._meta.pk.attname), *extras)
        for place, rows in enumerate(parts)
    ]
    return told[0].union(*told[1:], all=True) if told[1:] else told[0]


def instances(
    rows: Iterable[Any], tables: Sequence[type[Model]], extras: Sequence[str], using: str
) -> list[Any]:
    """Return the instances that rows of a `union` of these tables tell of."""
    found = []
    for place, text, *more in rows:
        one = instance(tables[place], _decode(text), using)
        one.__dict__.update(zip(extras, more, strict=True))
        found.append(one)
    return found


def instance(model: type[Model], said: dict[str, Any], using: str = "default") -> Any:
    """Return the instance of a row that PostgreSQL told of as JSON."""
    # As from_db() makes it, but without its signals and a setter for each field, which took most of
    # the time that a row takes.
    one: Any = model.__new__(model)
    one._state = ModelState()
    one._state.adding, one._state.db = False, using
    fields = one.__dict__
    for column, attname, understood in _reading(model):
        if column in said:
            value = said[column]
            fields[attname] = value if value is None or understood is None else understood(value)
    return one


@cache
def _reading(model: type[Model]) -> list[tuple[str, str, Understood | None]]:
    """Return the columns of a model, their attributes, and how their values are understood."""
    fields = model._meta.concrete_fields
    return [(str(of.column), of.attname, understanding(of)) for of in fields]


def understanding(of: Any) -> Understood | None:
    """Return what makes a field's value of what JSON says; nothing where that is the value."""
    while isinstance(of, models.ForeignKey):
        of = of.target_field
    if isinstance(of, models.GeneratedField):
        of = of.output_field
    if isinstance(of, models.JSONField):
        return _with_floats
    if isinstance(of, AS_SAID):
        return None
    return cast(Understood, of.to_python)


def _with_floats(said: Any) -> Any:
    return json.loads(json.dumps(said, default=float)) if said else said


def with_rows(tables: Iterable[type[Model]], gestures: Iterable[Any]) -> set[type[Model]]:
    """Return which of these history models have a row of any of the gestures: one query.

    Asked before the rows themselves: the text is short however many tables there are, and only
    those that answer need a query of their own in the union.
    """
    names = {model._meta.db_table: model for model in tables}
    pks = list(gestures)
    if not names or not pks:
        return set()
    # Without the order PostgreSQL trusts to luck, and reads a table from its beginning.
    asked = " UNION ALL ".join(
        f"(SELECT '{name}' FROM \"{name}\" WHERE gesture_id = ANY(%s::uuid[])"  # noqa: S608
        " ORDER BY gesture_id LIMIT 1)"
        for name in names
    )
    return {names[name] for (name,) in prepared.ask(asked, pks)}


def counted(
    tables: Iterable[type[Model]], gestures: Iterable[Any]
) -> list[tuple[type[Model], Any, int]]:
    """Return how many rows of each history model each gesture wrote, where it wrote any: one query."""
    names = {model._meta.db_table: model for model in tables}
    pks = list(gestures)
    if not names or not pks:
        return []
    asked = " UNION ALL ".join(
        f"SELECT '{name}', gesture_id, count(*) FROM \"{name}\""  # noqa: S608
        " WHERE gesture_id = ANY(%s::uuid[]) GROUP BY gesture_id"
        for name in names
    )
    return [(names[name], gesture, rows) for name, gesture, rows in prepared.ask(asked, pks)]
