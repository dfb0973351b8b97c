"""Rows of many tables in one query: pages of history ask as much of the database with forty tables as with ten.

PostgreSQL hands each row over as one JSON text, which becomes the model's instance again here.
"""

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Func, Model, QuerySet, Value

from governance.lists import prepared


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
        one = instance(tables[place], json.loads(text, parse_float=Decimal), using)
        one.__dict__.update(zip(extras, more, strict=True))
        found.append(one)
    return found


def instance(model: type[Model], said: dict[str, Any], using: str = "default") -> Any:
    """Return the instance of a row that PostgreSQL told of as JSON."""
    fields = [of for of in model._meta.concrete_fields if of.column in said]
    values = [_value(of, said[str(of.column)]) for of in fields]
    return model.from_db(using, [of.attname for of in fields], values)


def _value(of: Any, said: Any) -> Any:
    while isinstance(of, models.ForeignKey):
        of = of.target_field
    if isinstance(of, models.GeneratedField):
        of = of.output_field
    if said is None:
        return None
    if isinstance(of, models.JSONField):
        return json.loads(json.dumps(said, default=float))
    return of.to_python(said)


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
