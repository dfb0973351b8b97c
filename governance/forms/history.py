"""The forms above a timeline: who, what kind, from and to which day, all in the address."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from governance.forms.base import DateInput
from governance.forms.listing import ListForm
from governance.gestures import KINDS
from governance.history import reading
from governance.history.filters import Filters
from governance.history.timeline import Timeline

REGIT = "regit"


class HistoryFilter(ListForm):
    """Filters of one thing's timeline. People are those who appear in it."""

    q = None  # type: ignore[assignment]
    vem = forms.ChoiceField(label=_("Vem"), required=False)
    slag = forms.ChoiceField(
        label=_("Slag"), required=False, choices=[("", _("Alla slag")), *KINDS.items()]
    )
    since = forms.DateField(label=_("Från och med"), required=False, widget=DateInput())
    until = forms.DateField(label=_("Till och med"), required=False, widget=DateInput())

    def __init__(self, request: HttpRequest, timeline: Timeline) -> None:
        self.timeline = timeline
        super().__init__(request)
        for name in ("since", "until"):
            self.fields[name].widget.attrs["type"] = "date"

    def add_fields(self) -> None:
        """Offer the people of this timeline, to this form alone."""
        self.fields["vem"].choices = self.actors(self.timeline)  # type: ignore[attr-defined]

    @staticmethod
    def actors(timeline: Timeline) -> list[tuple[Any, Any]]:
        """Return who did anything here."""
        people = reading.actors(timeline)
        return [("", _("Alla")), (REGIT, "RegIT"), *((str(p.pk), str(p)) for p in people)]

    def filters(self) -> Filters:
        """Return what the timeline is narrowed to."""
        chosen = self.chosen
        who = chosen.get("vem")
        return Filters(
            actor=int(who) if who and who != REGIT else None,
            by_regit=who == REGIT,
            kind=chosen.get("slag", ""),
            since=chosen.get("since"),
            until=chosen.get("until"),
        )
