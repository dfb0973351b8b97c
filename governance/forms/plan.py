"""The forms of a förvaltningsplan and of its rows."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.access import Person, visible
from governance.forms.base import DateInput, RegisterForm, RegisterModelForm
from governance.models import (
    Aktivitet,
    Avtal,
    Budgetpost,
    Forvaltningsplan,
    Informationssystem,
    Mal,
    Malmatning,
    Planavtal,
    Planrisk,
)
from governance.models.forvaltningsplan import OfPlan

SHORT = {"rows": 3}


class PlanForm(RegisterModelForm):
    """The period of a plan and where it aims."""

    class Meta:
        model = Forvaltningsplan
        fields = ("period_from", "period_to", "summary")
        widgets: ClassVar = {"period_from": DateInput, "period_to": DateInput}


class VersionForm(RegisterForm):
    """The period of a new version."""

    period_from = forms.DateField(label=_("Från och med"), widget=DateInput)
    period_to = forms.DateField(label=_("Till och med"), widget=DateInput)


class SignForm(RegisterForm):
    """A signature: the content that was read, and a deliberate yes."""

    content_hash = forms.CharField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=_("Jag har läst planen och fastställer den för min sida."),
        error_messages={"required": _("Kryssa i rutan för att underteckna.")},
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes: the tick is the form's own."""
        return {name: value for name, value in super().arguments().items() if name != "sure"}


class TakeBackForm(RegisterForm):
    """Why a plan that was put forward becomes a draft again; required where others act on it."""

    def __init__(self, *args: Any, asks_why: bool, **kwargs: Any) -> None:
        self.reason_required = asks_why
        super().__init__(*args, **kwargs)


class RowForm(RegisterModelForm):
    """A row of a plan, offered only what belongs to the plan's object."""

    def __init__(self, *args: Any, user: Person, plan: Forvaltningsplan, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        offered: dict[str, Any] = {
            "mal": Mal.objects.filter(plan=plan),
            "system": visible(user, Informationssystem.objects.filter(objekt=plan.objekt_id)),
            "avtal": visible(user, Avtal.objects.filter(objekt=plan.objekt_id)),
        }
        for name in offered.keys() & self.fields.keys():
            field = cast(forms.ModelChoiceField, self.fields[name])
            field.queryset = offered[name]
            if not field.required:
                field.empty_label = str(_("Inget valt"))
        for name in ("sida", "likelihood", "consequence"):
            if name in self.fields and isinstance(self.fields[name], forms.TypedChoiceField):
                choices = cast(Any, self.fields[name]).choices
                cast(Any, self.fields[name]).choices = [c for c in choices if c[0]]


class MalForm(RowForm):
    """A goal."""

    class Meta:
        model = Mal
        fields = ("title", "sida", "description", "measure")
        widgets: ClassVar = {"sida": forms.RadioSelect, "description": forms.Textarea(attrs=SHORT)}


class AktivitetForm(RowForm):
    """An activity."""

    class Meta:
        model = Aktivitet
        fields = ("title", "sida", "description", "mal", "system", "starts_on", "ends_on", "ram")
        widgets: ClassVar = {
            "sida": forms.RadioSelect,
            "description": forms.Textarea(attrs=SHORT),
            "starts_on": DateInput,
            "ends_on": DateInput,
        }


class BudgetpostForm(RowForm):
    """A line of the budget."""

    class Meta:
        model = Budgetpost
        fields = ("title", "sida", "slag", "belopp")
        widgets: ClassVar = {"sida": forms.RadioSelect}


class RiskForm(RowForm):
    """A risk."""

    class Meta:
        model = Planrisk
        fields = ("title", "likelihood", "consequence", "measure")
        widgets: ClassVar = {"measure": forms.Textarea(attrs=SHORT)}
        help_texts: ClassVar = {
            "likelihood": _("1 är osannolikt, 4 är mycket sannolikt."),
            "consequence": _("1 är försumbart, 4 är mycket allvarligt."),
        }


class PlanavtalForm(RowForm):
    """An agreement that the plan covers."""

    class Meta:
        model = Planavtal
        fields = ("avtal",)


class MeasureForm(RegisterModelForm):
    """How far a goal has come."""

    class Meta:
        model = Malmatning
        fields = ("on", "percent", "note")
        widgets: ClassVar = {"on": DateInput, "note": forms.Textarea(attrs=SHORT)}


# The word of the address, the form, and what a new row is called.
ROWS: dict[str, tuple[type[RowForm], type[OfPlan], Any]] = {
    "mal": (MalForm, Mal, _("Lägg till mål")),
    "aktivitet": (AktivitetForm, Aktivitet, _("Lägg till aktivitet")),
    "budgetpost": (BudgetpostForm, Budgetpost, _("Lägg till budgetpost")),
    "risk": (RiskForm, Planrisk, _("Lägg till risk")),
    "avtal": (PlanavtalForm, Planavtal, _("Lägg till avtal")),
}
