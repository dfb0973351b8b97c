"""The forms of costs, call-offs, deliveries and money given."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.access import visible
from governance.forms.base import DateInput, RegisterForm, RegisterModelForm
from governance.models import (
    Avrop,
    Avtal,
    Budgetpost,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Informationssystem,
    Kostnad,
    Kostnadsrapport,
    Leverans,
    Sida,
    Tilldelning,
)
from governance.steering import plans


class PostField(forms.ModelChoiceField):
    """A line of the budget of an adopted plan, told apart by side and plan."""

    def label_from_instance(self, post: Any) -> str:
        """Return the side, the line and the plan's years."""
        return f"{post.get_sida_display()}: {post.title} ({post.plan})"


class KostnadForm(RegisterModelForm):
    """A cost of an object, and what it belongs to."""

    groups = ((_("Vad kostnaden hör till"), ("budgetpost", "avtal", "avrop", "system")),)

    budgetpost = PostField(
        queryset=Budgetpost.objects.none(), label=_("Budgetpost"), required=False
    )

    class Meta:
        model = Kostnad
        fields = (
            "title",
            "sida",
            "belopp",
            "on",
            "fakturanummer",
            "budgetpost",
            "avtal",
            "avrop",
            "system",
        )
        widgets: ClassVar = {"sida": forms.RadioSelect, "on": DateInput}

    def __init__(
        self,
        *args: Any,
        user: Any,
        objekt: Forvaltningsobjekt,
        sides: tuple[Sida, ...],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, user=user, **kwargs)
        cast(forms.ChoiceField, self.fields["sida"]).choices = [(s.value, s.label) for s in sides]
        posts = Budgetpost.objects.filter(plan__in=plans.ever_adopted(objekt))
        signed = Avtal.objects.filter(objekt=objekt).exclude(status=Avtal.Status.REGISTRERAT)
        chosen: dict[str, Any] = {
            "budgetpost": posts.filter(sida__in=sides).select_related("plan"),
            "avtal": visible(user, signed),
            "avrop": visible(user, Avrop.objects.filter(objekt=objekt, withdrawn_on=None)),
            "system": visible(user, Informationssystem.objects.filter(objekt=objekt)),
        }
        for name, queryset in chosen.items():
            field = cast(forms.ModelChoiceField, self.fields[name])
            field.queryset, field.empty_label = queryset, str(_("Inget valt"))


class JudgementForm(RegisterForm):
    """A yes or a no to what waits, and why not."""

    reason_asked = False
    decision = forms.ChoiceField(label=_("Ditt beslut"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Anmärkning"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Krävs när du säger nej. Den som registrerade läser den."),
    )

    def __init__(self, *args: Any, yes: str, no: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["decision"]).choices = [("yes", yes), ("no", no)]

    def arguments(self) -> dict[str, Any]:
        """Return the decision as what the action asks for: whether it was yes."""
        found = super().arguments()
        return {**found, "decision": found["decision"] == "yes"}


class AvropForm(RegisterModelForm):
    """What is called off from an agreement."""

    class Meta:
        model = Avrop
        fields = ("title", "description", "belopp", "on")
        widgets: ClassVar = {"on": DateInput, "description": forms.Textarea(attrs={"rows": 4})}


class LeveransForm(RegisterModelForm):
    """What was delivered on a call-off."""

    class Meta:
        model = Leverans
        fields = ("title", "on")
        widgets: ClassVar = {"on": DateInput}


class TilldelningForm(RegisterModelForm):
    """Money given to the object, within a plan or outside it."""

    class Meta:
        model = Tilldelning
        fields = ("sida", "belopp", "on", "plan", "decision")
        widgets: ClassVar = {"sida": forms.RadioSelect, "on": DateInput}

    def __init__(self, *args: Any, user: Any, objekt: Forvaltningsobjekt, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        cast(forms.ChoiceField, self.fields["sida"]).choices = Sida.choices
        plan = cast(forms.ModelChoiceField, self.fields["plan"])
        plan.queryset = Forvaltningsplan.objects.filter(
            objekt=objekt, status=Forvaltningsplan.Status.FASTSTALLD
        )
        plan.empty_label = str(_("Utanför planen"))


class KostnadsrapportForm(RegisterModelForm):
    """Until when the costs are reported, and what is said about them; RegIT counts the sums."""

    reason_asked = False

    class Meta:
        model = Kostnadsrapport
        fields = ("sida", "until", "comment")
        widgets: ClassVar = {
            "sida": forms.RadioSelect,
            "until": DateInput,
            "comment": forms.Textarea(attrs={"rows": 5}),
        }
        labels: ClassVar = {"sida": _("Vad rapporten gäller"), "until": _("Till och med")}
        help_texts: ClassVar = {
            "comment": _("Hur kostnaderna ligger till mot budgeten, och vad avvikelser beror på.")
        }

    def __init__(self, *args: Any, user: Any, sides: Sequence[Sida], **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.initial["until"] = timezone.localdate()
        field = cast(forms.ChoiceField, self.fields["sida"])
        field.choices = [
            (s.value, _("IT-kostnaderna") if s == Sida.IT else _("Hela objektet")) for s in sides
        ]
        if len(sides) == 1:
            field.widget, self.initial["sida"] = forms.HiddenInput(), sides[0].value
