"""Actions on a leverantör: register and change. For whoever may change an object, and Administratörer."""

import re
from typing import Any

from governance import access
from governance.access import Person
from governance.actions import _simple
from governance.models import Forvaltningsobjekt, Leverantor


def may_register(actor: Person) -> bool:
    """Whether the person may register suppliers: by group, or as keeper of any object's entry."""
    if access.may(actor, "add_leverantor"):
        return True
    return access.permitted(
        actor, "change_forvaltningsobjekt", Forvaltningsobjekt.objects.all()
    ).exists()


def create(actor: Person, *, reason: str = "", **fields: Any) -> Leverantor:
    """Register a supplier; no second one by number or by name folded for case and spacing."""
    if not may_register(actor):
        raise access.Forbidden("add_leverantor")
    return _simple.create(actor, Leverantor(), _tidy(fields), reason)


def change(
    actor: Person,
    leverantor: Leverantor,
    *,
    version: int | None = None,
    reason: str = "",
    **fields: Any,
) -> Leverantor:
    """Change a supplier. Raises Conflict when somebody saved in between."""
    if not may_register(actor):
        raise access.Forbidden("change_leverantor")
    return _simple.change(actor, leverantor, _tidy(fields), version, reason)


def _tidy(fields: dict[str, Any]) -> dict[str, Any]:
    """One spelling of the number (556677-8899), one space between words of the name."""
    fields = dict(fields)
    if "name" in fields:
        fields["name"] = " ".join(fields["name"].split())
    digits = re.sub(r"\D", "", fields.get("organisationsnummer", ""))
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    if len(digits) == 10:
        fields["organisationsnummer"] = f"{digits[:6]}-{digits[6:]}"
    return fields
