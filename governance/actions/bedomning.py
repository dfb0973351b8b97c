"""What a side of the object judges should become of a system (6.2, 6.3; 6.4, 6.5)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.access import Person
from governance.actions.base import Conflict, assign, check_not_future, lock, write
from governance.gestures import gesture
from governance.models import Bedomning, Informationssystem, Livscykel, Sida
from governance.steering import sides


def require(actor: Person, system: Informationssystem, sida: str) -> None:
    """Raise Forbidden unless the person speaks for the side."""
    sides.require_any(actor, sides.speaks_with(sida), system, called(sida))


def called(sida: str) -> str:
    """Return in words what it takes."""
    return _("Bedöma för verksamheten") if sida == Sida.VERKSAMHET else _("Bedöma för IT")


def judge(
    actor: Person,
    system: Informationssystem,
    sida: str,
    *,
    omdome: str,
    motivering: str,
    on: date | None = None,
    version: int | None = None,
    reason: str = "",
) -> Bedomning:
    """Write down what the side thinks, in place of what it thought before; the history keeps that.

    `version` is that of the judgement which the person saw, 0 where there was none. Raises
    Forbidden for the other side, ValidationError for a system that is gone or a day to come, and
    Conflict when somebody else of the side judged in between.
    """
    require(actor, system, sida)
    fields = {"omdome": omdome, "motivering": motivering, "on": on or timezone.localdate()}
    with transaction.atomic():
        refuse_gone(lock(system, None, {}))
        check_not_future(fields["on"], "on")  # type: ignore[arg-type]
        judged = fresh(system, sida, version, fields)
        if assign(judged, fields):
            judged.judged_by = actor
            with gesture(actor, "judge", reason):
                write(judged)
    return judged


def fresh(
    system: Informationssystem, sida: str, version: int | None, fields: dict[str, Any]
) -> Bedomning:
    """Return the side's judgement, locked, or a new one. Raises Conflict."""
    found = Bedomning.objects.filter(system=system, sida=sida).first()
    if found is None:
        return Bedomning(system=system, sida=sida)
    if version:
        return lock(found, version, fields)
    conflict = Conflict(found, fields)
    if version == 0 and conflict.differences:
        raise conflict
    return found


def refuse_gone(system: Informationssystem) -> None:
    """Raise ValidationError for a system that is not there to be judged any more."""
    if system.livscykel == Livscykel.AVVECKLAT:
        raise ValidationError(_("Systemet är avvecklat och bedöms inte längre."))
