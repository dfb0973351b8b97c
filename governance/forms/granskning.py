"""The form above the whole register's history."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from governance.access import visible
from governance.forms.base import DateInput
from governance.forms.choosing import ObjektField, called, person_text
from governance.forms.listing import ListForm
from governance.forms.picker import PickerField
from governance.gestures import KINDS
from governance.history.filters import Filters
from governance.history.timeline import Timeline, tracked_models
from governance.models import Forvaltningsobjekt


class GranskningFilter(ListForm):
    """Filters by who, object, kind of gesture, kind of thing, days and words of the reason."""

    vem = PickerField(
        label=_("Vem"),
        required=False,
        queryset=get_user_model()._default_manager.none(),
        url="governance:actor_search",
        key="username",
        text=person_text,
        exact=("email__iexact",),
        named=called,
    )
    objekt = ObjektField(label=_("Förvaltningsobjekt"), required=False)
    slag = forms.ChoiceField(label=_("Slag"), required=False)
    sak = forms.ChoiceField(label=_("Sak"), required=False)
    since = forms.DateField(label=_("Från och med"), required=False, widget=DateInput())
    until = forms.DateField(label=_("Till och med"), required=False, widget=DateInput())
    handelse = forms.UUIDField(required=False, widget=forms.HiddenInput(), label=_("Händelse"))

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        for name in ("since", "until"):
            self.fields[name].widget.attrs["type"] = "date"

    def order_fields(self, order: Any) -> None:
        """Fill the choices before the form is read: they depend on what the register holds."""
        kinds, models = self.fields["slag"], self.fields["sak"]
        self.fields["q"].label = _("Ord i anledningen")
        self.fields["vem"].queryset = get_user_model()._default_manager.all()  # type: ignore[attr-defined]
        kinds.choices = [("", _("Alla slag")), *KINDS.items()]  # type: ignore[attr-defined]
        models.choices = [("", _("Allt")), *self.things()]  # type: ignore[attr-defined]
        super().order_fields(order)

    @staticmethod
    def things() -> list[tuple[str, str]]:
        """Return the kinds of things whose history is told."""
        named = [
            (str(m._meta.model_name), capfirst(str(m._meta.verbose_name))) for m in tracked_models()
        ]
        return sorted(named, key=lambda pair: pair[1])

    def timeline(self, reader: Any, using: str) -> Timeline:
        """Return the history that the form asks for, as this person may read it, from a database."""
        chosen = self.chosen
        models = {m._meta.model_name: m for m in tracked_models()}
        objekt = chosen.get("objekt")
        if objekt is not None:
            objekt = visible(reader, Forvaltningsobjekt.objects.all()).filter(pk=objekt.pk).first()
        filters = Filters(
            actor=chosen.get("vem"),
            kind=chosen.get("slag", ""),
            since=chosen.get("since"),
            until=chosen.get("until"),
            reason=chosen.get("q", ""),
            model=models.get(chosen.get("sak", "")),
            gesture=chosen.get("handelse"),
        )
        return Timeline(reader, objekt, filters, using)
