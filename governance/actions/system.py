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
    if objekt.status == Forvaltningsobjekt.Status.AVVECKLAT:
        raise ValidationError(
            _("%(objekt)s är avvecklat och kan inte få nya system. Välj ett annat objekt.")
            % {"objekt": objekt}
        )
    with gesture(actor, "create", reason):
        system = Informationssystem(objekt=objekt)
        assign(system, fields)
        return write(_protected(system))


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
                write(_protected(fresh))
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
        if livscykel == Livscykel.I_DRIFT and not fresh.driftsatt_on:
            fields["driftsatt_on"] = since
        if livscykel == Livscykel.AVVECKLAT:
            fields["avvecklas_on"] = since
        assign(fresh, fields)
        return write(fresh)


def move(
    actor: Person, system: Informationssystem, to: Forvaltningsobjekt, *, reason: str
) -> Informationssystem:
    """Move a system to another object; takes the mandate on both. Roles held on it follow elsewhere."""
    access.require(actor, CHANGE, system.objekt)
    access.require(actor, CHANGE, to)
    if to.status == Forvaltningsobjekt.Status.AVVECKLAT:
        raise ValidationError(_("%(objekt)s är avvecklat. Välj ett annat objekt.") % {"objekt": to})
    with gesture(actor, "move", reason):
        fresh = lock(system, None, {})
        if fresh.objekt_id == to.pk:
            raise ValidationError(_("Systemet ingår redan i %(objekt)s.") % {"objekt": to})
        fresh.objekt = to
        return write(fresh)


def _protected(system: Informationssystem) -> Informationssystem:
    """Level 4 makes a system skyddsvärt, whatever was said about it."""
    if HIGHEST in [getattr(system, aspect) for aspect in ASPECTS]:
        system.skyddsvard = True
    return system
