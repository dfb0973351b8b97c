"""What the actions of an object's steering have in common."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance.models import Forvaltningsobjekt, Informationssystem


def refuse_avvecklat(objekt: Forvaltningsobjekt) -> None:
    """Raise ValidationError for an object that is no longer managed: it takes no new steering."""
    if objekt.status == Forvaltningsobjekt.Status.AVVECKLAT:
        raise ValidationError(
            _("%(objekt)s är avvecklat. Det tar inte emot något nytt.") % {"objekt": objekt}
        )


def refuse_outside_system(objekt: Forvaltningsobjekt, system: Informationssystem | None) -> None:
    """Raise ValidationError for a system that belongs to another object."""
    if system is not None and system.objekt_id != objekt.pk:
        raise ValidationError(
            {
                "system": _("%(system)s ingår inte i %(objekt)s.")
                % {"system": system, "objekt": objekt}
            }
        )
