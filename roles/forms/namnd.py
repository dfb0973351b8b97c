"""The search of nämnder, and the form that adds a företrädare."""

from django.utils.translation import gettext_lazy as _

from governance.forms.base import RegisterForm
from governance.forms.choosing import PersonField
from governance.forms.listing import ListForm


class NamndFilter(ListForm):
    """Search and order of the nämnder."""

    sorts = (
        ("namn", _("Namn")),
        ("objekt", _("Antal förvaltningsobjekt")),
        ("brister", _("Antal att åtgärda")),
    )


class RepresentantForm(RegisterForm):
    """Who may act for the nämnd (clause 6.1)."""

    person = PersonField(
        label=_("Företrädare"),
        help_text=_("Skriv tre bokstäver av namn, enhet eller användarnamn och välj."),
    )
