"""Actions on avrop and leveranser: call off, withdraw, register a delivery, judge it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access
from governance.access import Person
from governance.actions._simple import create as write_new
from governance.actions.base import lock, write
from governance.gestures import gesture
from governance.models import Avrop, Avtal, Kostnad, Leverans
from governance.steering import notice
from governance.steering.money import written

CALL_OFF, APPROVE = "call_off", "approve_leverans"


def remaining(avtal: Avtal) -> Decimal | None:
    """Return what is left to call off of the agreement's value; None where it has no value."""
    if avtal.varde is None:
        return None
    called = Avrop.objects.filter(avtal=avtal, withdrawn_on__isnull=True)
    used: Decimal = called.aggregate(sum=Sum("belopp", default=Decimal(0)))["sum"]
    left: Decimal = avtal.varde - used
    return left


def call_off(actor: Person, avtal: Avtal, *, reason: str = "", **fields: Any) -> Avrop:
    """Call off from a signed agreement in force, within its remaining value (6.3.B5, 6.5.B5).

    The agreement is locked, so that two call-offs at once cannot exceed it together.
    """
    access.require(actor, CALL_OFF, avtal)
    with transaction.atomic():
        avtal = lock(avtal, None, {})
        refuse_call_off(avtal, fields)
        avrop = Avrop(objekt=avtal.objekt, avtal=avtal, called_by=actor)
        with gesture(actor, "call_off", reason):
            return write_new(actor, avrop, fields, reason)


def refuse_call_off(avtal: Avtal, fields: dict[str, Any]) -> None:
    """Raise ValidationError when the agreement does not allow this call-off."""
    if avtal.status != Avtal.Status.TECKNAT:
        raise ValidationError(
            _("Avrop görs mot ett tecknat avtal. %(avtal)s är %(status)s.")
            % {"avtal": avtal, "status": avtal.get_status_display().lower()}
        )
    day, amount, left = fields.get("on"), fields.get("belopp"), remaining(avtal)
    if day and not notice.in_force(Avtal.objects.filter(pk=avtal.pk), day).exists():
        raise ValidationError(
            {"on": _("Avtalet gäller inte den dagen. Välj en dag i avtalstiden.")}
        )
    if amount is not None and left is not None and amount > left:
        raise ValidationError(
            {
                "belopp": _("Det återstår %(left)s av avtalets värde. Avropa högst så mycket.")
                % {"left": written(left)}
            }
        )


def is_open(avtal: Avtal, until: date | None, left: Decimal | None) -> bool:
    """Whether any call-off can be made from today on, of an agreement that lasts `until` a day."""
    lasts = until is None or until >= timezone.localdate()
    return avtal.status == Avtal.Status.TECKNAT and lasts and (left is None or left > 0)


def withdraw(actor: Person, avrop: Avrop, *, version: int | None = None, reason: str) -> Avrop:
    """Take back a call-off; refused once something was delivered on it or it has cost something."""
    access.require(actor, CALL_OFF, avrop)
    with transaction.atomic():
        fresh = lock(avrop, version, {})
        if fresh.withdrawn_on:
            return fresh
        if refusal := withdrawal_refused(fresh):
            raise ValidationError(refusal)
        with gesture(actor, "withdraw", reason):
            fresh.withdrawn_on = timezone.localdate()
            return write(fresh)


def withdrawal_refused(avrop: Avrop) -> str:
    """Return why a call-off that stands cannot be taken back; nothing when it can.

    Asks nothing of the database where its deliveries and costs are fetched already.
    """
    if any(row.status != Leverans.Status.UNDERKAND for row in avrop.leveranser.all()):
        return _("Det finns leveranser på avropet. Underkänn dem innan avropet tas tillbaka.")
    if any(row.status != Kostnad.Status.AVVISAD for row in avrop.kostnader.all()):
        return _(
            "Det finns kostnader på avropet. Flytta eller avvisa dem innan avropet tas tillbaka."
        )
    return ""


def register_leverans(actor: Person, avrop: Avrop, *, reason: str = "", **fields: Any) -> Leverans:
    """Register what was delivered on a call-off; it waits for approval."""
    access.require(actor, CALL_OFF, avrop)
    with transaction.atomic():
        fresh = lock(avrop, None, {})
        if fresh.withdrawn_on:
            raise ValidationError(
                _("Avropet är återtaget. Registrera leveransen på ett annat avrop.")
            )
        if fields.get("on") and fields["on"] < fresh.on:
            raise ValidationError({"on": _("Leveransen ligger före avropet. Ange en senare dag.")})
        return write_new(actor, Leverans(avrop=fresh), fields, reason)


def judge(
    actor: Person,
    leverans: Leverans,
    *,
    approve: bool,
    note: str = "",
    version: int | None = None,
    reason: str = "",
) -> Leverans:
    """Approve a delivery, or send it back with a note (6.3.B4). Judged once."""
    access.require(actor, APPROVE, leverans)
    if not approve and not note.strip():
        raise ValidationError({"note": _("Skriv vad som ska rättas.")})
    with transaction.atomic():
        fresh = lock(leverans, version, {})
        if fresh.status != Leverans.Status.VANTAR:
            raise ValidationError(
                _("Leveransen är redan bedömd: %(status)s.")
                % {"status": fresh.get_status_display().lower()}
            )
        fresh.status = Leverans.Status.GODKAND if approve else Leverans.Status.UNDERKAND
        fresh.note, fresh.judged_by, fresh.judged_on = note, actor, timezone.localdate()
        with gesture(actor, "judge_leverans", reason):
            return write(fresh)
