"""Actions on an informationssystem: register, change, decide life cycle, move."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance import access
from governance.access import Person
from governance.actions.base import assign, lock, write
from governance.actions.objekt import CHANGE
from governance.actions.steering import refuse_avvecklat
from governance.gestures import gesture
from governance.models import ASPECTS, Forvaltningsobjekt, Informationssystem, Livscykel
from governance.models.informationssystem import HIGHEST
from governance.refusals import sentence_of

ORDER = list(Livscykel.values)
DECIDED = ("livscykel", "livscykel_since", "livscykel_decision")
"""What takes a decision of its own once the system is registered (6.2.B7)."""


def create(
    actor: Person, objekt: Forvaltningsobjekt, *, reason: str = "", **fields: Any
) -> Informationssystem:
    """Register a system on an object (6.3.U4).

    Raises ValidationError outside the register (6.3.d), and on an object that is wound up.
    """
    access.require(actor, CHANGE, objekt)
    with gesture(actor, "create", reason):
        locked = lock(objekt, None, {})
        check_open(locked)
        system = Informationssystem(objekt=locked)
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

    Raises Conflict when somebody saved in between, ValidationError for the life cycle, which is
    decided apart (6.2.B7); level 4 makes the system skyddsvärt.
    """
    access.require(actor, CHANGE, system)
    if decided := [name for name in DECIDED if name in fields]:
        sentence = _("Livscykeln beslutas för sig: välj Besluta om livscykel på systemets sida.")
        raise ValidationError(dict.fromkeys(decided, sentence))
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
    """Decide where a system is in its life: acquisition, operation, winding up (6.2.B7).

    Raises ValidationError where the object is wound up and the system would not be.
    """
    access.require(actor, "decide_livscykel", system)
    fields: dict[str, Any] = {
        "livscykel": livscykel,
        "livscykel_since": since,
        "livscykel_decision": decision,
    }
    if livscykel not in ORDER:
        raise ValidationError({"livscykel": _("Välj ett av alternativen.")})
    with gesture(actor, "livscykel", reason):
        check_livscykel(lock(system.objekt, None, {}), livscykel)
        fresh = _lock_in_place(system, version, fields)
        assign(fresh, fields | dates_of_livscykel(fresh, livscykel, since))
        return write(fresh)


def move(
    actor: Person, system: Informationssystem, to: Forvaltningsobjekt, *, reason: str
) -> Informationssystem:
    """Move a system to another object; takes the mandate on both. Roles held on it follow elsewhere.

    Raises ValidationError where the other object is wound up, or the system has left the object
    that the mandate was asked for meanwhile.
    """
    access.require(actor, CHANGE, system.objekt)
    access.require(actor, CHANGE, to)
    if system.objekt_id == to.pk:
        raise ValidationError(_("Systemet ingår redan i %(objekt)s.") % {"objekt": to})
    with gesture(actor, "move", reason):
        locked = lock(to, None, {})
        check_open(locked)
        fresh = _lock_in_place(system, None, {})
        fresh.objekt = locked
        return write(fresh)


def _lock_in_place(
    system: Informationssystem, version: int | None, mine: dict[str, Any]
) -> Informationssystem:
    """Lock the system, after its object; ValidationError when another than that is its object now."""
    fresh = lock(system, version, mine)
    if fresh.objekt_id != system.objekt_id:
        raise ValidationError(
            _("%(system)s har flyttats sedan sidan öppnades. Öppna sidan igen.")
            % {"system": system}
        )
    return fresh


def dates_of_livscykel(system: Informationssystem, livscykel: str, since: date) -> dict[str, date]:
    """Return the dates that follow from a system's going into operation, or out of it."""
    if livscykel == Livscykel.I_DRIFT and not system.driftsatt_on:
        return {"driftsatt_on": since}
    return {"avvecklas_on": since} if livscykel == Livscykel.AVVECKLAT else {}


def check_open(objekt: Forvaltningsobjekt) -> None:
    """Raise ValidationError when the object is wound up and can have no new systems."""
    refuse_avvecklat(objekt, _("Välj ett annat objekt."))


def check_livscykel(objekt: Forvaltningsobjekt, livscykel: str) -> None:
    """Raise ValidationError for a livscykel that no system has in an object that is wound up."""
    if livscykel != Livscykel.AVVECKLAT:
        refuse_avvecklat(objekt, _("Öppna objektet igen först, eller flytta systemet."))


def check_belongs(system: Informationssystem) -> None:
    """Raise ValidationError for what the register is not about (6.3.d), as its constraint does."""
    if not system.lagrar_elektroniskt and system.informationen_ags_av is None:
        raise ValidationError(sentence_of(Informationssystem, "system_belongs_in_register"))


def must_be_protected(system: Informationssystem) -> bool:
    """Whether a level of klassning makes the system skyddsvärt, whatever was said about it."""
    return HIGHEST in [getattr(system, aspect) for aspect in ASPECTS]


def protect(system: Informationssystem) -> Informationssystem:
    """Make the system skyddsvärt where its klassning says so."""
    if must_be_protected(system):
        system.skyddsvard = True
    return system
