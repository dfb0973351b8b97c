"""Many history tables, one timeline: gestures with their rows, and the register as of a date."""

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, connections, models
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils import timezone

from governance.models import Gesture, Seal, SealedGesture, SealLayout

LATEST = 50
STAMP = f"""
SELECT coalesce(md5(string_agg(id::text, '' ORDER BY at DESC, id DESC)), '') FROM (
  SELECT id, at FROM governance_gesture ORDER BY at DESC, id DESC LIMIT {LATEST}
) newest
"""  # noqa: S608 - a number of our own
PROTECT = """
CREATE OR REPLACE FUNCTION regit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Historiken kan inte ändras eller tas bort (%).', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'append_only';
END $$
"""


def history_models() -> list[type[models.Model]]:
    """Return every history model of the register, tables of many-to-many rows included."""
    return [
        m for m in apps.get_models() if m._meta.db_table.split("_", 1)[-1].startswith("historical")
    ]


def append_only() -> list[type[models.Model]]:
    """Return every model whose rows stay as they were written."""
    return [*history_models(), Gesture, SealLayout, Seal, SealedGesture]


def protect(using: str = "default") -> None:
    """Make history tables, gestures and seals append-only: no UPDATE, DELETE or TRUNCATE."""
    tables = [m._meta.db_table for m in append_only()]
    with connections[using].cursor() as cursor:
        existing = set(connections[using].introspection.table_names(cursor))
        cursor.execute(PROTECT)
        for table in existing.intersection(tables):
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
                f'ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION regit_append_only()'
            )


def start_of(day: date) -> datetime:
    """Return the moment at which the Swedish day begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """Return the moment at which the Swedish day ends; the last day there is has no morrow."""
    if day == date.max:
        return timezone.make_aware(datetime.combine(day, time.max))
    return start_of(day + timedelta(days=1))


def stamp() -> str:
    """Return a mark of how the register stands: the same until somebody changes something.

    Empty while nothing has been done at all. Made of the newest gestures. A change that began before
    LATEST others and was saved after them shows with the next one; whoever keeps something by the
    stamp lets it grow old all the same.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        return str(cursor.fetchone()[0])


def as_it_stands() -> RawSQL:
    """Return the stamp as part of another query, which then says of what moment its rows are."""
    return RawSQL(STAMP, [], models.TextField())  # noqa: S611 - a constant


def rows_of(model: type[models.Model]) -> QuerySet[Any]:
    """Return every history row of a model, in no order."""
    return history_of(model)._default_manager.order_by()


@cache
def history_of(model: type[models.Model]) -> type[models.Model]:
    """Return a model's history model; simple-history's own way there makes a manager each time."""
    history: type[models.Model] = model.history.model  # type: ignore[attr-defined]
    return history


def as_of(model: type[models.Model], day: date, ids: Any = None) -> QuerySet[Any]:
    """Return the history rows that say how the model's rows stood when the day ended.

    `ids` (a list, or a subquery) keeps it to those things: without it the whole table is read.
    Uses no `history_date` alone: two rows of one gesture may share it, so the last row written wins.
    """
    rows = rows_of(model).filter(history_date__lt=end_of(day))
    if ids is not None:
        rows = rows.filter(id__in=ids)
    return last_of(model, rows).exclude(history_type="-")


def last_of(model: type[models.Model], rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the last of these history rows of each thing, also where it tells that it is gone."""
    latest = rows.order_by("id", "-history_date", "-history_id").distinct("id")
    return rows_of(model).filter(history_id__in=latest.values("history_id"))


def as_thing(row: Any) -> Any:
    """Return what a history row tells of as the thing itself: it has a name, and is never saved.

    simple-history's own `instance` asks the database for each field that history leaves out.
    """
    kept = {f.attname: getattr(row, f.attname) for f in row.tracked_fields}
    return row.instance_type(**kept)


def before(model: type[models.Model], column: str) -> Subquery:
    """Return what the row before said in a column, for use over the model's history rows."""
    # history_date alone bounds the index; the rest decides between rows of the same moment.
    earlier = Q(history_date__lt=OuterRef("history_date")) | Q(
        history_id__lt=OuterRef("history_id")
    )
    until = {"history_date__lte": OuterRef("history_date")}
    rows = rows_of(model).filter(earlier, id=OuterRef("id"), **until)
    return Subquery(rows.order_by("-history_date", "-history_id").values(column)[:1])


def ever(model: type[models.Model], **said: Any) -> QuerySet[Any]:
    """Return the ids of the model's things of which a history row ever said this."""
    return rows_of(model).filter(**said).values("id")


def equals(value: Any, pk: Any) -> Q:
    """Select where a subquery's id is this; no row counts as another."""
    number = models.BigIntegerField()
    return Q(Exact(Coalesce(value, Value(0), output_field=number), pk))


def came_or_left(model: type[models.Model], column: str, pk: Any) -> Q:
    """Select the history rows in which the column began or ceased to be this."""
    held, was = Q(**{column: pk}), equals(before(model, column), pk)
    return Q(id__in=ever(model, **{column: pk})) & ((held & ~was) | (~held & was))


def stayed_or_left(model: type[models.Model], column: str, pk: Any) -> Q:
    """Select the history rows in which the column was this, and those in which it ceased to be."""
    held, was = Q(**{column: pk}), equals(before(model, column), pk)
    return Q(id__in=ever(model, **{column: pk})) & (held | was)
