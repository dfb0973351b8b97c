"""What an appointment, a handover or an end must keep to: who, when, where and why."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.actions.steering import refuse_avvecklat
from governance.days import out_of_time
from governance.models import Forvaltningsobjekt, Informationssystem, Namnd
from roles.catalogue import NAMND
from roles.models import RoleAssignment, User

ONE_DAY = timedelta(days=1)


def check_open(objekt: Forvaltningsobjekt) -> None:
    """Raise ValidationError when the object is wound up: those who have its roles may only end."""
    refuse_avvecklat(objekt, _("Öppna objektet igen innan du utser någon."))


def check_holder(role: str, holder: User | Namnd) -> None:
    """Raise ValidationError when this cannot hold the role: a person who has left, or the wrong kind."""
    if (role == NAMND) is not isinstance(holder, Namnd):
        raise ValidationError(
            {
                "holder": _(
                    "Juridisk systemägare är en nämnd eller styrelse; de andra rollerna innehas av en person."
                )
            }
        )
    if isinstance(holder, User) and not holder.is_active:
        raise ValidationError(
            {
                "holder": _("%(who)s har slutat och kan inte få en roll. Välj någon annan.")
                % {"who": holder}
            }
        )


def check_day(on: date) -> None:
    """Raise ValidationError for a day on which nobody can begin or end."""
    if fault := out_of_time(on):
        raise ValidationError({"on": fault})


def check_past(day: date, reason: str) -> None:
    """Raise ValidationError for a date in the past without a reason."""
    if day < timezone.localdate() and not reason.strip():
        raise ValidationError(
            {"reason": _("Datumet har passerat. Skriv varför uppdraget registreras i efterhand.")}
        )


def check_reason(reason: str) -> None:
    """Raise ValidationError when responsibility moves without a reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv en anledning: ändringen flyttar ansvar.")})


def check_handover_day(current: RoleAssignment, on: date) -> None:
    """Raise ValidationError unless the successor starts within, or right after, the holder's time."""
    check_day(on)
    if on <= current.valid_from:
        raise ValidationError(
            {
                "on": _("Uppdraget började %(day)s. Välj en senare dag för överlämningen.")
                % {"day": date_format(current.valid_from, "j F Y")}
            }
        )
    if current.valid_to and on > current.valid_to + ONE_DAY:
        raise ValidationError(
            {
                "on": _("Uppdraget slutar %(day)s. Välj senast dagen därpå.")
                % {"day": date_format(current.valid_to, "j F Y")}
            }
        )


def check_systems(objekt: Forvaltningsobjekt, systems: list[Informationssystem]) -> None:
    """Raise ValidationError when a named system is not the object's."""
    strangers = [str(s) for s in systems if s.objekt_id != objekt.pk]
    if strangers:
        raise ValidationError(
            {
                "systems": _("%(systems)s ingår inte i %(objekt)s.")
                % {"systems": ", ".join(strangers), "objekt": objekt}
            }
        )
