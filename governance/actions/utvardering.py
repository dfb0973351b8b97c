"""Evaluations of how an object's organisation works, made periodically (6.2.B4)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance import access
from governance.access import Person
from governance.actions import _simple
from governance.actions.base import check_not_future
from governance.actions.steering import refuse_avvecklat
from governance.models import Forvaltningsobjekt, Utvardering

RECORD = "record_utvardering"


def record(
    actor: Person, objekt: Forvaltningsobjekt, *, reason: str = "", **fields: Any
) -> Utvardering:
    """Write down an evaluation and when the next is due. Raises ValidationError."""
    access.require(actor, RECORD, objekt)
    refuse_avvecklat(objekt)
    check(fields)
    made = Utvardering(objekt=objekt, evaluated_by=actor)
    return _simple.create(actor, made, fields, reason)


def change(
    actor: Person,
    utvardering: Utvardering,
    *,
    version: int | None = None,
    reason: str = "",
    **fields: Any,
) -> Utvardering:
    """Correct an evaluation. Raises ValidationError, and Conflict when somebody saved in between."""
    access.require(actor, RECORD, utvardering)
    check(fields)
    return _simple.change(actor, utvardering, fields, version, reason)


def check(fields: dict[str, Any]) -> None:
    """Raise ValidationError for days that cannot be."""
    check_not_future(fields.get("on"), "on")
    first, last = fields.get("period_from"), fields.get("period_to")
    if first and last and last < first:
        raise ValidationError({"period_to": _("Perioden slutar innan den börjar.")})
