"""Actions on a samband. The mandate over tekniska samband at either end is enough (6.5.B4)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance import access
from governance.access import Person
from governance.actions import _simple
from governance.models import Informationssystem, Samband

CHANGE = "change_tekniska_samband"


def create(
    actor: Person, source: Informationssystem, *, reason: str = "", **fields: Any
) -> Samband:
    """Register a connection. Raises ValidationError when the same one is there already."""
    samband = Samband(source=source, target=fields.get("target"))
    access.require(actor, CHANGE, samband)
    refuse_double(samband, fields)
    return _simple.create(actor, samband, fields, reason)


def change(
    actor: Person, samband: Samband, *, version: int | None = None, reason: str = "", **fields: Any
) -> Samband:
    """Change a connection. Raises Conflict when somebody saved in between."""
    access.require(actor, CHANGE, samband)
    return _simple.change(actor, samband, fields, version, reason)


def remove(actor: Person, samband: Samband, *, reason: str = "") -> None:
    """Remove a connection; its history stays."""
    access.require(actor, CHANGE, samband)
    _simple.remove(actor, samband, reason)


def refuse_double(samband: Samband, fields: dict[str, Any]) -> None:
    """Raise ValidationError when the same connection is registered already."""
    same = Samband.objects.filter(
        source=samband.source,
        target=fields.get("target"),
        outside_party=fields.get("outside_party", ""),
        kind=fields.get("kind", Samband.Kind.API),
        direction=fields.get("direction", Samband.Direction.LAMNAR),
        information=fields.get("information", ""),
    )
    if same.exists():
        raise ValidationError(
            _("Sambandet finns redan. Ändra det i stället för att registrera ett till.")
        )
