"""Figures about a large register that take too long to count for every page (roles/figures.py)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class KeptFigures(models.Model):
    """What was counted, and when: the page says so. Nothing but a copy, so it has no history."""

    name = models.CharField(_("vad"), max_length=50, unique=True)
    day = models.DateField(_("dag"))
    counted_at = models.DateTimeField(_("räknat"), default=timezone.now)
    stamp = models.CharField(_("registrets stånd"), max_length=32, default="")
    """How the register stood: the same stamp, the same figures."""
    slow = models.BooleanField(_("tar tid att räkna"), default=True)
    claimed_at = models.DateTimeField(_("räknas sedan"), null=True)
    numbers = models.JSONField(_("siffror"))

    class Meta:
        default_permissions = ()
        verbose_name = _("siffror om registret")
        verbose_name_plural = _("siffror om registret")

    def __str__(self) -> str:
        return self.name
