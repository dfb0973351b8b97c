"""The form in which a person chooses how often to be reminded."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.reminders.models import Paminnelseval
from governance.forms.base import RegisterForm


class ReminderForm(RegisterForm):
    """How often."""

    reason_asked = False

    hur_ofta = forms.ChoiceField(
        label=_("Hur ofta vill du bli påmind?"),
        choices=Paminnelseval.HurOfta.choices,
        widget=forms.RadioSelect,
    )
