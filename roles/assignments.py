"""Staffing: appoint, hand over, end, substitute. Each function is one mutation, in one gesture.

Grants follow in the same transaction; an object in management keeps its five roles (clause 6.2.d).
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance import access, bulk
from governance.gestures import gesture
from governance.models import Forvaltningsobjekt, Informationssystem, Namnd
from roles import grants, relieved, spells
from roles.catalogue import BY_CODE, NAMND
from roles.cover import covered
from roles.models import RoleAssignment, Substitution, User
from roles.requirements import (
    ONE_DAY,
    check_day,
    check_handover_day,
    check_holder,
    check_open,
    check_past,
    check_reason,
    check_systems,
)


@dataclass(frozen=True)
class Basis:
    """On what ground somebody is appointed: decision, on whose behalf, with whom consulted."""

    decision_reference: str = ""
    on_behalf_of: str = ""
    consulted_resursagare: str = ""


BASIS = tuple(field.name for field in fields(Basis))


def appoint(
    actor: User | None,
    objekt: Forvaltningsobjekt,
    role: str,
    holder: User | Namnd,
    *,
    valid_from: date,
    valid_to: date | None = None,
    systems: Iterable[Informationssystem] = (),
    basis: Basis = Basis(),
    reason: str = "",
) -> list[RoleAssignment]:
    """Appoint a holder of a role; an operative role on named systems is one assignment a system.

    Raises Forbidden without the mandate to appoint (6.1.c, 6.2.U2, 6.3.U1, 6.4.U2, 6.5.U1), and
    ValidationError for a double holder, a holder who has left, a past date without a reason, or an
    object that is wound up.
    """
    access.require(actor, BY_CODE[role].appointed_with, objekt)
    check_holder(role, holder)
    check_past(valid_from, reason)
    with covered(objekt.pk) as (locked,), gesture(actor, "appoint", reason):
        check_open(locked)
        access.require(actor, BY_CODE[role].appointed_with, locked)
        named: list[Informationssystem | None] = [*_fresh_systems(locked, systems)] or [None]
        new = [
            assignment_of(actor, locked, role, holder, valid_from, valid_to, basis, system)
            for system in named
        ]
        made = spells.create(RoleAssignment, new)
        grants.sync([objekt.pk])
    return made


def hand_over(
    actor: User | None,
    assignment: RoleAssignment,
    successor: User | Namnd,
    *,
    on: date,
    basis: Basis = Basis(),
    reason: str,
) -> RoleAssignment:
    """End one holder's time and start the successor's on the day `on`, as one step.

    An operative role is held by the successor for the days that were left. In a role that one
    holds, the successor's time ends the day before somebody else is already appointed from.
    Raises Forbidden and ValidationError as `appoint`; a reason is required, since responsibility moves.
    """
    role = assignment.role
    access.require(actor, BY_CODE[role].appointed_with, assignment.objekt)
    check_reason(reason)
    check_holder(role, successor)
    with covered(assignment.objekt_id) as (objekt,), gesture(actor, "hand_over", reason):
        check_open(objekt)
        current, later = _with_later(actor, assignment)
        if current.holder == successor:
            raise ValidationError({"holder": _("%(who)s har redan rollen.") % {"who": successor}})
        check_handover_day(current, on)
        ends = _last_day(current, later, on)
        spells.end([current], on - ONE_DAY)
        new = assignment_of(actor, objekt, role, successor, on, ends, basis, current.system)
        (made,) = spells.create(RoleAssignment, [new])
        grants.sync([objekt.pk])
    return made


def end(actor: User | None, assignment: RoleAssignment, *, on: date, reason: str) -> RoleAssignment:
    """End an assignment with `on` as its last day: an operative role, or any role on an utkast.

    A mandatory role on an object in management is refused where it leaves a gap: hand it over. A
    later day than the one it ends is refused: that is to appoint anew.
    """
    access.require(actor, BY_CODE[assignment.role].appointed_with, assignment.objekt)
    check_reason(reason)
    with covered(assignment.objekt_id), gesture(actor, "end", reason):
        current = _fresh(actor, assignment)
        check_day(on)
        if on < current.valid_from:
            raise ValidationError(
                {
                    "on": _("Uppdraget börjar %(day)s. Välj en senare dag.")
                    % {"day": date_format(current.valid_from, "j F Y")}
                }
            )
        if current.valid_to and on > current.valid_to:
            raise ValidationError(
                {
                    "on": _("Uppdraget slutar redan %(day)s. Utse på nytt om det ska vara längre.")
                    % {"day": date_format(current.valid_to, "j F Y")}
                }
            )
        spells.end([current], on)
        grants.sync([assignment.objekt_id])
    return current


def cancel(actor: User | None, assignment: RoleAssignment, *, reason: str) -> None:
    """Take back an appointment that has not begun; whoever was to be relieved goes on (`relieved`).

    Raises ValidationError when it has begun: end it or hand it over instead.
    """
    access.require(actor, BY_CODE[assignment.role].appointed_with, assignment.objekt)
    check_reason(reason)
    with covered(assignment.objekt_id), gesture(actor, "end", reason):
        planned = _fresh(actor, assignment)
        if planned.valid_from <= timezone.localdate():
            raise ValidationError(
                _("Uppdraget har redan börjat. Avsluta det eller lämna över det i stället.")
            )
        predecessor = relieved.goes_on(planned)
        bulk.remove(Substitution, list(planned.substitutions.all()))
        bulk.remove(RoleAssignment, [planned])
        if predecessor:
            spells.change(RoleAssignment, [predecessor], ["valid_to"])
        grants.sync([assignment.objekt_id])


def substitute(
    actor: User | None,
    assignment: RoleAssignment,
    person: User,
    *,
    valid_from: date,
    valid_to: date,
    reason: str = "",
) -> Substitution:
    """Let somebody stand in for the holder for a period, with the same rights while it lasts.

    Raises Forbidden and ValidationError as `appoint`.
    """
    access.require(actor, BY_CODE[assignment.role].appointed_with, assignment.objekt)
    if assignment.role == NAMND:
        raise ValidationError(
            _("En nämnd har företrädare, inte ersättare. Lägg till en företrädare i stället.")
        )
    check_holder(assignment.role, person)
    check_past(valid_from, reason)
    with covered(assignment.objekt_id) as (objekt,), gesture(actor, "substitute", reason):
        check_open(objekt)
        current = _fresh(actor, assignment)
        if person == current.person:
            raise ValidationError({"holder": _("%(who)s har redan rollen.") % {"who": person}})
        if valid_from < current.valid_from or (
            current.valid_to and valid_to and valid_to > current.valid_to
        ):
            raise ValidationError(
                {
                    "valid_to": _(
                        "Ersättaren kan bara stå in medan uppdraget varar. Välj dagar inom uppdraget."
                    )
                }
            )
        new = Substitution(
            assignment=current, person=person, valid_from=valid_from, valid_to=valid_to
        )
        (made,) = spells.create(Substitution, [new])
        grants.sync([assignment.objekt_id])
    return made


def end_substitution(
    actor: User | None, substitution: Substitution, *, on: date, reason: str = ""
) -> None:
    """Let the ordinary holder be alone again after the day `on`; one that has not begun is removed."""
    assignment = substitution.assignment
    access.require(actor, BY_CODE[assignment.role].appointed_with, assignment.objekt)
    with covered(assignment.objekt_id), gesture(actor, "substitute", reason):
        _fresh(actor, assignment)
        current = Substitution.objects.filter(pk=substitution.pk).first()
        if current is None:
            raise ValidationError(_("Ersättningen finns inte längre. Den är redan återtagen."))
        if on < current.valid_from:
            bulk.remove(Substitution, [current])
        else:
            current.valid_to = min(on, current.valid_to)  # type: ignore[type-var]
            spells.change(Substitution, [current], ["valid_to"])
        grants.sync([assignment.objekt_id])


def _fresh(actor: User | None, assignment: RoleAssignment) -> RoleAssignment:
    return _with_later(actor, assignment)[0]


def _fresh_systems(
    objekt: Forvaltningsobjekt, systems: Iterable[Informationssystem]
) -> list[Informationssystem]:
    """Return the systems as they are under the lock of the object that they must be in."""
    pks = {system.pk for system in systems}
    found = Informationssystem.objects.in_bulk(pks)
    if found.keys() != pks:  # fewer, or none, would be another appointment
        raise ValidationError({"systems": _stale()})
    check_systems(objekt, list(found.values()))
    return list(found.values())


def _stale() -> str:
    return _("Uppdraget har ändrats sedan sidan öppnades. Öppna sidan igen.")


def _with_later(
    actor: User | None, assignment: RoleAssignment
) -> tuple[RoleAssignment, list[RoleAssignment]]:
    """Return the assignment as it is under the object's lock, and those of the post that begin later.

    The right to it is judged anew: both may have changed while the lock was waited for.
    """
    access.require(actor, BY_CODE[assignment.role].appointed_with, assignment.objekt)
    post = RoleAssignment.objects.filter(
        objekt=assignment.objekt_id, role=assignment.role, system=assignment.system_id
    )
    rows = post.select_related("person", "namnd", "system").order_by("valid_from")
    current = next((row for row in rows if row.pk == assignment.pk), None)
    if current is None:
        raise ValidationError(_stale())
    return current, [row for row in rows if row.valid_from > current.valid_from]


def _last_day(current: RoleAssignment, later: list[RoleAssignment], on: date) -> date | None:
    """Return the successor's last day; whoever takes over when all the days are gone has none."""
    if BY_CODE[current.role].mandatory:
        return later[0].valid_from - ONE_DAY if later else None
    return current.valid_to if current.valid_to and on <= current.valid_to else None


def assignment_of(
    actor: User | None,
    objekt: Forvaltningsobjekt,
    role: str,
    holder: User | Namnd,
    valid_from: date,
    valid_to: date | None = None,
    basis: Basis = Basis(),
    system: Informationssystem | None = None,
) -> RoleAssignment:
    """Return an assignment that is not saved yet."""
    return RoleAssignment(
        objekt=objekt,
        role=role,
        person=holder if isinstance(holder, User) else None,
        namnd=holder if isinstance(holder, Namnd) else None,
        system=system,
        valid_from=valid_from,
        valid_to=valid_to,
        appointed_by=actor,
        **asdict(basis),
    )
