"""Many rows of one noun in a few statements, with version and history as for one at a time.

For actions that have checked every row themselves, inside their open gesture. Constraints of the
database still hold; `full_clean` is not called.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from governance import gestures
from governance.models.base import Tracked

T = TypeVar("T", bound=Tracked)
BATCH = 1000
BOOKKEEPING = ("version", "updated_at", "updated_by")


def create(rows: Sequence[T]) -> list[T]:
    """Insert the rows with their history."""
    if not rows:
        return []
    made: list[T] = bulk_create_with_history(_stamped(rows), type(rows[0]), batch_size=BATCH)
    return made


def update(rows: Sequence[Tracked], *fields: str) -> None:
    """Write the named fields of the rows with their history."""
    if rows:
        bulk_update_with_history(
            _stamped(rows), type(rows[0]), [*fields, *BOOKKEEPING], batch_size=BATCH
        )


def remove(rows: Sequence[Tracked]) -> None:
    """Delete rows that nothing refers to; their history says so and stays."""
    if not rows:
        return
    model: Any = type(rows[0])
    history = model.history.model
    names = [field.attname for field in history.tracked_fields]
    opened = gestures.current()
    history.objects.bulk_create(
        [
            history(
                history_type="-",
                history_date=opened.at,
                history_user=opened.actor,
                **{name: getattr(row, name) for name in names},
            )
            for row in rows
        ],
        batch_size=BATCH,
    )
    # delete() would write one row of history at a time.
    gone = model._default_manager.filter(pk__in=[row.pk for row in rows])
    gone._raw_delete(gone.db)


def _stamped(rows: Sequence[T]) -> Sequence[T]:
    opened = gestures.current()
    for row in rows:
        row.version += 1
        row.updated_at, row.updated_by = opened.at, opened.actor
    return rows
