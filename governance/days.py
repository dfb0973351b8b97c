"""Days that are nobody's real day: the register keeps none before 1900 or after 2999."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)


def out_of_time(day: date | None) -> str:
    """Return why the register keeps no such day; nothing when it does.

    A day like 9999-12-31 stands for "until further notice" in other systems; here no day does.
    """
    if day and day > LAST_DAY:
        return _("Datumet ligger för långt fram. Välj en dag före år 3000.")
    if day and day < FIRST_DAY:
        return _("Datumet ligger före år 1900. Rätta årtalet.")
    return ""


def in_time(day: date) -> None:
    """Raise ValidationError for a day that the register does not keep."""
    if fault := out_of_time(day):
        raise ValidationError(fault)


class DayField(models.DateField):
    """A day of the register: refused at its field outside 1900–2999, and by the database at last."""

    default_validators = [in_time]

    def db_check(self, connection: Any) -> str | None:
        """Let the column hold no other day. History keeps what was once written, whatever it is."""
        if "historical" in self.model._meta.db_table:
            return None
        column = connection.ops.quote_name(self.column)
        return f"{column} BETWEEN '{FIRST_DAY:%Y-%m-%d}' AND '{LAST_DAY:%Y-%m-%d}'"
