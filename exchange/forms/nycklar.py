"""The forms in which a person makes a key to the API, and takes it back."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.forms.base import DateInput, RegisterForm


class KeyForm(RegisterForm):
    """A name to know it by, what it may do, and its last day."""

    reason_asked = False

    name = forms.CharField(
        label=_("Namn"),
        max_length=100,
        help_text=_("Så att du känner igen nyckeln, till exempel vilket program som ska ha den."),
    )
    may_write = forms.TypedChoiceField(
        label=_("Vad nyckeln får göra"),
        choices=[
            ("", _("Läsa det du får se")),
            ("1", _("Läsa och ändra det du har mandat för")),
        ],
        coerce=bool,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Nyckeln får aldrig mer än du själv har rätt till just då."),
    )
    expires_on = forms.DateField(
        label=_("Sista dag"), widget=DateInput, help_text=_("Högst ett år från i dag.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"expires_on": timezone.localdate() + timedelta(days=90)}
        super().__init__(*args, **kwargs)

    def clean_may_write(self) -> bool:
        """Return nothing chosen as no."""
        return bool(self.cleaned_data["may_write"])


class WithdrawForm(RegisterForm):
    """Nothing to fill in."""

    reason_asked = False
