"""Actions on an uppdrag: initiated from the plan (6.3.B6, 6.5.B6), decided within it (6.3.U10, 6.5.U5).

Whoever initiates also says when it starts and is done; prioritising, deciding and ending early are
decisions. What does not fit the plan is refused with the code of governance/steering/frames.py: it is the
styrgrupp's (governance/actions/arende.py).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access
from governance.access import Person
from governance.actions.base import assign, lock, write
from governance.actions.steering import refuse_avvecklat
from governance.gestures import gesture
from governance.models import Arende, Forvaltningsobjekt, Uppdrag
from governance.steering import frames

INITIATE, DECIDE = "initiate_uppdrag", "decide_within_plan"
Status = Uppdrag.Status
OPEN = (Status.INITIERAT, Status.BESLUTAT, Status.PAGAR)


def initiate(
    actor: Person,
    objekt: Forvaltningsobjekt,
    *,
    arende: Arende | None = None,
    reason: str = "",
    **fields: Any,
) -> Uppdrag:
    """Initiate work from an activity of the plan in force, or as a granted ärende lets it.

    Raises ValidationError with a sentence per field; what falls outside the plan carries the code
    that offers it to the styrgrupp.
    """
    access.require(actor, INITIATE, objekt)
    refuse_avvecklat(objekt)
    uppdrag = Uppdrag(objekt=objekt, arende=arende, initiated_by=actor)
    with gesture(actor, "initiate", reason):
        assign(uppdrag, fields)
        frames.hold(uppdrag)
        if arende is not None:
            _refuse_ungranted(uppdrag)
        frames.check_in_force(uppdrag)
        frames.check(uppdrag)
        return write(uppdrag)


def change(
    actor: Person,
    uppdrag: Uppdrag,
    *,
    version: int | None = None,
    reason: str = "",
    **fields: Any,
) -> Uppdrag:
    """Change what an uppdrag says. Once it is decided, that is a decision within the plan again."""
    with transaction.atomic():
        fresh = _locked(actor, uppdrag, None, version, fields)
        access.require(actor, INITIATE if fresh.status == Status.INITIERAT else DECIDE, fresh)
        _refuse_unless(fresh, *OPEN)
        if assign(fresh, fields):
            frames.check(fresh)
            _refuse_without_cost(fresh)
            with gesture(actor, "change", reason):
                write(fresh)
        return fresh


def decide(
    actor: Person,
    uppdrag: Uppdrag,
    *,
    priority: int | None = None,
    version: int | None = None,
    reason: str = "",
) -> Uppdrag:
    """Decide that the uppdrag is to be done, within the plan or as a granted ärende lets it."""
    with transaction.atomic():
        fresh = _locked(actor, uppdrag, DECIDE, version, {})
        _refuse_unless(fresh, Status.INITIERAT)
        refuse_avvecklat(fresh.objekt)
        fresh.status = Status.BESLUTAT
        _refuse_without_cost(fresh)
        frames.check_in_force(fresh)
        frames.check(fresh)
        if priority is not None:
            fresh.priority = priority
        fresh.decided_by, fresh.decided_on = actor, timezone.localdate()
        with gesture(actor, "decide", reason):
            return write(fresh)


def prioritise(
    actor: Person,
    uppdrag: Uppdrag,
    *,
    priority: int | None,
    version: int | None = None,
    reason: str = "",
) -> Uppdrag:
    """Say in which order the uppdrag comes; 1 goes first, nothing puts it last."""
    with transaction.atomic():
        fresh = _locked(actor, uppdrag, DECIDE, version, {"priority": priority})
        _refuse_unless(fresh, *OPEN)
        if assign(fresh, {"priority": priority}):
            with gesture(actor, "prioritise", reason):
                write(fresh)
        return fresh


def start(actor: Person, uppdrag: Uppdrag, *, reason: str = "") -> Uppdrag:
    """Say that work on a decided uppdrag has begun."""
    return _go_on(actor, uppdrag, INITIATE, (Status.BESLUTAT,), Status.PAGAR, reason)


def complete(actor: Person, uppdrag: Uppdrag, *, reason: str = "") -> Uppdrag:
    """Say that the uppdrag is done."""
    return _go_on(actor, uppdrag, INITIATE, (Status.BESLUTAT, Status.PAGAR), Status.KLART, reason)


def abort(
    actor: Person, uppdrag: Uppdrag, *, version: int | None = None, reason: str = ""
) -> Uppdrag:
    """End the uppdrag before it is done; its cost no longer counts. The reason is required."""
    access.require(actor, DECIDE, uppdrag)
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför uppdraget avbryts.")})
    return _go_on(actor, uppdrag, DECIDE, OPEN, Status.AVBRUTET, reason)


def _go_on(
    actor: Person,
    uppdrag: Uppdrag,
    permission: str,
    before: tuple[Status, ...],
    after: Status,
    reason: str,
) -> Uppdrag:
    """Move an uppdrag to its next status; one that is there already is left as it is."""
    with transaction.atomic():
        fresh = _locked(actor, uppdrag, permission, None, {})
        if fresh.status == after:
            return fresh
        _refuse_unless(fresh, *before)
        fresh.status = after
        if after in (Status.KLART, Status.AVBRUTET):
            fresh.ended_on = timezone.localdate()
        with gesture(actor, "status", reason):
            return write(fresh)


def _locked(
    actor: Person,
    uppdrag: Uppdrag,
    permission: str | None,
    version: int | None,
    mine: dict[str, Any],
) -> Uppdrag:
    if permission:
        access.require(actor, permission, uppdrag)
    frames.hold(uppdrag, mine.get("aktivitet"))
    return lock(uppdrag, version, mine)


def _refuse_ungranted(uppdrag: Uppdrag) -> None:
    arende = uppdrag.arende
    if arende is None or not frames.granted(uppdrag):
        raise ValidationError(_("Styrgruppen har inte bifallit ärendet."))
    if arende.objekt_id != uppdrag.objekt_id:
        raise ValidationError(_("Ärendet gäller ett annat objekt."))


def _refuse_unless(uppdrag: Uppdrag, *states: Status) -> None:
    if uppdrag.status not in states:
        raise ValidationError(
            _("Uppdraget är %(status)s. Då går det inte att göra så.")
            % {"status": uppdrag.get_status_display().lower()}
        )


def _refuse_without_cost(uppdrag: Uppdrag) -> None:
    """Refuse a decision that says nothing of the cost: it could not be held against the frame."""
    if uppdrag.status != Status.INITIERAT and uppdrag.belopp is None:
        raise ValidationError(
            {
                "belopp": _(
                    "Ange vad uppdraget beräknas kosta innan det beslutas, 0 om det inte kostar något."
                )
            }
        )
