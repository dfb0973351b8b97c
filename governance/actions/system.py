"""Actions on an informationssystem: register, change, decide life cycle, move."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance import access
from governance.access import Person
from governance.actions.base import assign, lock, write
from governance.gestures import gesture
from governance.models import ASPECTS, Forvaltningsobjekt, Informationssystem, Livscykel
from governance.models.informationssystem import HIGHEST

CHANGE = "change_forvaltningsobjekt"
ORDER = list(Livscykel.values)


def create(
    actor: Person, objekt: Forvaltningsobjekt, *, reason: str = "", **fields: Any
) -> Informationssystem:
    """Register a system on an object (6.3.U4). Raises ValidationError outside the register (6.3.d)."""
    access.require(actor, CHANGE, objekt)
    check_open(objekt)
    with gesture(actor, "create", reason):
        system = Informationssystem(objekt=objekt)
        assign(system, fields)
        return write(protect(system))


def change(
    actor: Person,
    system: Informationssystem,
    *,
    version: int | None = None,
    reason: str = "",
    **fields: Any,
) -> Informationssystem:
    """Change a system's entry (6.3.U4, 6.3.U5). Nothing changed is nothing written.

    Raises Conflict when somebody saved in between; level 4 makes the system skyddsvärt.
    """
    access.require(actor, CHANGE, system)
    with transaction.atomic():
        fresh = lock(system, version, fields)
        if assign(fresh, fields):
            with gesture(actor, "change", reason):
                write(protect(fresh))
        return fresh


def decide_livscykel(
    actor: Person,
    system: Informationssystem,
    livscykel: str,
    *,
    since: date,
    decision: str = "",
    version: int | None = None,
    reason: str = "",
) -> Informationssystem:
    """Decide where a system is in its life: acquisition, operation, winding up (6.2.B7)."""
    access.require(actor, "decide_livscykel", system)
    fields: dict[str, Any] = {
        "livscykel": livscykel,
        "livscykel_since": since,
        "livscykel_decision": decision,
    }
    if livscykel not in ORDER:
        raise ValidationError({"livscykel": _("Välj ett av alternativen.")})
    with gesture(actor, "livscykel", reason):
        fresh = lock(system, version, fields)
        assign(fresh, fields | dates_of_livscykel(fresh, livscykel, since))
        return write(fresh)


def move(
    actor: Person, system: Informationssystem, to: Forvaltningsobjekt, *, reason: str
) -> Informationssystem:
    """Move a system to another object; takes the mandate on both. Roles held on it follow elsewhere.

    Raises ValidationError where it has left the object that the mandate was asked for meanwhile.
    """
    access.require(actor, CHANGE, system.objekt)
    access.require(actor, CHANGE, to)
    if to.status == Forvaltningsobjekt.Status.AVVECKLAT:
        raise ValidationError(_("%(objekt)s är avvecklat. Välj ett annat objekt.") % {"objekt": to})
    with gesture(actor, "move", reason):
        fresh = lock(system, None, {})
        if fresh.objekt_id == to.pk:
            raise ValidationError(_("Systemet ingår redan i %(objekt)s.") % {"objekt": to})
        if fresh.objekt_id != system.objekt_id:
            raise ValidationError(
                _("Systemet har flyttats sedan sidan öppnades. Öppna sidan igen.")
            )
        fresh.objekt = to
        return write(fresh)


def dates_of_livscykel(system: Informationssystem, livscykel: str, since: date) -> dict[str, date]:
    """Return the dates that follow from a system's going into operation, or out of it."""
    if livscykel == Livscykel.I_DRIFT and not system.driftsatt_on:
        return {"driftsatt_on": since}
    return {"avvecklas_on": since} if livscykel == Livscykel.AVVECKLAT else {}


def check_open(objekt: Forvaltningsobjekt) -> None:
    """Raise ValidationError when the object is wound up and can have no new systems."""
    if objekt.status == Forvaltningsobjekt.Status.AVVECKLAT:
        raise ValidationError(
            _("%(objekt)s är avvecklat och kan inte få nya system. Välj ett annat objekt.")
            % {"objekt": objekt}
        )


def check_belongs(system: Informationssystem) -> None:
    """Raise ValidationError for what the register is not about (6.3.d), as its constraint does."""
    if not system.lagrar_elektroniskt and system.informationen_ags_av is None:
        rules = {constraint.name: constraint for constraint in system._meta.constraints}
        raise ValidationError(str(rules["system_belongs_in_register"].violation_error_message))


def must_be_protected(system: Informationssystem) -> bool:
    """Whether a level of klassning makes the system skyddsvärt, whatever was said about it."""
    return HIGHEST in [getattr(system, aspect) for aspect in ASPECTS]


def protect(system: Informationssystem) -> Informationssystem:
    """Make the system skyddsvärt where its klassning says so."""
    if must_be_protected(system):
        system.skyddsvard = True
    return system
