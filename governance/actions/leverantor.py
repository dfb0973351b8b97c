"""Actions on a leverantör: register and change. For whoever may change an object, and Administratörer."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Value
from django.utils.translation import gettext as _

from governance import access
from governance.access import Person
from governance.actions import _simple
from governance.models import Forvaltningsobjekt, Leverantor
from governance.models.leverantor import squeezed


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
    fields = tidy(fields)
    refuse_double(Leverantor(), fields)
    return _simple.create(actor, Leverantor(), fields, reason)


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
    fields = tidy(fields)
    refuse_double(leverantor, fields)
    return _simple.change(actor, leverantor, fields, version, reason)


def refuse_double(leverantor: Leverantor, fields: dict[str, Any]) -> None:
    """Raise ValidationError when another supplier has the number, or the name but for case and spacing.

    The error's params name the other one as `existing`, so that a page can link to it.
    """
    others = Leverantor.objects.exclude(pk=leverantor.pk)
    number, name = fields.get("organisationsnummer"), fields.get("name")
    if number and (existing := others.filter(organisationsnummer=number).first()):
        field = "organisationsnummer"
        sentence = _("Det finns redan en leverantör med det organisationsnumret: %(existing)s.")
    elif name and (existing := others.filter(name_key=squeezed(Value(name))).first()):
        field, sentence = "name", _("Det finns redan en leverantör med det namnet: %(existing)s.")
    else:
        return
    double = ValidationError(sentence, code="double", params={"existing": existing})
    raise ValidationError({field: double})


def tidy(fields: dict[str, Any]) -> dict[str, Any]:
    """One spelling of the number (556677-8899), one space between words of the name."""
    fields = dict(fields)
    if "name" in fields:
        fields["name"] = " ".join(fields["name"].split())
    if "organisationsnummer" in fields:
        fields["organisationsnummer"] = tidy_number(fields["organisationsnummer"])
    return fields


def tidy_number(number: str) -> str:
    """Return an organisationsnummer as 556677-8899; what cannot be one is returned as it is."""
    digits = re.sub(r"\D", "", number)
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    return f"{digits[:6]}-{digits[6:]}" if len(digits) == 10 else number
