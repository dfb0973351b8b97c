"""Many rows at once with their history: the only way to write tracked models in bulk.

Rows are not validated here; the caller has checked what an action would check.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import Case, F, ForeignKey, Value, When
from django.db.models.functions import Cast
from simple_history.utils import bulk_create_with_history

from governance import gestures
from governance.models.base import Tracked
from governance.models.querysets import recorded_by_caller

T = TypeVar("T", bound=Tracked)
BATCH = 1000


def _stamp(rows: Iterable[Tracked]) -> None:
    opened = gestures.current()
    for row in rows:
        row.version += 1
        row.updated_at, row.updated_by = opened.at, opened.actor


def create(model: type[T], rows: Sequence[T]) -> list[T]:
    """Insert the rows and their history in the open gesture; returns them with ids."""
    _stamp(rows)
    with recorded_by_caller():
        made: Any = bulk_create_with_history(
            rows, model, batch_size=BATCH, default_user=gestures.current().actor
        )
    return list(made)


def change(model: type[T], rows: Sequence[T], fields: Sequence[str]) -> None:
    """Update the named fields of the rows and write their history in the open gesture."""
    _stamp(rows)
    changed = [model._meta.get_field(name) for name in (*fields, "updated_at", "updated_by")]
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        values = {field.name: _values(field, batch) for field in changed}
        chosen: Any = model._default_manager.filter(pk__in=[row.pk for row in batch])
        with recorded_by_caller():
            chosen.update(version=F("version") + 1, **values)
    history: Any = model.history  # type: ignore[attr-defined]
    history.bulk_history_create(
        rows, batch_size=BATCH, update=True, default_user=gestures.current().actor
    )


def _values(field: Any, rows: Sequence[Tracked]) -> Any:
    """Return what gives each row its value: bulk_update() names it for every row, the same or not."""
    if isinstance(field, ForeignKey):
        for row in rows:
            if field.is_cached(row):  # it may have got its id since it was set
                setattr(row, field.name, getattr(row, field.name))
    values = [getattr(row, field.attname) for row in rows]
    if all(value == values[0] for value in values):
        return Value(values[0], output_field=field)
    whens = [
        When(pk=row.pk, then=Value(value, output_field=field))
        for row, value in zip(rows, values, strict=True)
    ]
    return Cast(Case(*whens, output_field=field), output_field=field)


def remove(model: type[T], rows: Sequence[T]) -> None:
    """Delete rows that nothing refers to; their history says so, in the open gesture, and stays."""
    opened = gestures.current()
    history: Any = model.history.model  # type: ignore[attr-defined]
    names = [field.attname for field in history.tracked_fields]
    gone = [
        history(
            history_type="-",
            history_date=opened.at,
            history_user=opened.actor,
            **{name: getattr(row, name) for name in names},
        )
        for row in rows
    ]
    history.objects.bulk_create(gone, batch_size=BATCH)
    # delete() would write the history one row at a time.
    chosen: Any = model._default_manager.filter(pk__in=[row.pk for row in rows])
    with recorded_by_caller():
        chosen._raw_delete(chosen.db)
