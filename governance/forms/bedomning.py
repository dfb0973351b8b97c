"""The form of a side's judgement of a system."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.forms.base import DateInput, RegisterModelForm
from governance.models import Bedomning


class BedomningForm(RegisterModelForm):
    """What should become of the system, and why. The why is the reason too."""

    reason_asked = False

    class Meta:
        model = Bedomning
        fields = ("omdome", "motivering", "on")
        widgets: ClassVar = {
            "omdome": forms.RadioSelect,
            "motivering": forms.Textarea(attrs={"rows": 4}),
            "on": DateInput,
        }
        labels: ClassVar = {"omdome": _("Vad ska bli av systemet?"), "motivering": _("Varför?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["omdome"])
        field.choices = Bedomning.Omdome.choices
        self.initial["on"] = timezone.localdate()
