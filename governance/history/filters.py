"""What a timeline is narrowed to: who, what kind, which days, why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Field, Model, Q, QuerySet

from governance.history import end_of, start_of
from governance.models import Gesture
from governance.models.base import fold, folded

_SELECTS: dict[str, Callable[[Any], Q]] = {
    "actor": lambda who: Q(actor=who),
    "by_regit": lambda _yes: Q(actor__isnull=True),
    "kind": lambda kind: Q(kind=kind),
    "since": lambda moment: Q(at__gte=moment),
    "until": lambda moment: Q(at__lt=moment),
    "gesture": lambda pk: Q(pk=pk),
    "reason": lambda text: Q(reason_fold__contains=text),
}
_OF = {"since": "at", "until": "at", "gesture": "id", "by_regit": "actor"}


@dataclass(frozen=True)
class Filters:
    """What a timeline is narrowed to. Days are Swedish days, both included."""

    actor: Any = None
    by_regit: bool = False
    kind: str = ""
    since: date | None = None
    until: date | None = None
    reason: str = ""
    model: type[Model] | None = None
    """The timeline's own matter: history rows of this model alone."""
    gesture: Any = None

    def wanted(self) -> dict[str, Any]:
        """Return what gestures are asked for, by the name of each filter that applies."""
        found = {name: getattr(self, name) for name in _SELECTS if getattr(self, name)}
        if self.actor is not None:
            found["actor"] = getattr(self.actor, "pk", self.actor)
        if self.since:
            found["since"] = start_of(self.since)
        if self.until:
            found["until"] = end_of(self.until)
        if self.reason:
            found["reason"] = fold(self.reason.lower())
        return found


def narrow(gestures: QuerySet[Gesture], wanted: Mapping[str, Any]) -> QuerySet[Gesture]:
    """Narrow gestures to what is asked for by name."""
    if "reason" in wanted:
        gestures = gestures.alias(reason_fold=folded("reason"))
    for name, value in wanted.items():
        gestures = gestures.filter(_SELECTS[name](value))
    return gestures


def field_of(name: str) -> "Field[Any, Any]":
    """Return the field that a filter's value is compared with."""
    field: Any = Gesture._meta.get_field(_OF.get(name, name))
    compared: Field[Any, Any] = field.target_field if field.is_relation else field
    return compared
