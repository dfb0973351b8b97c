"""The form that hands over everything: one successor for all, another where a row names one."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.forms.base import DateInput, RegisterForm
from governance.forms.choosing import PersonField
from governance.forms.picker import PickerWidget
from governance.models import Informationsmangd
from roles.assignments import Basis
from roles.models import User
from roles.transfer import Item


class TransferForm(RegisterForm):
    """Whom everything goes to, from which day and why; a row may go to another, or stay."""

    reason_required = True
    successor = PersonField(
        label=_("Efterträdare"),
        required=False,
        help_text=_("Skriv tre bokstäver av namn, enhet eller användarnamn."),
    )
    on = forms.DateField(
        label=_("Från och med"),
        widget=DateInput(),
        help_text=_("Efterträdarens första dag. Dagen före blir den sista för den som lämnar."),
    )
    decision_reference = forms.CharField(
        label=_("Beslut"),
        required=False,
        max_length=100,
        help_text=_("Diarienummer, till exempel UN 2026/118."),
    )

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        self.fields["on"].initial = timezone.localdate() + timedelta(days=1)
        for item in items:
            self._add_row(item)
        self.successors: dict[str, User] = {}
        self.left_out: list[Item] = []

    def _add_row(self, item: Item) -> None:
        said = {"what": item, "objekt": item.objekt}
        self.fields[f"med-{item.key}"] = forms.BooleanField(
            required=False,
            initial=True,
            label=gettext("Lämna över: %(what)s, %(objekt)s") % said,
            widget=forms.CheckboxInput({"class": "form-check-input"}),
        )
        label = gettext("Annan efterträdare: %(what)s, %(objekt)s") % said
        attrs = {"class": "form-control form-control-sm", "aria-label": label}
        self.fields[f"till-{item.key}"] = forms.CharField(
            required=False, label=label, widget=PickerWidget("roles:person_search", attrs)
        )

    def rows(self) -> list[tuple[Item, BoundField, BoundField]]:
        """Return each item with its two fields."""
        return [(i, self[f"med-{i.key}"], self[f"till-{i.key}"]) for i in self.items]

    def head(self) -> list[BoundField]:
        """Return the fields above the rows."""
        return [self["successor"], self["on"], self["decision_reference"], self["reason"]]

    def clean(self) -> dict[str, Any]:
        """Find the successor of each row; one that is not handed over is left out."""
        data = super().clean() or self.cleaned_data
        resolved: dict[str, User | ValidationError] = {}
        for item in self.items:
            if not data.get(f"med-{item.key}") or self._runs_out(item):
                self.left_out.append(item)
                continue
            typed = str(data.get(f"till-{item.key}") or "")
            if typed and typed not in resolved:
                resolved[typed] = _named(typed)
            found = resolved[typed] if typed else data.get("successor")
            if isinstance(found, ValidationError):
                self.add_error(f"till-{item.key}", found)
            elif found:
                self.successors[item.key] = found
            elif "successor" not in self.errors:
                self.add_error(
                    "successor",
                    gettext(
                        "Välj en efterträdare för allt, eller en på varje rad som lämnas över."
                    ),
                )
        if not self.successors and not self.errors:
            self.add_error(None, gettext("Välj minst ett uppdrag att lämna över."))
        return data

    def _runs_out(self, item: Item) -> bool:
        """Whether the item ends of itself before the day."""
        on, thing = self.cleaned_data.get("on"), item.thing
        if isinstance(thing, Informationsmangd) or not on:
            return False
        return thing.valid_to is not None and thing.valid_to < on

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "successors": self.successors,
            "on": self.cleaned_data["on"],
            "reason": self.cleaned_data["reason"],
            "basis": Basis(decision_reference=self.cleaned_data["decision_reference"]),
        }


def _named(typed: str) -> User | ValidationError:
    try:
        found: User = PersonField(required=True).clean(typed)
    except ValidationError as error:
        return error
    return found
