"""The forms of an evaluation and of a steering document."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.forms.base import DateInput, RegisterModelForm
from governance.models import Styrdokument, Utvardering

LINES = forms.Textarea(attrs={"rows": 4})


class UtvarderingForm(RegisterModelForm):
    """How the organisation works, what it lacks, what is to be done, and when to look again."""

    reason_asked = False
    groups = (
        (_("När"), ("on", "period_from", "period_to")),
        (_("Vad utvärderingen visade"), ("works", "lacks", "measures")),
        (_("Nästa gång"), ("next_on",)),
    )

    class Meta:
        model = Utvardering
        fields = ("on", "period_from", "period_to", "works", "lacks", "measures", "next_on")
        widgets: ClassVar = {
            **dict.fromkeys(("on", "period_from", "period_to", "next_on"), DateInput),
            **dict.fromkeys(("works", "lacks", "measures"), LINES),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            today = timezone.localdate()
            self.initial.update(on=today, next_on=today + timedelta(days=365))


class StyrdokumentForm(RegisterModelForm):
    """A steering document: what it is called, its edition, and where it is to be read."""

    link = forms.URLField(
        label=_("Länk"),
        help_text=_("Där dokumentet finns att läsa."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )

    class Meta:
        model = Styrdokument
        fields = ("title", "edition", "decided_on", "link", "text")
        widgets: ClassVar = {"decided_on": DateInput, "text": LINES}
        help_texts: ClassVar = {
            "edition": _("En ny utgåva ska kvitteras på nytt."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial["edition"] = "1"
