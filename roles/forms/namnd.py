"""The form that adds a företrädare of a nämnd."""

from django.utils.translation import gettext_lazy as _

from governance.forms.base import RegisterForm
from governance.forms.choosing import PersonField


class RepresentantForm(RegisterForm):
    """Who may act for the nämnd (clause 6.1)."""

    person = PersonField(
        label=_("Företrädare"),
        help_text=_("Skriv tre bokstäver av namn, enhet eller användarnamn och välj."),
    )
