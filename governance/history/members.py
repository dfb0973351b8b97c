"""What many-to-many fields said in history rows: the groups of a person."""

from collections.abc import Iterable
from typing import Any

from django.db.models import ForeignKey

from governance.history.together import fetch


def attach_members(rows: Iterable[Any]) -> None:
    """Fetch what many-to-many fields said in these rows, in one query: `row.members`, ids by field."""
    told: dict[Any, dict[Any, set[Any]]] = {}
    for row in rows:
        for of, through in _throughs(type(row)):
            said = told.setdefault(through, {}).setdefault(row.history_id, set())
            row.__dict__.setdefault("members", {})[of] = said
    for one in fetch(t._base_manager.filter(history__in=list(told[t])) for t in told):
        told[type(one)][one.history_id].add(getattr(one, _target(type(one)).attname))


def _throughs(kind: Any) -> list[tuple[Any, Any]]:
    """Return the many-to-many fields of a history model, each with the table of its rows."""
    return [(f, getattr(kind, f.name).model) for f in getattr(kind, "_history_m2m_fields", ())]


def _target(through: Any) -> Any:
    return next(f for f in through._meta.fields if _is_target(through, f))


def _is_target(through: Any, of: Any) -> bool:
    if not isinstance(of, ForeignKey) or of.name in ("history", "gesture"):
        return False
    return of.related_model is not through._meta.get_field("history").related_model.instance_type
