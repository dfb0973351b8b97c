"""The forms of an avvikelse and a statusrapport."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.forms.base import DateInput, RegisterForm, RegisterModelForm
from governance.forms.uppdrag import systems_of
from governance.models import Avvikelse, Forvaltningsobjekt, Lage, Sida, Statusrapport
from governance.steering import sides


class ReportForm(RegisterModelForm):
    """A report for a side that the person leads: asked for only where that is both."""

    reason_asked = False

    def __init__(self, *args: Any, user: Any, objekt: Forvaltningsobjekt, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        led = sides.sides_led(user, objekt)
        field = cast(forms.ChoiceField, self.fields["sida"])
        field.choices = [(sida.value, sida.label) for sida in Sida]
        field.widget = forms.RadioSelect(choices=field.choices)
        if len(led) == 1:
            field.widget, field.initial = forms.HiddenInput(), led[0].value
            self.initial["sida"] = led[0].value


class AvvikelseForm(ReportForm):
    """What deviates from the plan."""

    class Meta:
        model = Avvikelse
        fields = ("sida", "title", "description", "paverkar", "on", "system", "proposal")
        widgets: ClassVar = {
            "on": DateInput,
            "paverkar": forms.RadioSelect,
            "description": forms.Textarea(attrs={"rows": 4}),
            "proposal": forms.Textarea(attrs={"rows": 3}),
        }
        labels: ClassVar = {"title": gettext_lazy("Vad som avviker, kort")}

    def __init__(self, *args: Any, user: Any, objekt: Forvaltningsobjekt, **kwargs: Any) -> None:
        super().__init__(*args, user=user, objekt=objekt, **kwargs)
        affected = cast(forms.ChoiceField, self.fields["paverkar"])
        affected.choices = list(Avvikelse.Paverkar.choices)
        field = cast(forms.ModelChoiceField, self.fields["system"])
        field.queryset = systems_of(user, objekt)
        field.empty_label = _("Hela objektet")


class HandlingForm(RegisterForm):
    """How an avvikelse was met."""

    reason_asked = False

    handling = forms.CharField(
        label=gettext_lazy("Hur avvikelsen har hanterats"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class StatusForm(ReportForm):
    """How things stand."""

    groups = (
        (gettext_lazy("Period"), ("period_from", "period_to")),
        (gettext_lazy("Läget"), ("mal_lage", "tid_lage", "kostnad_lage", "summary", "next_steps")),
    )

    class Meta:
        model = Statusrapport
        fields = (
            "sida",
            "period_from",
            "period_to",
            "mal_lage",
            "tid_lage",
            "kostnad_lage",
            "summary",
            "next_steps",
        )
        widgets: ClassVar = {
            "period_from": DateInput,
            "period_to": DateInput,
            "summary": forms.Textarea(attrs={"rows": 5}),
            "next_steps": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, user: Any, objekt: Forvaltningsobjekt, **kwargs: Any) -> None:
        super().__init__(*args, user=user, objekt=objekt, **kwargs)
        for name in ("mal_lage", "tid_lage", "kostnad_lage"):
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [("", _("Välj")), *Lage.choices]
