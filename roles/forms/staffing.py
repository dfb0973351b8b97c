"""Forms that change who answers. They ask; roles/assignments.py and roles/activation.py decide."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from governance import access
from governance.access import Person, visible
from governance.forms.base import DateInput, RegisterForm
from governance.forms.choosing import PersonField
from governance.models import Forvaltningsobjekt, Informationssystem, Namnd
from roles.assignments import BASIS, Basis
from roles.catalogue import NAMND, Role


def day(label: str, help_text: str = "", initial: date | None = None, **kwargs: Any) -> Any:
    """Return a field for a date."""
    return forms.DateField(
        label=label, help_text=help_text, initial=initial, widget=DateInput(), **kwargs
    )


def holder_field(role: Role, label: str) -> forms.Field:
    """Return the field that names who gets the role: a nämnd from a list, a person by typing."""
    if role.code == NAMND:
        return forms.ModelChoiceField(label=label, queryset=Namnd.objects.all())
    return PersonField(
        label=label, help_text=_("Skriv några bokstäver av namn, enhet eller användarnamn.")
    )


def ground_fields(role: Role) -> dict[str, forms.Field]:
    """Return decision, on whose behalf (clause 4.a) and the consulted resursägare (6.3.U1)."""
    asked: dict[str, forms.Field] = {
        "decision_reference": forms.CharField(
            label=_("Beslut"),
            help_text=_("Diarienummer, till exempel UN 2026/118."),
            max_length=100,
            required=False,
        ),
        "on_behalf_of": forms.CharField(
            label=_("På uppdrag av"),
            help_text=_("Om någon har överlåtit till dig att utse (avsnitt 4)."),
            max_length=200,
            required=False,
        ),
    }
    if not role.mandatory:
        asked["consulted_resursagare"] = forms.CharField(
            label=_("Rådfrågad resursägare"),
            help_text=_("Operativa roller bemannas i samråd med resursägaren (avsnitt 6.3)."),
            max_length=200,
            required=False,
        )
    return asked


class StaffingForm(RegisterForm):
    """A form whose fields depend on the role, which are given as `asked`."""

    def __init__(self, *args: Any, asked: dict[str, forms.Field], **kwargs: Any) -> None:
        self.base_fields = asked  # type: ignore[misc]  # which Django copies into fields
        super().__init__(*args, **kwargs)

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes; the ground, where it is asked for, as one."""
        found = super().arguments()
        ground = {name: found.pop(name) for name in BASIS if name in found}
        return {**found, "basis": Basis(**ground)} if ground else found


class ReasonedForm(StaffingForm):
    """The same, where responsibility moves: the reason is required."""

    reason_required = True


def appoint_fields(
    role: Role, systems: Iterable[Informationssystem], today: date, until: date | None
) -> dict[str, forms.Field]:
    """Return what is asked to appoint: who, when and, for an operative role, on which systems.

    `until` is the last day before somebody who is already appointed to a mandatory role.
    """
    asked: dict[str, forms.Field] = {"holder": holder_field(role, _(role.name))}
    asked["valid_from"] = day(_("Från och med"), initial=today)
    if not role.mandatory or until:
        asked["valid_to"] = day(
            _("Till och med"), _("Lämna tomt om det gäller tills vidare."), until, required=False
        )
    queryset = Informationssystem.objects.filter(pk__in=[s.pk for s in systems])
    if not role.mandatory and queryset:
        asked["systems"] = forms.ModelMultipleChoiceField(
            label=_("Gäller bara"),
            help_text=_("Välj inget om rollen gäller hela objektet."),
            queryset=queryset,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    return asked | ground_fields(role)


def hand_over_fields(role: Role, initial: date) -> dict[str, forms.Field]:
    """Return what is asked to hand over: to whom, from which day, on what ground."""
    return {
        "holder": holder_field(role, _("Efterträdare")),
        "on": day(_("Tar över från och med"), _("Den som har rollen slutar dagen innan."), initial),
    } | ground_fields(role)


def substitute_fields(today: date) -> dict[str, forms.Field]:
    """Return what is asked to let somebody stand in: who, and the period."""
    return {
        "holder": PersonField(
            label=_("Ersättare"),
            help_text=_("Skriv några bokstäver av namn, enhet eller användarnamn."),
        ),
        "valid_from": day(_("Från och med"), initial=today),
        "valid_to": day(_("Till och med"), _("Ersättaren har samma mandat under tiden.")),
    }


def end_fields(initial: date) -> dict[str, forms.Field]:
    """Return what is asked to end something: its last day."""
    return {"on": day(_("Sista dagen"), initial=initial)}


def status_fields(choices: list[tuple[str, str]]) -> dict[str, forms.Field]:
    """Return what is asked to change an object's status."""
    return {
        "status": forms.ChoiceField(
            label=_("Vad ska hända med objektet?"),
            choices=choices,
            widget=forms.RadioSelect,
            initial=choices[0][0] if len(choices) == 1 else None,
        )
    }


def move_fields(user: Person, system: Informationssystem) -> dict[str, forms.Field]:
    """Return what is asked to move a system: an object where the person holds the mandate too."""
    open_objects = Forvaltningsobjekt.objects.exclude(pk=system.objekt_id).exclude(
        status=Forvaltningsobjekt.Status.AVVECKLAT
    )
    return {
        "to": forms.ModelChoiceField(
            label=_("Flytta till"),
            help_text=_("Förvaltningsobjekt där du också får ändra."),
            queryset=access.permitted(user, "change_forvaltningsobjekt", open_objects),
        )
    }


def systems_of(user: Person, objekt: Forvaltningsobjekt) -> list[Informationssystem]:
    """Return the object's systems that the person may know of."""
    return list(visible(user, Informationssystem.objects.filter(objekt=objekt)))
