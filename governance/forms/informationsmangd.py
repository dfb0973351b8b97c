"""The form of an informationsmängd."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from governance.forms.base import RegisterModelForm
from governance.forms.choosing import PersonField
from governance.models import Informationsmangd


class InformationsmangdForm(RegisterModelForm):
    """What information is in a system, which verksamhet owns it and who is informationsägare."""

    informationsagare = PersonField(
        label=_("Informationsägare"),
        help_text=_("Skriv tre bokstäver av namn, enhet eller användarnamn och välj."),
        required=False,
    )

    class Meta:
        model = Informationsmangd
        fields = ("content", "verksamhet", "informationsagare")
        help_texts: ClassVar = {
            "content": _("Till exempel ”elevers frånvaro” eller ”kunders fakturor”."),
            "verksamhet": _("Den verksamhet som informationen hör till."),
        }
