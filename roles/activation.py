"""What needs both an object and its staffing: its status, and moving a system between objects."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access
from governance.actions import system as system_actions
from governance.actions.base import write
from governance.gestures import gesture
from governance.models import Forvaltningsobjekt, Informationssystem
from roles import grants
from roles.cover import covered, lacking, missing
from roles.models import RoleAssignment, User

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
        if status not in FORWARD[Status(locked.status)]:
            raise ValidationError(
                _("%(objekt)s är %(status)s och kan inte bli det du valde.")
                % {"objekt": locked, "status": locked.get_status_display().lower()}
            )
        if status == Status.I_FORVALTNING and (gaps := missing(locked, lacking)):
            raise ValidationError(gaps)
        if status == Status.AVVECKLAT:
            check_nothing_in_use(locked)
        locked.status, locked.status_since = status, timezone.localdate()
        write(locked)
    return locked


def check_nothing_in_use(objekt: Forvaltningsobjekt) -> None:
    """Raise ValidationError while the object has systems that are not wound up."""
    left = objekt.systems.exclude(livscykel="avvecklat").count()
    if left:
        raise ValidationError(
            _(
                "Objektet har %(count)d system som inte är avvecklade. Avveckla eller flytta dem först."
            )
            % {"count": left}
        )


def move_system(
    actor: User | None, system: Informationssystem, to: Forvaltningsobjekt, *, reason: str
) -> Informationssystem:
    """Move a system to another object, with the roles that are held on it alone.

    Takes the mandate on both objects; roles on the whole object stay where they are.
    """
    came_from = system.objekt
    with covered(came_from.pk, to.pk), gesture(actor, "move", reason):
        moved = system_actions.move(actor, system, to, reason=reason)
        named = RoleAssignment.objects.filter(system=system).select_related("person")
        for assignment in named:
            assignment.objekt = to
            write(assignment)
        grants.sync([came_from.pk, to.pk])
    return moved
