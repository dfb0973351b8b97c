"""Åtkomstnycklar: what a program shows in place of a person's login.

The key itself is shown once and not kept: what lies here is its SHA-256 and its beginning.
"""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.days import DayField
from governance.models import Gesture

LONGEST = timedelta(days=366)


class Atkomstnyckel(models.Model):
    """A key to the API. It carries what its owner may do today, or only to read."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="atkomstnycklar"
    )
    name = models.CharField(
        _("namn"), max_length=100, help_text=_("Till exempel vilket program som ska ha nyckeln.")
    )
    prefix = models.CharField(_("börjar på"), max_length=20, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(_("får ändra"), default=False)
    second_factor = models.BooleanField(
        _("skapad med tvåfaktorsinloggning"), default=False, editable=False
    )
    created_on = DayField(_("skapad"))
    expires_on = DayField(_("sista dag"))
    last_used_at = models.DateTimeField(_("senast använd"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("återtagen"), null=True, blank=True)
    made_in = models.ForeignKey(Gesture, on_delete=models.PROTECT, related_name="+")
    withdrawn_in = models.ForeignKey(
        Gesture, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("åtkomstnyckel")
        verbose_name_plural = _("åtkomstnycklar")
        ordering: ClassVar = ["-created_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("created_on"))
                & Q(expires_on__lte=F("created_on") + LONGEST),
                name="nyckel_a_year_at_most",
                violation_error_message=_("En nyckel gäller högst ett år, från och med i dag."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_live(self, day: date | None = None) -> bool:
        """Whether the key opens anything: not withdrawn, not expired, its owner active."""
        day = day or timezone.localdate()
        return self.withdrawn_at is None and day <= self.expires_on and self.person.is_active
