"""Forms of an agreement: its entry, its terms, and what is done with it."""

from typing import Any, ClassVar, cast

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance import access
from governance.actions import avtal as actions
from governance.filetypes import ALL
from governance.forms.base import DateInput, RegisterForm, RegisterModelForm
from governance.forms.choosing import LeverantorField
from governance.models import Avtal, Informationssystem
from governance.steering import notice

DATES: dict[str, Any] = {"starts_on": DateInput, "ends_on": DateInput}
ENTRY = ("title", "diarienummer", "contact")


class SystemsField(forms.ModelMultipleChoiceField):
    """The systems that an agreement covers, as boxes in columns."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Informationssystem.objects.none(),
            label=_("System som avtalet omfattar"),
            help_text=_("Kryssa för dem bland objektets system."),
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("Välj minst ett system som avtalet omfattar."),
                "invalid_choice": _("Välj bland objektets egna system."),
                "invalid_pk_value": _("Välj bland objektets egna system."),
            },
            **kwargs,
        )


class AvtalForm(RegisterModelForm):
    """What an agreement is about, and its terms.

    Of a signed agreement only the entry: `terms` says whether the terms are asked for.
    """

    groups = (
        (_("Avtalet"), ("slag", "title", "leverantor", "diarienummer", "contact")),
        (_("Omfattning"), ("systems", "varde")),
        (_("Avtalstid"), ("starts_on", "ends_on", "notice_months")),
        (_("Förlängning"), ("extension_months", "extensions_most", "extends_itself")),
    )
    leverantor = LeverantorField(
        label=_("Leverantör"),
        help_text=_("Skriv några bokstäver av namnet och välj."),
        exact=(),
    )
    systems = SystemsField()

    class Meta:
        model = Avtal
        fields = (*ENTRY, *actions.TERMS)
        widgets: ClassVar = DATES
        help_texts: ClassVar = {
            "varde": _("Kronor utan moms för hela avtalstiden. Avrop ryms inom värdet."),
            "notice_months": _("0 om avtalet upphör utan uppsägning."),
        }

    def __init__(self, *args: Any, user: Any, instance: Avtal, **kwargs: Any) -> None:
        super().__init__(*args, user=user, instance=instance, **kwargs)
        self._choose_systems(instance)
        self.fields["slag"].choices = [("", _("Välj slag")), *Avtal.Slag.choices]  # type: ignore[attr-defined]
        self.initial["leverantor"] = getattr(instance, "leverantor", None)  # already fetched
        for name in self.left_out():
            del self.fields[name]

    def _choose_systems(self, avtal: Avtal) -> None:
        field = cast(SystemsField, self.fields["systems"])
        own = Q(objekt=avtal.objekt_id)
        if avtal.pk:
            self.initial["systems"] = list(avtal.avtalssystem.values_list("system", flat=True))
            own |= Q(pk__in=self.initial["systems"])
        field.queryset = access.visible(self.user, Informationssystem.objects.filter(own))

    def left_out(self) -> tuple[str, ...]:
        """Return the fields that are not asked for: the terms of a signed agreement."""
        signed = self.instance.status != Avtal.Status.REGISTRERAT
        return (*actions.TERMS, "systems") if signed else ()

    def sections(self) -> Any:
        """Return the sections that hold a field."""
        return (section for section in super().sections() if section.fields)


class CorrectionForm(AvtalForm):
    """The terms of a signed agreement, corrected for a reason that is required."""

    reason_required = True

    def left_out(self) -> tuple[str, ...]:
        """Leave out what may be changed without correcting."""
        return ENTRY


class ApprovalForm(RegisterForm):
    """Nothing but a comment."""


class SigningForm(RegisterForm):
    """When it was signed, and the decision where no plan covers it."""

    reason_asked = False

    signed_on = forms.DateField(
        label=_("Tecknat den"),
        help_text=_("Dagen då avtalet skrevs under."),
        widget=DateInput,
        initial=timezone.localdate,
    )
    decision = forms.CharField(
        label=_("Beslut utanför planen"),
        help_text=_("Krävs när ingen gällande förvaltningsplan omfattar avtalet."),
        max_length=300,
        required=False,
    )


class ExtensionForm(RegisterForm):
    """Until when, and the decision where no plan covers it."""

    reason_asked = False

    until = forms.DateField(label=_("Förlängs till och med"), widget=DateInput)
    decision = forms.CharField(
        label=_("Beslut"),
        help_text=_("Krävs när ingen gällande förvaltningsplan omfattar avtalet."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, avtal: Avtal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = notice.terms_of(avtal).last
        if last and avtal.extension_months:
            self.fields["until"].initial = notice.shift(last, avtal.extension_months)


class TerminationForm(RegisterForm):
    """When notice was given, and the last day; what the notice period gives is filled in."""

    reason_required = True

    terminated_on = forms.DateField(
        label=_("Uppsagt den"), widget=DateInput, initial=timezone.localdate
    )
    ceases_on = forms.DateField(
        label=_("Sista dag som avtalet gäller"),
        help_text=_("Ifyllt efter uppsägningstiden. Ändra om ni har kommit överens om annat."),
        widget=DateInput,
    )

    def __init__(self, *args: Any, avtal: Avtal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ceases_on"].initial = notice.ceases_after(avtal, timezone.localdate())


class FollowUpForm(RegisterForm):
    """What a follow-up showed, and when the next one is."""

    reason_asked = False

    on = forms.DateField(label=_("Dag"), widget=DateInput, initial=timezone.localdate)
    note = forms.CharField(
        label=_("Vad uppföljningen visade"), widget=forms.Textarea(attrs={"rows": 6})
    )
    next_on = forms.DateField(
        label=_("Nästa uppföljning"),
        help_text=_("Tomt om ett år räcker. RegIT påminner när dagen har passerat."),
        widget=DateInput,
        required=False,
    )


class FileForm(RegisterForm):
    """One file; what is wrong with it is said by the action."""

    reason_asked = False

    file = forms.FileField(
        label=_("Fil"),
        widget=forms.FileInput(attrs={"accept": ",".join(e for kind in ALL for e in kind.endings)}),
        error_messages={"required": _("Välj en fil."), "empty": _("Filen är tom.")},
    )


class FileRemovalForm(RegisterForm):
    """Why the file is removed."""

    reason_required = True
