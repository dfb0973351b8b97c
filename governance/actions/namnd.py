"""Actions on a nämnd: register and change. For Administratörer."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance import access
from governance.access import Person
from governance.actions import _simple
from governance.models import Namnd

COMPANY_WORDS = {"ab", "aktiebolag", "bolag", "bolaget", "hb", "kb"}


def create(actor: Person, *, reason: str = "", **fields: Any) -> Namnd:
    """Register a nämnd or styrelse. Raises ValidationError for a municipal company (clause 2.2)."""
    access.require(actor, "add_namnd")
    refuse_company(fields.get("name", ""))
    return _simple.create(actor, Namnd(), fields, reason)


def change(
    actor: Person, namnd: Namnd, *, version: int | None = None, reason: str = "", **fields: Any
) -> Namnd:
    """Change a nämnd. Raises Conflict, and ValidationError for a municipal company (clause 2.2)."""
    access.require(actor, "change_namnd")
    refuse_company(fields.get("name", ""))
    return _simple.change(actor, namnd, fields, version, reason)


def refuse_company(name: str) -> None:
    """Raise ValidationError when the name is a company's: only a nämnd or styrelse can be owner."""
    if COMPANY_WORDS.intersection(name.lower().split()):
        raise ValidationError(
            {
                "name": _(
                    "%(name)s är ett kommunalt bolag. Bolagen har egna rutiner och registreras inte här (avsnitt 2.2)."
                )
                % {"name": name}
            }
        )
