"""Samband: a connection between two systems, or a system and an outside party (clause 6.5.B4)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from governance.models.base import Tracked
from governance.models.gesture import tracked
from governance.models.informationssystem import Informationssystem


class Samband(Tracked):
    """A flow of information from or to a system."""

    class Kind(models.TextChoices):
        API = "api", _("API")
        FIL = "fil", _("Filöverföring")
        HANDELSE = "handelse", _("Händelser")
        DATABAS = "databas", _("Databas")
        MANUELLT = "manuellt", _("Manuellt")
        ANNAT = "annat", _("Annat")

    class Direction(models.TextChoices):
        LAMNAR = "lamnar", _("Lämnar till")
        HAMTAR = "hamtar", _("Hämtar från")
        BADA = "bada", _("Båda hållen")

    class Frequency(models.TextChoices):
        LOPANDE = "lopande", _("Löpande")
        VID_BEHOV = "vid_behov", _("Vid behov")
        DAGLIGEN = "dagligen", _("Dagligen")
        VECKOVIS = "veckovis", _("Veckovis")
        MANADSVIS = "manadsvis", _("Månadsvis")
        ARLIGEN = "arligen", _("Årligen")

    class Criticality(models.TextChoices):
        LAG = "lag", _("Låg")
        MEDEL = "medel", _("Medel")
        HOG = "hog", _("Hög")
        KRITISK = "kritisk", _("Kritisk")

    source = models.ForeignKey(
        Informationssystem,
        verbose_name=_("system"),
        on_delete=models.CASCADE,
        related_name="samband",
    )
    direction = models.CharField(
        _("riktning"), max_length=10, choices=Direction.choices, default=Direction.LAMNAR
    )
    target = models.ForeignKey(
        Informationssystem,
        verbose_name=_("annat system"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="samband_in",
    )
    outside_party = models.CharField(
        _("utomstående part"),
        max_length=200,
        blank=True,
        help_text=_("Om den andra parten inte finns i registret."),
    )
    kind = models.CharField(_("slag"), max_length=10, choices=Kind.choices, default=Kind.API)
    information = models.CharField(_("information"), max_length=300, blank=True)
    frequency = models.CharField(
        _("hur ofta"), max_length=10, choices=Frequency.choices, blank=True
    )
    criticality = models.CharField(
        _("hur viktigt"), max_length=10, choices=Criticality.choices, blank=True
    )
    history = tracked()

    visible_through = ("source", "target")

    class Meta:
        verbose_name = _("samband")
        verbose_name_plural = _("samband")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(target__isnull=False, outside_party="")
                | Q(target__isnull=True) & ~Q(outside_party=""),
                name="samband_has_one_other_end",
                violation_error_message=_(
                    "Ange antingen ett annat system eller en utomstående part."
                ),
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | ~Q(target=F("source")),
                name="samband_between_two",
                violation_error_message=_("Ett system kan inte ha samband med sig självt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} – {self.target or self.outside_party}"

    def permission_anchors(self) -> list[models.Model]:
        """Return the anchors of both ends: either end's mandate is enough."""
        ends = [self.source] + ([self.target] if self.target else [])
        return [anchor for end in ends for anchor in end.permission_anchors()]
