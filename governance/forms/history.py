"""The forms above a timeline: who, what kind, from and to which day, all in the address."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from governance.forms.base import DateInput
from governance.forms.choosing import called, person_text
from governance.forms.listing import ListForm
from governance.forms.picker import PickerField
from governance.gestures import KINDS
from governance.history import reading
from governance.history.filters import Filters
from governance.history.timeline import Timeline

REGIT, NOBODY = "regit", "RegIT"
"""What RegIT itself is in an address, and what it is called."""


class ActorField(PickerField):
    """Who did something: a person, those who have left included, or RegIT itself."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=get_user_model()._default_manager.all(),
            key="username",
            text=person_text,
            exact=("pk", "email__iexact"),
            named=called,
            **kwargs,
        )

    def resolve(self, typed: str) -> Any:
        """Find the person; RegIT is no person."""
        return NOBODY if typed.lower() == REGIT else super().resolve(typed)


class HistoryFilter(ListForm):
    """Filters of one thing's timeline. People are those who appear in it, or typed if it is long."""

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
        people = reading.actors(self.timeline)
        if people is None:
            self.fields["vem"] = ActorField(
                label=_("Vem"), required=False, url="roles:person_search"
            )
        else:
            named = [(str(p.pk), str(p)) for p in people]
            self.fields["vem"].choices = [("", _("Alla")), (REGIT, NOBODY), *named]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """Return what the timeline is narrowed to."""
        chosen = self.chosen
        who = chosen.get("vem")
        by_regit = who in (REGIT, NOBODY)
        return Filters(
            actor=None if by_regit else who,
            by_regit=by_regit,
            kind=chosen.get("slag", ""),
            since=chosen.get("since"),
            until=chosen.get("until"),
        )
