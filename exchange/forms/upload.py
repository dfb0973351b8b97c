"""The form that takes a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.base import RegisterForm


class UploadForm(RegisterForm):
    """One file; what is wrong with it is said by the reader."""

    reason_asked = False

    file = forms.FileField(
        label=_("Fil"),
        help_text=_("Excel (.xlsx), CSV eller JSON, högst 20 MB och 2 000 rader."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.json"}),
        error_messages={
            "required": _("Välj en fil."),
            "empty": _(
                "Filen är tom. Välj en fil med rubriker på en rad och uppgifter på raderna under."
            ),
        },
    )


class ConfirmForm(RegisterForm):
    """The reason, and which preview is confirmed."""

    reason_required = True

    fingerprint = forms.CharField(widget=forms.HiddenInput)
