"""How a field is written: help under the label, marked only where something is wrong.

Set in settings as BOOTSTRAP5["field_renderers"]. Placeholders are off there too.
"""

from typing import Any

from django.forms import CheckboxInput
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_bootstrap5.renderers import FieldRenderer as Bootstrap5FieldRenderer


class FieldRenderer(Bootstrap5FieldRenderer):
    """Label, help, error, field; a group of radios or boxes gets a fieldset and a legend.

    Where every field is needed, as at login, ``mark_required=False`` leaves the word out.
    """

    def __init__(self, field: Any, **kwargs: Any) -> None:
        super().__init__(field, **kwargs)
        self.wrapper_class = "field"
        if field.field.required and kwargs.get("mark_required", True):
            label = kwargs.get("label", field.label)
            self.label = format_html('{} <span class="req">({})</span>', label, _("obligatorisk"))

    def get_server_side_validation_classes(self) -> str:
        """Mark what is wrong, never what is right."""
        return "is-invalid" if self.field_errors else ""

    def render(self) -> SafeString:
        """Return the field's HTML; boxes and hidden fields keep the package's order."""
        if self.field.is_hidden or isinstance(self.widget, CheckboxInput):
            html: SafeString = super().render()
            return html
        body = format_html(
            "{}{}{}", self.get_help_html(), self.get_errors_html(), self.get_field_html()
        )
        if self.widget.use_fieldset:
            body = self._fieldset(body)
        else:
            body = format_html("{}{}", self.get_label_html(), body)
        return format_html('<div class="{}">{}</div>', self.get_wrapper_classes(), body)

    def _fieldset(self, body: SafeString) -> SafeString:
        ids = [(self.help_text, "helptext"), (self.field_errors, "error")]
        described = " ".join(f"{self.field.auto_id}_{suffix}" for there, suffix in ids if there)
        attribute = format_html(' aria-describedby="{}"', described) if described else ""
        return format_html(
            "<fieldset{}><legend>{}</legend>{}</fieldset>", attribute, self.label, body
        )
