"""What the actions upon what belongs to an object have in common."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance.models import Forvaltningsobjekt, Informationssystem


def refuse_avvecklat(objekt: Forvaltningsobjekt, remedy: str = "") -> None:
    """Raise ValidationError for an object that is wound up: it takes nothing new.

    `remedy` is a sentence that says what to do instead.
    """
    if objekt.status == Forvaltningsobjekt.Status.AVVECKLAT:
        said = _("%(objekt)s är avvecklat. Det tar inte emot något nytt.") % {"objekt": objekt}
        raise ValidationError(f"{said} {remedy}".strip())


def refuse_outside_system(objekt: Forvaltningsobjekt, system: Informationssystem | None) -> None:
    """Raise ValidationError for a system that belongs to another object."""
    if system is not None and system.objekt_id != objekt.pk:
        raise ValidationError(
            {
                "system": _("%(system)s ingår inte i %(objekt)s.")
                % {"system": system, "objekt": objekt}
            }
        )
