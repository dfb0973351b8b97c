"""Actions on the entry of an agreement: register, change, correct, approve, remove (6.3.U4, 6.2.U6)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access
from governance.access import Person
from governance.actions.avrop import remaining
from governance.actions.base import Conflict, assign, lock, write
from governance.actions.objekt import CHANGE
from governance.actions.steering import refuse_avvecklat
from governance.gestures import gesture
from governance.models import (
    Avtal,
    Avtalssystem,
    Filinnehall,
    Forvaltningsobjekt,
    Informationssystem,
)
from governance.steering.money import written

SIGN = "sign_avtal"
APPROVE = "approve_serviceavtal"
# What the parties agreed. Once signed it is corrected by whoever may sign, with a reason.
TERMS = (
    "slag",
    "leverantor",
    "varde",
    "starts_on",
    "ends_on",
    "notice_months",
    "extension_months",
    "extensions_most",
    "extends_itself",
)


def create(
    actor: Person,
    objekt: Forvaltningsobjekt,
    *,
    systems: Iterable[Informationssystem],
    reason: str = "",
    **fields: Any,
) -> Avtal:
    """Register an agreement about systems of an object (6.3.U4)."""
    access.require(actor, CHANGE, objekt)
    refuse_avvecklat(objekt)
    chosen = own_systems(actor, objekt, systems)
    with gesture(actor, "create", reason):
        given = {name: value for name, value in fields.items() if value is not None}
        avtal = Avtal(objekt=objekt)
        if "leverantor" in given:
            avtal.leverantor = given.pop("leverantor")
        assign(avtal, given)
        write(avtal)
        cover(avtal, chosen)
        return avtal


def change(
    actor: Person,
    avtal: Avtal,
    *,
    systems: Iterable[Informationssystem] | None = None,
    version: int | None = None,
    reason: str = "",
    **fields: Any,
) -> Avtal:
    """Change the entry. Other terms than were approved take the approval away.

    Raises ValidationError for a term of a signed agreement: that is `correct`.
    """
    access.require(actor, CHANGE, avtal)
    with transaction.atomic():
        fresh = locked(avtal, version, fields, systems)
        changed = assign(fresh, fields)
        covered = None if systems is None else _other_systems(actor, fresh, systems)
        if fresh.status != Avtal.Status.REGISTRERAT:
            _refuse_terms(changed, covered)
        elif covered is not None or set(changed) & set(TERMS):
            fresh.approved_by = fresh.approved_on = None
        return _save(actor, "change", fresh, bool(changed), covered, reason)


def correct(
    actor: Person,
    avtal: Avtal,
    *,
    systems: Iterable[Informationssystem] | None = None,
    version: int | None = None,
    reason: str,
    **fields: Any,
) -> Avtal:
    """Correct the terms of a signed agreement, by whoever may sign it and for a stated reason."""
    access.require(actor, SIGN, avtal)
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför villkoren i ett tecknat avtal rättas.")})
    with transaction.atomic():
        fresh = locked(avtal, version, fields, systems)
        if fresh.status == Avtal.Status.REGISTRERAT:
            raise ValidationError(_("Avtalet är inte tecknat än. Ändra uppgifterna i stället."))
        changed = assign(fresh, fields)
        covered = None if systems is None else _other_systems(actor, fresh, systems)
        if "slag" in changed and fresh.needs_approval:
            raise ValidationError(
                {"slag": _("Ett sådant avtal godkänns innan det tecknas. Registrera ett nytt.")}
            )
        _refuse_below_called_off(fresh)
        return _save(actor, "correct_avtal", fresh, bool(changed), covered, reason)


def approve(actor: Person, avtal: Avtal, *, version: int | None = None, reason: str = "") -> Avtal:
    """Approve a drift-, support- or serviceavtal before it is signed (6.2.U6, 6.4.U6)."""
    access.require(actor, APPROVE, avtal)
    refuse_avvecklat(avtal.objekt)
    with gesture(actor, "approve_avtal", reason):
        fresh = lock(avtal, None, {})
        if fresh.slag not in Avtal.APPROVED_FIRST:
            raise ValidationError(_("Bara drifts-, support- och serviceavtal behöver godkännas."))
        if fresh.status != Avtal.Status.REGISTRERAT or not fresh.needs_approval:
            raise ValidationError(_("Avtalet är redan godkänt."))
        refuse_changed(fresh, version)
        fresh.approved_by, fresh.approved_on = actor, timezone.localdate()
        return write(fresh)


def remove(actor: Person, avtal: Avtal, *, reason: str = "") -> None:
    """Remove an agreement that was registered by mistake; its history stays.

    Raises ValidationError when it is signed, or something else rests on it.
    """
    access.require(actor, CHANGE, avtal)
    with gesture(actor, "remove", reason):
        fresh = lock(avtal, None, {})
        if fresh.status != Avtal.Status.REGISTRERAT:
            raise ValidationError(_("Ett tecknat avtal tas inte bort. Säg upp det i stället."))
        bytes_of = [fil.innehall_id for fil in fresh.avtalsfil.all()]
        try:
            fresh.delete()
        except ProtectedError as error:
            raise ValidationError(
                _("Avtalet står i en förvaltningsplan eller har kostnader och kan inte tas bort.")
            ) from error
        drop_unused(bytes_of)


def drop_unused(checksums: Iterable[str]) -> None:
    """Delete bytes that no file has any longer."""
    for checksum in checksums:
        try:
            with transaction.atomic():
                Filinnehall.objects.filter(pk=checksum).delete()
        except ProtectedError:
            continue


def cover(avtal: Avtal, systems: Iterable[Informationssystem]) -> None:
    """Make the agreement cover these systems and no others, in the open gesture."""
    wanted = {system.pk: system for system in systems}
    for row in avtal.avtalssystem.all():
        if wanted.pop(row.system_id, None) is None:
            row.delete()
    for system in wanted.values():
        write(Avtalssystem(avtal=avtal, system=system))


def own_systems(
    actor: Person,
    objekt: Forvaltningsobjekt,
    systems: Iterable[Informationssystem],
    kept: Iterable[int] = (),
) -> list[Informationssystem]:
    """Return the systems, all of the object and known to the person; `kept` may have moved since.

    Raises ValidationError otherwise, and when there is none.
    """
    chosen = list({system.pk: system for system in systems}.values())
    if not chosen:
        raise ValidationError({"systems": _("Välj minst ett system som avtalet omfattar.")})
    own = access.visible(actor, Informationssystem.objects.filter(objekt=objekt))
    allowed = set(own.filter(pk__in=[s.pk for s in chosen]).values_list("pk", flat=True))
    if any(system.pk not in allowed and system.pk not in kept for system in chosen):
        raise ValidationError({"systems": _("Välj bland objektets egna system.")})
    return chosen


def locked(
    avtal: Avtal,
    version: int | None,
    fields: Mapping[str, Any],
    systems: Iterable[Informationssystem] | None,
) -> Avtal:
    """Lock the agreement; other systems saved in between are a conflict too."""
    fresh = lock(avtal, version, fields)
    if systems is not None and version not in (None, fresh.version):
        mine = sorted(str(s) for s in systems)
        saved = sorted(str(s) for s in fresh.systems.all())
        if mine != saved:
            conflict = Conflict(fresh, fields)
            title = fresh._meta.get_field("systems")
            conflict.differences.append((title, ", ".join(saved), ", ".join(mine)))
            raise conflict
    return fresh


def refuse_changed(fresh: Avtal, version: int | None) -> None:
    """Raise ValidationError when the agreement is another than the one that was read."""
    if version not in (None, fresh.version):
        raise ValidationError(
            _("Avtalet ändrades medan du läste. Öppna det igen och läs igenom det.")
        )


def _other_systems(
    actor: Person, avtal: Avtal, systems: Iterable[Informationssystem]
) -> list[Informationssystem] | None:
    """Return the systems to cover, or nothing when they are the same as now."""
    kept = set(avtal.avtalssystem.values_list("system", flat=True))
    chosen = own_systems(actor, avtal.objekt, systems, kept)
    return None if {system.pk for system in chosen} == kept else chosen


def _refuse_terms(changed: list[str], covered: list[Informationssystem] | None) -> None:
    touched = [name for name in changed if name in TERMS]
    if covered is not None:
        touched.append("systems")
    if touched:
        sentence = _("Avtalet är tecknat. Villkoren rättas av den som får teckna avtal.")
        raise ValidationError(dict.fromkeys(touched, sentence))


def _refuse_below_called_off(avtal: Avtal) -> None:
    """Raise ValidationError when the agreement is worth less than was called off from it."""
    left = remaining(avtal)
    if left is not None and avtal.varde is not None and left < 0:
        raise ValidationError(
            {
                "varde": _("%(called)s är redan avropat. Värdet kan inte vara lägre.")
                % {"called": written(avtal.varde - left)}
            }
        )


def _save(
    actor: Person,
    kind: str,
    fresh: Avtal,
    changed: bool,
    covered: list[Informationssystem] | None,
    reason: str,
) -> Avtal:
    if changed or covered is not None:
        with gesture(actor, kind, reason):
            write(fresh)
            if covered is not None:
                cover(fresh, covered)
    return fresh
