"""Actions on the rows of a plan: goals, activities, budget, risks, agreements; and progress on goals."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance import access
from governance.access import Forbidden, Person
from governance.actions import _simple
from governance.actions.base import assign, check_not_future, lock, write
from governance.actions.plan import DRAFT, Status, refuse_frozen
from governance.actions.steering import refuse_outside_system
from governance.gestures import gesture
from governance.models import Forvaltningsplan, Mal, Malmatning, Sida
from governance.models.forvaltningsplan import OfPlan
from governance.steering.sides import LEADS, sides_led


def add(
    actor: Person,
    plan: Forvaltningsplan,
    model: type[OfPlan],
    *,
    reason: str = "",
    **fields: Any,
) -> Any:
    """Add a row to a draft (6.3.U2, 6.5.U2). The plan is locked, so that it is not frozen meanwhile."""
    access.require(actor, DRAFT, plan)
    with gesture(actor, "change", reason):
        fresh = lock(plan, None, {})
        refuse_frozen(fresh)
        refuse_stranger(fresh, fields)
        given = {"avtal": fields.pop("avtal")} if fields.get("avtal") else {}
        row = model(plan=fresh, **given)
        assign(row, fields)
        return write(row)


def change(
    actor: Person, row: Any, *, version: int | None = None, reason: str = "", **fields: Any
) -> Any:
    """Change a row of a draft. Raises Conflict when somebody saved in between."""
    access.require(actor, DRAFT, row)
    with transaction.atomic():
        refuse_frozen(lock(row.plan, None, {}))
        refuse_stranger(row.plan, fields)
        fresh = lock(row, version, fields)
        if assign(fresh, fields):
            with gesture(actor, "change", reason):
                write(fresh)
        return fresh


def remove(actor: Person, row: Any, *, reason: str = "") -> None:
    """Remove a row of a draft; its history stays."""
    access.require(actor, DRAFT, row)
    with gesture(actor, "change", reason):
        refuse_frozen(lock(row.plan, None, {}))
        lock(row, None, {}).delete()


def refuse_stranger(plan: Forvaltningsplan, fields: dict[str, Any]) -> None:
    """Raise ValidationError when a row points at another plan's goal or another object's things."""
    goal, avtal = fields.get("mal"), fields.get("avtal")
    refuse_outside_system(plan.objekt, fields.get("system"))
    if goal is not None and goal.plan_id != plan.pk:
        raise ValidationError({"mal": _("Målet hör till en annan plan.")})
    if avtal is not None and avtal.objekt_id != plan.objekt_id:
        raise ValidationError({"avtal": _("Avtalet hör till ett annat objekt.")})
    for name in ("starts_on", "ends_on"):
        day = fields.get(name)
        if day and not plan.period_from <= day <= plan.period_to:
            raise ValidationError({name: _("Dagen ligger utanför planens period.")})


def measure(actor: Person, mal: Mal, *, reason: str = "", **fields: Any) -> Malmatning:
    """Note how far a goal of an adopted plan has come (6.3.B1 verksamhet, 6.5.B1 IT)."""
    sida = Sida(mal.sida)
    if sida not in sides_led(actor, mal.plan.objekt):
        raise Forbidden(LEADS[sida], mal.plan.objekt)
    if mal.plan.status != Status.FASTSTALLD:
        raise ValidationError(_("Mål följs upp i en fastställd plan."))
    check_not_future(fields.get("on"), "on")
    with gesture(actor, "measure", reason):
        return _simple.create(actor, Malmatning(mal=mal), fields, reason)
