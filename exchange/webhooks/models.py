"""Who is told of gestures, and what waits to be told."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.models import Gesture

WAITS = [timedelta(minutes=n) for n in (1, 5, 30, 120, 480, 1440)]
"""After each try that failed. After the last one the delivery is given up."""


class Prenumeration(models.Model):
    """An address that is told of what happens. Its secret is encrypted, and shown once."""

    name = models.CharField(_("namn"), max_length=100)
    address = models.URLField(_("adress"), max_length=500)
    secret = models.TextField(editable=False)
    made_in = models.OneToOneField(Gesture, on_delete=models.PROTECT, related_name="+")
    ended_in = models.OneToOneField(
        Gesture, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("prenumeration")
        verbose_name_plural = _("prenumerationer")
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Leveransforsok(models.Model):
    """One gesture on its way to one address, until it arrived or was given up."""

    prenumeration = models.ForeignKey(
        Prenumeration, on_delete=models.PROTECT, related_name="deliveries"
    )
    gesture = models.ForeignKey(Gesture, on_delete=models.PROTECT, related_name="+")
    things = models.JSONField(default=list)
    """Addresses in the API of what a stranger may know of; nothing of it is nothing to tell."""
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, default=timezone.now)
    """When to try next; empty when it has arrived, is given up, or there was nothing to tell."""
    arrived_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("leverans till program")
        verbose_name_plural = _("leveranser till program")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["prenumeration", "gesture"], name="told_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"], condition=models.Q(next_at__isnull=False), name="delivery_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.prenumeration}: {self.gesture_id}"

    @property
    def given_up(self) -> bool:
        """Whether the last try has failed."""
        return self.next_at is None and self.arrived_at is None and self.tries > len(WAITS)
