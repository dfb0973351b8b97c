"""The form of a leverantör."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from governance.actions.leverantor import refuse_double, tidy_number
from governance.forms.base import RegisterModelForm
from governance.models import Leverantor


class NumberField(forms.CharField):
    """An organisationsnummer in any usual spelling; the model checks its check digit."""

    def to_python(self, value: Any) -> str:
        """Return the one spelling."""
        return tidy_number(super().to_python(value) or "")


class LeverantorForm(RegisterModelForm):
    """Who a supplier is, and how to reach them."""

    organisationsnummer = NumberField(
        label=_("Organisationsnummer"),
        help_text=_("Tio siffror, till exempel 556677-8899."),
        required=False,
    )

    class Meta:
        model = Leverantor
        fields = ("name", "organisationsnummer", "contacts")

    def clean(self) -> dict[str, Any]:
        """Refuse a double as the action does, before the database's shorter sentence."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        refuse_double(self.instance, cleaned)
        return cleaned

    def add_error(self, field: Any, error: Any) -> None:
        """Make the supplier that is there already a link."""
        if hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                for one in errors:
                    self.add_error(name, one)
            return
        params = getattr(error, "params", None) or {}
        if existing := params.get("existing"):
            link = format_html('<a href="{}">{}</a>', existing.get_absolute_url(), existing)
            error = ValidationError(mark_safe(escape(error.message) % {"existing": link}))  # noqa: S308
        super().add_error(field, error)
