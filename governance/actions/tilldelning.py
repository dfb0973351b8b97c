"""Actions on money given to an object (6.2.U7)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance import access
from governance.access import Person
from governance.actions._simple import create as write_new
from governance.actions.base import check_not_future
from governance.models import Forvaltningsobjekt, Forvaltningsplan, Tilldelning

ALLOCATE = "allocate_funds"


def allocate(
    actor: Person, objekt: Forvaltningsobjekt, *, reason: str = "", **fields: Any
) -> Tilldelning:
    """Give the object money, within an adopted plan or, with a decision, outside it (6.2.U7)."""
    access.require(actor, ALLOCATE, objekt)
    check_not_future(fields.get("on"), "on")
    plan = fields.get("plan")
    if plan and plan.objekt_id != objekt.pk:
        raise ValidationError({"plan": _("Planen hör till ett annat objekt.")})
    if plan and plan.status != Forvaltningsplan.Status.FASTSTALLD:
        raise ValidationError({"plan": _("Planen är inte fastställd. Välj en fastställd plan.")})
    return write_new(actor, Tilldelning(objekt=objekt, decided_by=actor), fields, reason)
