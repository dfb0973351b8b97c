"""What an import writes: new rows, changed rows, spells that end, statuses. Holds no rule."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from governance.actions.base import same
from governance.models import Forvaltningsobjekt
from governance.models.base import Tracked
from roles.models import RoleAssignment

Model = type[Tracked]


@dataclass
class Changed:
    """A row of the register and the fields that get another value, with what they were."""

    row: Tracked
    before: dict[str, Any] = field(default_factory=dict)

    @property
    def fields(self) -> list[str]:
        """Return the names of the fields that differ from what they were."""
        return [name for name, old in self.before.items() if not same(getattr(self.row, name), old)]


@dataclass
class Work:
    """Everything to write, as instances that know each other before they have ids."""

    new: dict[Model, list[Any]] = field(default_factory=dict)
    changed: dict[tuple[Model, int], Changed] = field(default_factory=dict)
    ended: list[tuple[RoleAssignment, date]] = field(default_factory=list)
    status: list[tuple[Forvaltningsobjekt, str]] = field(default_factory=list)

    def add(self, row: Any) -> None:
        """Note a new row."""
        self.new.setdefault(type(row), []).append(row)

    def assign(self, row: Any, name: str, value: Any) -> None:
        """Set a field, and note it where the row is in the register already."""
        if row.pk is not None:
            noted = self.changed.setdefault((type(row), row.pk), Changed(row))
            noted.before.setdefault(name, getattr(row, name))
        setattr(row, name, value)

    def end(self, assignment: RoleAssignment, last: date) -> None:
        """Let an assignment end, and its substitutes with it."""
        self.assign(assignment, "valid_to", last)
        self.ended.append((assignment, last))

    def of(self, model: Model) -> list[Changed]:
        """Return the changed rows of a model."""
        found = [c for (kind, _pk), c in self.changed.items() if kind is model and c.fields]
        return sorted(found, key=lambda c: c.row.pk)

    def touched_objects(self) -> set[int]:
        """Return the ids of objects in the register that the work concerns."""
        rows: list[Any] = [c.row for c in self.changed.values() if c.fields]
        rows += [row for rows in self.new.values() for row in rows]
        found: set[int | None] = {objekt.pk for objekt, _status in self.status}
        for row in rows:
            found.update(_objects_of(row, self))
        return {pk for pk in found if pk is not None}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        changes = any(changed.fields for changed in self.changed.values())
        return not (changes or self.status or any(self.new.values()))


def _objects_of(row: Any, work: Work) -> Iterator[int | None]:
    if isinstance(row, Forvaltningsobjekt):
        yield row.pk
    elif hasattr(row, "objekt_id"):
        yield row.objekt.pk
        noted = work.changed.get((type(row), row.pk)) if row.pk else None
        if noted and "objekt" in noted.before:
            yield noted.before["objekt"].pk
