"""The form in which an Administratör lets a program be told of what happens."""

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.base import RegisterForm


class SubscribeForm(RegisterForm):
    """What the program is called, and where it listens."""

    reason_asked = False

    name = forms.CharField(label=_("Namn"), max_length=100)
    address = forms.URLField(
        label=_("Adress"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Där programmet tar emot, till exempel https://program.example.se/regit."),
    )
