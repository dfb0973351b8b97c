"""The form of a samband."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.access import visible
from governance.forms.base import RegisterModelForm
from governance.forms.choosing import SystemField
from governance.models import Informationssystem, Samband


class SambandForm(RegisterModelForm):
    """What flows between a system, which is fixed, and another system or an outside party."""

    groups = (
        (_("Den andra parten"), ("direction", "target", "outside_party")),
        (_("Vad som utbyts"), ("information", "kind", "frequency", "criticality")),
    )

    target = SystemField(
        label=_("Annat system"),
        help_text=_("Skriv några bokstäver av namnet och välj."),
        required=False,
    )

    class Meta:
        model = Samband
        fields = (
            "direction",
            "target",
            "outside_party",
            "information",
            "kind",
            "frequency",
            "criticality",
        )
        widgets: ClassVar = {"direction": forms.RadioSelect}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        target = cast(SystemField, self.fields["target"])
        target.queryset = visible(user, Informationssystem.objects.all())
        for name, kinds in (
            ("frequency", Samband.Frequency),
            ("criticality", Samband.Criticality),
        ):
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [("", _("Ej angivet")), *kinds.choices]
