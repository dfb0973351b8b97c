"""Many history tables, one timeline: gestures with their rows, and the register as of a date."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.models import QuerySet
from django.utils import timezone

from governance.models import Gesture

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


def protect(using: str = "default") -> None:
    """Make every history table and the gestures append-only: no UPDATE, DELETE or TRUNCATE."""
    guarded: list[type[models.Model]] = [*history_models(), Gesture]
    tables = [m._meta.db_table for m in guarded]
    with connections[using].cursor() as cursor:
        existing = set(connections[using].introspection.table_names(cursor))
        cursor.execute(PROTECT)
        for table in existing.intersection(tables):
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
                f'ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION regit_append_only()'
            )


def end_of(day: date) -> datetime:
    """Return the moment at which the Swedish day ends."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def as_of(model: type[models.Model], day: date) -> QuerySet[Any]:
    """Return the history rows that say how the model's rows stood when the day ended.

    Uses no `history_date` alone: two rows of one gesture may share it, so the last row written wins.
    """
    rows: QuerySet[Any] = model.history.model.objects.all()  # type: ignore[attr-defined]
    latest = rows.filter(history_date__lt=end_of(day)).order_by(
        "id", "-history_date", "-history_id"
    )
    return rows.filter(history_id__in=latest.distinct("id").values("history_id")).exclude(
        history_type="-"
    )
