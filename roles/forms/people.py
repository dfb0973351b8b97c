"""Forms about people: who a person is, whether active, and the two groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.base import RegisterForm, RegisterModelForm
from roles.catalogue import GROUPS
from roles.models import User


class PersonForm(RegisterModelForm):
    """Who a person is. An account gets no password here: it cannot log in before it has one."""

    class Meta:
        model = User
        fields = ("first_name", "last_name", "username", "email", "unit", "title", "phone")
        help_texts = {
            "username": _("Som i kommunens katalog, till exempel eva.lund."),
            "email": _("Personen känns igen på e-postadressen vid import och inloggning."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].required = True


class ActiveForm(RegisterForm):
    """Only a reason."""

    reason_required = True


class GroupsForm(RegisterForm):
    """Which of the two groups outside the objects a person is in."""

    reason_required = True
    names = forms.MultipleChoiceField(
        label=_("Grupper"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(name, _(name)) for name in GROUPS],
        help_text=_("Vad grupperna får göra står på sidan Ansvar."),
    )
