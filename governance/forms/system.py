"""The forms of an informationssystem: its entry, and a decision about its life cycle."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions.system import DECIDED
from governance.duplicates import Similar, similar
from governance.forms.base import DateInput, RegisterForm, RegisterModelForm, Section
from governance.forms.choosing import LeverantorField
from governance.models import ASPECTS, Informationssystem, Livscykel, Nis2
from governance.models.informationssystem import HIGHEST
from governance.subjects import SUBJECTS

LONGEST = 10_000
UNKNOWN = gettext_lazy("Ej angivet")


class NameWidget(forms.TextInput):
    """A name with the systems that may be the same shown below, while typing and after an error."""

    template_name = "forms/name_similar.html"
    similar: list[Similar] = []
    accepted = False
    besides: Any = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add where htmx asks, and what is known already."""
        attrs = {
            **(attrs or {}),
            "hx-get": reverse("governance:system_similar"),
            "hx-trigger": "input changed delay:400ms",
            "hx-target": "#similar",
            "hx-params": "name",
            "hx-sync": "this:replace",
            "autocomplete": "off",
        }
        if self.besides:
            attrs["hx-get"] += f"?besides={self.besides}"
        known = {"similar": self.similar, "accepted": self.accepted}
        return super().get_context(name, value, attrs) | known


class SystemForm(RegisterModelForm):
    """A system's entry by subject. Level 4 makes it skyddsvärt; a likely duplicate takes a choice."""

    groups = SUBJECTS
    leverantor = LeverantorField(
        label=gettext_lazy("Leverantör"),
        help_text=gettext_lazy("Skriv några bokstäver av namnet och välj."),
        required=False,
        exact=(),
    )
    accept_similar = forms.BooleanField(required=False)

    class Meta:
        model = Informationssystem
        fields = [name for _legend, names in SUBJECTS for name in names]
        widgets: ClassVar = {
            "name": NameWidget,
            "livscykel_since": DateInput,
            "driftsatt_on": DateInput,
            "avvecklas_on": DateInput,
        }
        help_texts: ClassVar = {
            "skyddsvard": gettext_lazy(
                "Visas bara för objektets rollinnehavare, Revisorer och Administratörer. "
                "Ett system med nivå 4 är alltid skyddsvärt."
            ),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            for name in DECIDED:
                del self.fields[name]
            self.name_widget.besides = self.instance.pk
        self.initial["leverantor"] = self.instance.leverantor  # already fetched
        self.fields["informationen_ags_av"].empty_label = UNKNOWN  # type: ignore[attr-defined]
        nis2 = self.fields["nis2"]
        nis2.choices = [("", UNKNOWN), *Nis2.choices]  # type: ignore[attr-defined]
        for name in ASPECTS:
            self.fields[name] = level_field(name)
        self.fields["personal_data"] = yes_no_field("personal_data")
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 2
                field.max_length = LONGEST  # type: ignore[attr-defined]
                field.validators.append(forms.CharField(max_length=LONGEST).validators[0])

    @property
    def name_widget(self) -> NameWidget:
        """The widget of the name, which shows what may be the same."""
        widget = self.fields["name"].widget
        assert isinstance(widget, NameWidget)  # noqa: S101  # the class above says so
        return widget

    def sections(self) -> Iterator[Section]:
        """Leave out the choice about duplicates: it stands below the name, when there are any."""
        for legend, fields in super().sections():
            kept = [field for field in fields if field.name != "accept_similar"]
            if kept:
                yield Section(legend, kept)

    def clean(self) -> dict[str, Any]:
        """Let level 4 make the system skyddsvärt, and ask about likely duplicates."""
        data = super().clean() or self.cleaned_data
        if HIGHEST in [data.get(name) for name in ASPECTS]:
            data["skyddsvard"] = True
        if {"name", "other_names"}.intersection(self.changed_data) and data.get("name"):
            self.check_similar(data)
        return data

    def check_similar(self, data: dict[str, Any]) -> None:
        """Refuse the same or a near name until the person has said that it is another system."""
        widget = self.name_widget
        names = [data["name"], *data.get("other_names", "").splitlines()]
        widget.similar = similar(self.user, names, besides=self.instance.pk)
        widget.accepted = bool(data.get("accept_similar"))
        if widget.similar and not widget.accepted:
            self.add_error(
                "name",
                _(
                    "Det finns redan system med samma eller liknande namn. "
                    "Är det här ett annat system, markera det under namnet."
                ),
            )

    def arguments(self) -> dict[str, Any]:
        """Return the system's fields; the choice about duplicates is none."""
        return {k: v for k, v in super().arguments().items() if k != "accept_similar"}


def level_field(name: str) -> forms.TypedChoiceField:
    """Make the choice of a level, 0–4 or not classified."""
    choices = [("", _("Ej klassat")), *((str(n), str(n)) for n in range(HIGHEST))]
    choices.append((str(HIGHEST), _("%(level)d, systemet blir skyddsvärt") % {"level": HIGHEST}))
    return forms.TypedChoiceField(
        label=label(name), choices=choices, coerce=int, empty_value=None, required=False
    )


def yes_no_field(name: str) -> forms.TypedChoiceField:
    """Make the choice of yes, no or unknown."""
    choices = [("", _("Vet inte")), ("True", _("Ja")), ("False", _("Nej"))]
    return forms.TypedChoiceField(
        label=label(name),
        choices=choices,
        coerce=lambda value: value == "True",
        empty_value=None,
        required=False,
    )


def label(name: str) -> str:
    """Return a field's label as forms write it."""
    text = str(Informationssystem._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return text[:1].upper() + text[1:]


class LivscykelForm(RegisterForm):
    """A decision about where a system is in its life (6.2.B7)."""

    reason_required = True

    livscykel = forms.ChoiceField(
        label=gettext_lazy("Livscykel"), choices=Livscykel.choices, widget=forms.RadioSelect
    )
    since = forms.DateField(label=gettext_lazy("Från och med"), widget=DateInput)
    decision = forms.CharField(
        label=gettext_lazy("Beslut"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Diarienummer, till exempel UN 2026/118."),
    )

    def __init__(self, *args: Any, system: Informationssystem, **kwargs: Any) -> None:
        kwargs["initial"] = {"livscykel": system.livscykel, "since": timezone.localdate()}
        super().__init__(*args, **kwargs)
