"""Actions on a förvaltningsobjekt: register, change, confirm. Its status needs staffing: see roles."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from governance import access
from governance.access import Person
from governance.actions.base import assign, lock, write
from governance.gestures import gesture
from governance.models import Forvaltningsobjekt

CHANGE = "change_forvaltningsobjekt"


def create(actor: Person, *, reason: str = "", **fields: Any) -> Forvaltningsobjekt:
    """Register an object as an utkast. For Administratörer."""
    access.require(actor, "add_forvaltningsobjekt")
    with gesture(actor, "create", reason):
        objekt = Forvaltningsobjekt(status_since=timezone.localdate())
        assign(objekt, fields)
        return write(objekt)


def change(
    actor: Person,
    objekt: Forvaltningsobjekt,
    *,
    version: int | None = None,
    reason: str = "",
    **fields: Any,
) -> Forvaltningsobjekt:
    """Change an object's entry (6.3.U4, 6.3.U5). Nothing changed is nothing written.

    Raises Conflict when somebody saved in between, ValidationError with a sentence per field.
    """
    access.require(actor, CHANGE, objekt)
    with transaction.atomic():
        fresh = lock(objekt, version, fields)
        if assign(fresh, fields):
            with gesture(actor, "change", reason):
                write(fresh)
        return fresh


def verify(actor: Person, objekt: Forvaltningsobjekt, *, reason: str = "") -> Forvaltningsobjekt:
    """Confirm that the object's entry is correct today (6.3.U5)."""
    access.require(actor, CHANGE, objekt)
    with gesture(actor, "verify", reason):
        fresh = lock(objekt, None, {})
        fresh.verified_on, fresh.verified_by = timezone.localdate(), actor
        return write(fresh)
