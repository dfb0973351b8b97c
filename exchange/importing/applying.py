"""Carrying out a plan: everything in one transaction, as one gesture, in few statements.

The planner has asked what the actions ask; the database asks again.
"""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.importing.plan import Plan
from exchange.importing.work import Work
from governance import access, bulk
from governance.gestures import gesture
from governance.models import (
    Forvaltningsobjekt,
    Gesture,
    Informationsmangd,
    Informationssystem,
    Leverantor,
    Namnd,
    Samband,
)
from governance.models.base import Tracked
from governance.refusals import refusal
from roles import activation, grants
from roles.catalogue import ROLES
from roles.cover import covered
from roles.models import RoleAssignment, User
from roles.requirements import (
    check_reason,
)
from roles.spells import end_stand_ins

# What refers to others comes after them. Assignments that end are written before those that begin.
ORDER: tuple[tuple[type[Tracked], Any], ...] = (
    (User, gettext_lazy("personer")),
    (Namnd, gettext_lazy("nämnder")),
    (Leverantor, gettext_lazy("leverantörer")),
    (Forvaltningsobjekt, gettext_lazy("förvaltningsobjekt")),
    (Informationssystem, gettext_lazy("system")),
    (RoleAssignment, gettext_lazy("uppdrag")),
    (Informationsmangd, gettext_lazy("informationsmängder")),
    (Samband, gettext_lazy("samband")),
)
# An import may do all that these are asked for; Administratörer hold them on everything.
NEEDED = (
    "import_register",
    "add_forvaltningsobjekt",
    "change_forvaltningsobjekt",
    "change_tekniska_samband",
    "decide_livscykel",
    "add_namnd",
    "add_leverantor",
    "change_leverantor",
    "change_user",
    *sorted({role.appointed_with for role in ROLES}),
)
Say = Callable[[str], Any]


class Stale(ValidationError):
    """The register is not what it was when the plan was made and shown."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Registret har ändrats sedan förhandsvisningen, och importen skulle nu göra något "
                "annat. Ingenting är sparat. Gå igenom den nya förhandsvisningen och bekräfta igen."
            )
        )


def require(actor: Any) -> None:
    """Raise Forbidden unless the person may import to the register."""
    for permission in NEEDED:
        access.require(actor, permission)


def carry_out(actor: Any, plan: Plan, *, reason: str, say: Say = str) -> Gesture:
    """Write the plan and return its gesture.

    Raises Stale when somebody changed one of the rows since the plan was made, and ValidationError
    with a sentence for what the database refuses. Then nothing is written.
    """
    require(actor)
    check_reason(reason)
    if plan.errors:
        raise ValidationError(_("Filen har fel. Rätta dem och försök igen; ingenting är sparat."))
    try:
        with covered(*plan.work.touched_objects()), gesture(actor, "import", reason) as opened:
            _refuse_stale(plan.work)
            _write(actor, plan.work, reason, say)
    except IntegrityError as error:
        raise ValidationError(in_words(error)) from error
    return opened


def _refuse_stale(work: Work) -> None:
    """Lock every row that will change, in the order of ids, and compare versions."""
    for model, _name in ORDER:
        versions = {c.row.pk: c.row.version for c in work.of(model)}
        rows = model._default_manager.filter(pk__in=versions).order_by("pk")
        locked = rows.select_for_update(of=("self",), no_key=True)
        if versions and dict(locked.values_list("pk", "version")) != versions:
            raise Stale


def _write(actor: Any, work: Work, reason: str, say: Say) -> None:
    for model, name in ORDER:
        changed = work.of(model)
        if changed:
            say(_("Ändrar %(count)s %(what)s") % {"count": len(changed), "what": name})
            fields = sorted({field for c in changed for field in c.fields})
            bulk.change(model, [c.row for c in changed], fields)
        new = work.new.get(model, [])
        if new:
            say(_("Skapar %(count)s %(what)s") % {"count": len(new), "what": name})
            bulk.create(model, new)
    for last, ended in groupby(sorted(work.ended, key=lambda e: e[1]), key=lambda e: e[1]):
        end_stand_ins([assignment for assignment, _last in ended], last)
    say(_("Uppdaterar behörigheter"))
    grants.sync(_restaffed(work))
    if work.status:
        targets = {objekt.pk: status for objekt, status in work.status}
        activation.change_statuses(actor, targets, reason=reason)


def _restaffed(work: Work) -> set[int]:
    """Return the objects whose grants may change: those with assignments written."""
    assignments = [*work.new.get(RoleAssignment, []), *(c.row for c in work.of(RoleAssignment))]
    found = {assignment.objekt.pk for assignment in assignments}
    for changed in work.of(RoleAssignment):
        if "objekt" in changed.before:
            found.add(changed.before["objekt"].pk)
    return found


def in_words(error: IntegrityError) -> str:
    """Return why the database refused, in the words of the constraint that did."""
    said = refusal(error)
    detail = getattr(getattr(error.__cause__, "diag", None), "message_detail", "")
    ours = " ".join(said.messages) if said else detail
    return _("Importen kunde inte sparas, och ingenting är ändrat: %s") % (ours or str(error))
