"""The forms of an uppdrag and of an ärende. Fields of the same kind have the same name in both.

So what was typed about an uppdrag that does not fit the plan goes over to the ärende as it stands.
"""

from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.access import visible
from governance.forms.base import DateInput, RegisterForm, RegisterModelForm
from governance.models import Aktivitet, Arende, Forvaltningsobjekt, Informationssystem, Uppdrag
from governance.steering import frames
from governance.steering.money import written


class AktivitetField(forms.ModelChoiceField):
    """An activity of the plan in force, with what is left of its frame."""

    def label_from_instance(self, obj: Any) -> str:
        """Return "Byt blanketter, 60 000 kr kvar"."""
        if obj.ram is None:
            return _("%(title)s, ingen kostnadsram") % {"title": obj.title}
        return _("%(title)s, %(left)s kvar") % {"title": obj.title, "left": written(obj.left)}


class UppdragForm(RegisterModelForm):
    """What is to be done, from which activity, at what cost and when."""

    aktivitet = AktivitetField(
        label=gettext_lazy("Aktivitet i planen"),
        queryset=Aktivitet.objects.none(),
        empty_label=gettext_lazy("Välj aktivitet"),
        help_text=gettext_lazy("Uppdraget utgår från planen som gäller i dag."),
    )

    class Meta:
        model = Uppdrag
        fields = (
            "aktivitet",
            "title",
            "description",
            "assignee",
            "belopp",
            "starts_on",
            "ends_on",
        )
        widgets: ClassVar = {
            "starts_on": DateInput,
            "ends_on": DateInput,
            "description": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts: ClassVar = {
            "assignee": gettext_lazy("En person, en grupp eller en leverantör."),
            "belopp": gettext_lazy("I kronor. Skriv 0 om uppdraget inte kostar något."),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        chosen = cast(Uppdrag, self.instance)
        if chosen.pk or chosen.arende_id:
            del self.fields["aktivitet"]
            return
        rows = visible(user, frames.activities(chosen.objekt))
        field = cast(forms.ModelChoiceField, self.fields["aktivitet"])
        field.queryset = frames.with_left(user, rows)

    def outside_plan(self) -> bool:
        """Whether what was typed is refused because it does not fit the plan."""
        errors = self.errors.as_data().values() if self.is_bound else ()
        return any(one.code == frames.OUTSIDE for found in errors for one in found)


class OrderForm(RegisterForm):
    """In which order an uppdrag comes."""

    priority = forms.IntegerField(
        label=gettext_lazy("Prioritet"),
        help_text=gettext_lazy("1 går först. Tomt ställer uppdraget sist."),
        min_value=1,
        max_value=999,
        required=False,
        error_messages={"invalid": gettext_lazy("Skriv ett heltal, till exempel 1.")},
    )


class AbortForm(RegisterForm):
    """Why an uppdrag is ended before it is done."""

    reason_required = True


class ArendeForm(RegisterModelForm):
    """What the styrgrupp is to decide."""

    reason_asked = False

    class Meta:
        model = Arende
        fields = ("title", "description", "system", "belopp")
        widgets: ClassVar = {"description": forms.Textarea(attrs={"rows": 9})}
        labels: ClassVar = {"title": gettext_lazy("Vad ärendet gäller")}
        help_texts: ClassVar = {
            "description": gettext_lazy(
                "Ledamöterna tar ställning till det som står här. Det kan inte ändras sedan."
            ),
            "system": gettext_lazy("Om ärendet gäller ett visst system."),
            "belopp": gettext_lazy("I kronor. Ett bifall gäller högst den kostnad som står här."),
        }

    def __init__(self, *args: Any, user: Any, objekt: Forvaltningsobjekt, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["system"])
        field.queryset = systems_of(user, objekt)
        field.empty_label = _("Hela objektet")


def systems_of(user: Any, objekt: Forvaltningsobjekt) -> Any:
    """Return the object's systems that the person may know of, in order of name."""
    systems = Informationssystem.objects.filter(objekt=objekt)
    return visible(user, systems).order_by("sort_key")


class PositionForm(RegisterForm):
    """Bifall or avslag, by a member of the styrgrupp."""

    reason_asked = False

    bifall = forms.TypedChoiceField(
        label=gettext_lazy("Ditt ställningstagande"),
        choices=[("ja", gettext_lazy("Bifall")), ("nej", gettext_lazy("Avslag"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Motivering"),
        help_text=gettext_lazy("Krävs vid avslag. Den som föredrar ärendet läser den."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
