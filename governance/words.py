"""Values of fields as people read them: for a conflict, a history, an export."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Field
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.steering.money import written


def in_words(field: "Field[Any, Any]", value: Any) -> str:
    """Return a field's value in words: the choice's name, Ja or Nej, 2026-05-12; nothing for empty."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return written(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(in_words(field, one) for one in value)
    return str(dict(field.flatchoices).get(value, value))
