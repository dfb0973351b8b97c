"""Actions on an informationsmängd: register, change, remove (clause 5.a)."""

from typing import Any

from governance import access
from governance.access import Person
from governance.actions import _simple
from governance.actions.base import refuse_left
from governance.actions.objekt import CHANGE
from governance.models import Informationsmangd, Informationssystem


def create(
    actor: Person, system: Informationssystem, *, reason: str = "", **fields: Any
) -> Informationsmangd:
    """Register what information is in the system, and who owns it: somebody who works here."""
    access.require(actor, CHANGE, system)
    refuse_left(fields.get("informationsagare"), "informationsagare")
    return _simple.create(actor, Informationsmangd(system=system), fields, reason)


def change(
    actor: Person,
    mangd: Informationsmangd,
    *,
    version: int | None = None,
    reason: str = "",
    **fields: Any,
) -> Informationsmangd:
    """Change an informationsmängd. Raises Conflict when somebody saved in between."""
    access.require(actor, CHANGE, mangd)
    owner = fields.get("informationsagare")
    if owner != mangd.informationsagare:
        refuse_left(owner, "informationsagare")
    return _simple.change(actor, mangd, fields, version, reason)


def remove(actor: Person, mangd: Informationsmangd, *, reason: str = "") -> None:
    """Remove an informationsmängd; its history stays."""
    access.require(actor, CHANGE, mangd)
    _simple.remove(actor, mangd, reason)
