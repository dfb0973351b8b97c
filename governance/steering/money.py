"""Money: Swedish kronor as Decimal, read and written as Swedes do. No float anywhere."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _

ORE = Decimal("0.01")
MINUS = "\u2212"
BETWEEN = re.compile(r"[\s\u00a0\u2009\u202f]+")


def read(text: str) -> Decimal:
    """Return the amount of a text such as "12 345,50", "12345.5" or "300 kr".

    Raises ValidationError with a sentence when it is no amount.
    """
    plain = BETWEEN.sub("", text).replace(MINUS, "-").lower().removesuffix("kr").removesuffix(":-")
    if "," in plain:
        plain = plain.replace(",", ".", 1)
    try:
        amount = Decimal(plain) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain) else None
    except InvalidOperation:
        amount = None
    if amount is None:
        raise ValidationError(_("Skriv beloppet med siffror, till exempel 12 345,50."))
    return amount


def written(amount: Decimal | None) -> str:
    """Write an amount for running text: 12 345 kr, or 12 345,50 kr where there are öre."""
    if amount is None:
        return ""
    whole = amount == amount.to_integral_value()
    number = formats.number_format(amount.quantize(ORE), 0 if whole else 2, force_grouping=True)
    return f"{number.replace('-', MINUS)}\u00a0kr"


def typed(amount: Decimal) -> str:
    """Write an amount as in a field: 12345,50."""
    return str(amount.quantize(ORE)).replace(".", ",").removesuffix(",00")


class KronorField(forms.DecimalField):
    """A field for an amount, as people type it."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        options.pop("localize", None)
        super().__init__(**options)
        self.widget.attrs["inputmode"] = "decimal"
        self.error_messages |= {
            "max_decimal_places": _("Högst två decimaler får plats."),
            "max_whole_digits": _("Beloppet är för stort."),
            "max_digits": _("Beloppet är för stort."),
            "min_value": _("Beloppet kan inte vara negativt."),
        }
        for validator in self.validators:
            if getattr(validator, "code", "") == "min_value":
                validator.message = self.error_messages["min_value"]  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> Any:
        """Read what was typed."""
        if value in self.empty_values:
            return None
        return value if isinstance(value, Decimal) else read(str(value))

    def prepare_value(self, value: Any) -> Any:
        """Show a stored amount as it is typed."""
        return typed(value) if isinstance(value, Decimal) else value


class Kronor(models.DecimalField):
    """A column for an amount: a plain decimal in the database, KronorField in forms."""

    def deconstruct(self) -> Any:
        """Let migrations know it as the decimal that it is."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DecimalField", args, kwargs

    def formfield(self, **options: Any) -> Any:
        """Return the field that reads what people type."""
        return super().formfield(**{"form_class": KronorField, **options})
