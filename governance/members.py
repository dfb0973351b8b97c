"""What many-to-many fields said in history rows: the groups of a person, by name."""

from typing import Any

from django.db.models import ForeignKey


def attach_members(rows: list[Any]) -> None:
    """Fetch what many-to-many fields said in these rows, one query a field: `row.members`."""
    for through in {t for row in rows for t in _throughs(type(row))}:
        told: dict[Any, dict[Any, str]] = {}
        target = next(f for f in through._meta.fields if _is_target(through, f))
        said = through._base_manager.filter(history__in=[row.history_id for row in rows])
        for one in said.select_related(target.name):
            told.setdefault(one.history_id, {})[getattr(one, target.attname)] = str(
                getattr(one, target.name)
            )
        for row in rows:
            row.members = {
                str(target.related_model._meta.verbose_name_plural): told.get(row.pk, {})
            }


def _throughs(model: Any) -> list[Any]:
    return [getattr(model, f.name).model for f in getattr(model, "_history_m2m_fields", ())]


def _is_target(through: Any, of: Any) -> bool:
    if not isinstance(of, ForeignKey) or of.name in ("history", "gesture"):
        return False
    return of.related_model is not through._meta.get_field("history").related_model.instance_type
