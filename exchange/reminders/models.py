"""What reminders keep: findings as they come and go, who was told of which, and how often."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Forekomst(models.Model):
    """A finding about one thing from the night it was found until the night it was gone.

    What is mended and breaks again is another one, and everybody is told anew.
    """

    rule = models.CharField(_("regel"), max_length=60)
    kind = models.CharField(_("slag"), max_length=30)
    thing = models.BigIntegerField(_("vad"))
    found_at = models.DateTimeField(_("funnen"), default=timezone.now)
    gone_at = models.DateTimeField(_("borta"), null=True, blank=True)

    class Meta:
        verbose_name = _("förekomst")
        verbose_name_plural = _("förekomster")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rule", "kind", "thing"],
                name="forekomst_open_once",
                condition=Q(gone_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.kind} {self.thing}"


class Utskick(models.Model):
    """That a person has been told of a finding: once for each time it comes about."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    forekomst = models.ForeignKey(Forekomst, on_delete=models.PROTECT, related_name="utskick")
    sent_at = models.DateTimeField(_("skickat"), default=timezone.now)

    class Meta:
        verbose_name = _("utskick")
        verbose_name_plural = _("utskick")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "forekomst"], name="utskick_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.forekomst}"


class Paminnelseval(models.Model):
    """How often a person wants to be reminded, and when the last letter went."""

    class HurOfta(models.TextChoices):
        DAGLIGEN = "dagligen", _("Dagligen")
        VECKOVIS = "veckovis", _("Veckovis")
        MANADSVIS = "manadsvis", _("Månadsvis")
        ALDRIG = "aldrig", _("Aldrig")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    hur_ofta = models.CharField(
        _("hur ofta"), max_length=10, choices=HurOfta.choices, default=HurOfta.VECKOVIS
    )
    last_on = models.DateField(_("senaste brevet"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("val av påminnelser")
        verbose_name_plural = _("val av påminnelser")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(hur_ofta__in=["dagligen", "veckovis", "manadsvis", "aldrig"]),
                name="paminnelseval_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_hur_ofta_display()}"

    def is_due(self) -> bool:
        """Whether a letter may go today."""
        wait = {"dagligen": 1, "veckovis": 7, "manadsvis": 30}.get(self.hur_ofta)
        if wait is None:
            return False
        return self.last_on is None or timezone.localdate() - self.last_on >= timedelta(days=wait)
