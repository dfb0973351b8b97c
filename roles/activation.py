"""What needs both an object and its staffing: its status, and moving a system between objects."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access, bulk
from governance.actions import system as system_actions
from governance.actions.base import write
from governance.gestures import gesture
from governance.models import Forvaltningsobjekt, Informationssystem, Livscykel
from governance.refusals import sentence_of
from roles import grants, spells
from roles.cover import covered, lacking
from roles.models import RoleAssignment, User
from roles.staffing import Staffing

Status = Forvaltningsobjekt.Status
FORWARD = {
    Status.UTKAST: [Status.I_FORVALTNING, Status.AVVECKLAT],
    Status.I_FORVALTNING: [Status.AVVECKLAT],
    Status.AVVECKLAT: [Status.UTKAST],
}


def change_status(
    actor: User | None, objekt: Forvaltningsobjekt, status: str, *, reason: str
) -> Forvaltningsobjekt:
    """Take an object into management, wind it up, or reopen it as an utkast (6.2.c, 6.2.B7).

    Raises ValidationError with a sentence per missing role, for a missing process, or for systems
    that are still in use when the object is wound up.
    """
    access.require(actor, "decide_livscykel", objekt)
    with covered(objekt.pk) as (locked,), gesture(actor, "status", reason):
        check(locked, status, RoleAssignment.objects.filter(objekt=locked), locked.systems.all())
        locked.status, locked.status_since = status, timezone.localdate()
        write(locked)
    return locked


def change_statuses(
    actor: User | None, targets: Mapping[int, str], *, reason: str
) -> list[Forvaltningsobjekt]:
    """Change the status of many objects by id, as `change_status` does one, in few statements.

    Raises ValidationError with the object's name before what is missing. Then none is changed.
    """
    with covered(*targets) as locked, gesture(actor, "status", reason):
        held: dict[int, list[RoleAssignment]] = {pk: [] for pk in targets}
        for assignment in RoleAssignment.objects.filter(objekt__in=targets):
            held[assignment.objekt_id].append(assignment)
        systems: dict[int, list[Informationssystem]] = {pk: [] for pk in targets}
        for system in Informationssystem.objects.filter(objekt__in=targets):
            systems[system.objekt_id].append(system)
        for objekt in locked:
            access.require(actor, "decide_livscykel", objekt)
            found = refusals(objekt, targets[objekt.pk], held[objekt.pk], systems[objekt.pk])
            if found:
                raise ValidationError([f"{objekt}: {sentence}" for sentence in found])
            objekt.status, objekt.status_since = targets[objekt.pk], timezone.localdate()
        bulk.change(Forvaltningsobjekt, locked, ["status", "status_since"])
    return locked


def check(
    objekt: Forvaltningsobjekt,
    status: str,
    assignments: Iterable[RoleAssignment],
    systems: Iterable[Informationssystem],
) -> None:
    """Raise ValidationError with a sentence for each thing that stands in the way of the status."""
    found = refusals(objekt, status, assignments, systems)
    if found:
        raise ValidationError(found)


def refusals(
    objekt: Forvaltningsobjekt,
    status: str,
    assignments: Iterable[RoleAssignment],
    systems: Iterable[Informationssystem],
) -> list[str]:
    """Return a sentence for each thing that stands in the way of the status. Asks no database."""
    if status not in FORWARD[Status(objekt.status)]:
        words = {"objekt": objekt, "status": objekt.get_status_display().lower()}
        return [_("%(objekt)s är %(status)s och kan inte bli det du valde.") % words]
    if status == Status.I_FORVALTNING:
        gaps = Staffing(assignments, timezone.localdate()).gaps()
        found = [lacking(role, gap) for role, gap in gaps]
        return found if objekt.verksamhetsprocess else [*found, _process_missing()]
    left = sum(system.livscykel != Livscykel.AVVECKLAT for system in systems)
    if status == Status.AVVECKLAT and left:
        text = _(
            "Objektet har %(count)d system som inte är avvecklade. Avveckla eller flytta dem först."
        )
        return [text % {"count": left}]
    return []


def _process_missing() -> str:
    return sentence_of(Forvaltningsobjekt, "objekt_has_one_process")


def move_system(
    actor: User | None, system: Informationssystem, to: Forvaltningsobjekt, *, reason: str
) -> Informationssystem:
    """Move a system to another object, with the roles that are held on it alone.

    Takes the mandate on both objects; roles on the whole object stay where they are.
    """
    came_from = system.objekt
    with covered(came_from.pk, to.pk), gesture(actor, "move", reason):
        moved = system_actions.move(actor, system, to, reason=reason)
        named = list(RoleAssignment.objects.filter(system=system))
        for assignment in named:
            assignment.objekt = to
        spells.change(RoleAssignment, named, ["objekt"])
        grants.sync([came_from.pk, to.pk])
    return moved
