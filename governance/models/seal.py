"""The chain of hashes over the history: what was sealed, in which order, and what it looked like.

Written by governance/history/sealing.py alone, append-only like the history itself.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.models.gesture import Gesture


class SealLayout(models.Model):
    """Which columns of which history tables a seal covers, so that later columns do not break it."""

    digest = models.CharField(_("kontrollsumma"), max_length=64, unique=True, editable=False)
    columns = models.JSONField(_("kolumner"), editable=False)

    class Meta:
        default_permissions = ()  # written by governance/history/sealing.py alone
        verbose_name = _("förseglingens kolumner")
        verbose_name_plural = _("förseglingarnas kolumner")

    def __str__(self) -> str:
        return self.digest[:12]


class Seal(models.Model):
    """One run of the sequencer: its hash follows from the seal before and every gesture in this one."""

    number = models.BigIntegerField(_("nummer"), primary_key=True, editable=False)
    at = models.DateTimeField(_("tidpunkt"), default=timezone.now, editable=False)
    layout = models.ForeignKey(SealLayout, on_delete=models.PROTECT, related_name="+")
    last_position = models.BigIntegerField(_("sista händelsens plats"), editable=False)
    back_dated = models.BooleanField(
        _("med tillbakadaterade händelser"),
        default=False,
        editable=False,
        help_text=_("Får innehålla händelser som säger sig vara äldre än förseglingen före."),
    )
    hash = models.CharField(_("kontrollsumma"), max_length=64, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("försegling")
        verbose_name_plural = _("förseglingar")

    def __str__(self) -> str:
        return f"{self.number}: {self.hash[:12]}"


class SealedGesture(models.Model):
    """A gesture's place in the chain, and the link that ties it to the one before."""

    position = models.BigIntegerField(_("plats"), primary_key=True, editable=False)
    gesture = models.OneToOneField(Gesture, on_delete=models.PROTECT, related_name="sealed")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="gestures")
    link = models.BinaryField(_("länk"), max_length=32)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(position__gte=1), name="sealed_from_one")
        ]
        verbose_name = _("förseglad händelse")
        verbose_name_plural = _("förseglade händelser")

    def __str__(self) -> str:
        return f"{self.position}"
