"""The forms of a meeting: planning it, its agenda, who is called, and its minutes."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy

from governance.forms.base import RegisterForm, RegisterModelForm
from governance.forms.choosing import PersonField
from governance.models import (
    Arende,
    Avvikelse,
    Dagordningspunkt,
    Forvaltningsobjekt,
    Mote,
    Motesdeltagare,
)
from governance.steering import moten


class MomentInput(forms.DateTimeInput):
    """A day and a time, by the browser's own calendar and clock."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def moment(label: Any) -> forms.DateTimeField:
    """Return a field for a day and a time in Sweden."""
    wrong = gettext_lazy("Skriv dag och klockslag, till exempel 2026-05-12 09:00.")
    return forms.DateTimeField(label=label, widget=MomentInput(), error_messages={"invalid": wrong})


def boxes(queryset: Any, label: Any, help_text: Any = "") -> forms.ModelMultipleChoiceField:
    """Return a field of boxes to tick; none is fine."""
    return forms.ModelMultipleChoiceField(
        queryset,
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class MoteForm(RegisterModelForm):
    """Kind, time and place."""

    reason_asked = False

    starts_at = moment(gettext_lazy("Börjar"))
    ends_at = moment(gettext_lazy("Slutar"))

    class Meta:
        model = Mote
        fields = ("slag", "starts_at", "ends_at", "location")
        help_texts: ClassVar = {
            "location": gettext_lazy("Ett rum, en adress eller länken till ett videomöte.")
        }


class PlanForm(MoteForm):
    """A new meeting, with what is open and who leads and owns the object proposed."""

    arenden = boxes(Arende.objects.none(), gettext_lazy("Öppna ärenden"))
    avvikelser = boxes(Avvikelse.objects.none(), gettext_lazy("Avvikelser som inte är hanterade"))
    people = boxes(
        get_user_model()._default_manager.none(),
        gettext_lazy("Styrgruppen och förvaltningsledarna"),
        gettext_lazy("Andra lägger du till sedan, på mötets sida."),
    )
    groups: Sequence[tuple[Any, Sequence[str]]] = (
        (gettext_lazy("Dagordning"), ("arenden", "avvikelser")),
        (gettext_lazy("Deltagare"), ("people",)),
    )

    def __init__(self, *args: Any, user: Any, objekt: Forvaltningsobjekt, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        proposed = [person.pk for person in moten.proposed_people(objekt)]
        people = get_user_model()._default_manager.filter(pk__in=proposed)
        self._offer("arenden", moten.open_arenden(user, objekt))
        self._offer("avvikelser", moten.open_avvikelser(user, objekt))
        self._offer("people", people.order_by("last_name", "first_name", "pk"))

    def _offer(self, name: str, rows: Any) -> None:
        """Offer the rows, all ticked; leave the field out where there are none."""
        if not rows.exists():
            del self.fields[name]
            self.groups = tuple(
                (legend, tuple(n for n in names if n in self.fields))
                for legend, names in self.groups
            )
            self.groups = tuple(group for group in self.groups if group[1])
            return
        field = cast(forms.ModelMultipleChoiceField, self.fields[name])
        field.queryset = rows
        field.initial = [row.pk for row in rows]


class ItemForm(RegisterForm):
    """A new item: an open matter, or one of one's own."""

    reason_asked = False

    title = forms.CharField(
        label=gettext_lazy("Punkt"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Kan lämnas tom när du väljer ett ärende eller en avvikelse."),
    )
    arende = forms.ModelChoiceField(
        Arende.objects.none(),
        label=gettext_lazy("Öppet ärende"),
        required=False,
        empty_label=gettext_lazy("Inget ärende"),
    )
    avvikelse = forms.ModelChoiceField(
        Avvikelse.objects.none(),
        label=gettext_lazy("Avvikelse"),
        required=False,
        empty_label=gettext_lazy("Ingen avvikelse"),
    )

    def __init__(self, *args: Any, user: Any, mote: Mote, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        taken = moten.agenda(user, mote)
        offered = {
            "arende": moten.open_arenden(user, mote.objekt).exclude(
                pk__in=taken.filter(arende__isnull=False).values("arende")
            ),
            "avvikelse": moten.open_avvikelser(user, mote.objekt).exclude(
                pk__in=taken.filter(avvikelse__isnull=False).values("avvikelse")
            ),
        }
        for name, rows in offered.items():
            if rows.exists():
                cast(forms.ModelChoiceField, self.fields[name]).queryset = rows
            else:
                del self.fields[name]
        if set(self.fields).isdisjoint(offered):
            self.fields["title"].help_text = ""


class NoteForm(RegisterModelForm):
    """What an item is called, what was said and what was decided."""

    reason_asked = False

    class Meta:
        model = Dagordningspunkt
        fields = ("title", "notes", "decision")
        widgets: ClassVar = {
            "notes": forms.Textarea(attrs={"rows": 5}),
            "decision": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        item = cast(Dagordningspunkt, self.instance)
        if item.mote.is_coming:
            del self.fields["notes"]
        if item.mote.is_coming or item.arende_id:
            del self.fields["decision"]


class PersonForm(RegisterForm):
    """Somebody else to call."""

    reason_asked = False

    person = PersonField(label=gettext_lazy("Person"))
    ledamot = forms.BooleanField(
        label=gettext_lazy("Justerar protokollet"),
        help_text=gettext_lazy("Om personen är med på mötet."),
        required=False,
    )


class MinutesForm(RegisterForm):
    """Who came, and what was said about the meeting as a whole."""

    reason_asked = False

    attended = boxes(Motesdeltagare.objects.none(), gettext_lazy("Närvarade"))
    minutes = forms.CharField(
        label=gettext_lazy("Minnesanteckningar"),
        help_text=gettext_lazy(
            "Det som inte hör till en punkt. Punkterna antecknar du var för sig."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, user: Any, mote: Mote, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        rows = mote.motesdeltagare.select_related("person").order_by("pk")
        field = cast(forms.ModelMultipleChoiceField, self.fields["attended"])
        field.queryset = rows
        # Whoever was called is thought to have come, until somebody says otherwise.
        field.initial = [row.pk for row in rows if row.attended is not False]
        self.fields["minutes"].initial = mote.minutes
