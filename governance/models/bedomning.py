"""What the two sides judge and look back on: bedömning, utvärdering, styrdokument."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.days import DayField
from governance.models.base import Tracked
from governance.models.gesture import tracked
from governance.models.informationssystem import Informationssystem
from governance.models.of_objekt import OfObjekt, Sida, known, person, side


class Bedomning(Tracked):
    """What one side of the object thinks should become of a system. One a side; history keeps the rest."""

    class Omdome(models.TextChoices):
        VIDMAKTHALLA = "vidmakthalla", _("Vidmakthålla")
        UTVECKLA = "utveckla", _("Utveckla")
        KONSOLIDERA = "konsolidera", _("Konsolidera")
        AVVECKLA = "avveckla", _("Avveckla")
        VET_EJ = "vet_ej", _("Vet ej")

    system = models.ForeignKey(
        Informationssystem,
        verbose_name=_("system"),
        on_delete=models.CASCADE,
        related_name="bedomningar",
        editable=False,
    )
    sida = side()
    omdome = models.CharField(_("bedömning"), max_length=15, choices=Omdome.choices)
    motivering = models.TextField(_("varför"))
    on = DayField(_("bedömt den"))
    judged_by = person(_("bedömt av"))
    history = tracked()

    visible_through = ("system",)

    class Meta:
        verbose_name = _("bedömning")
        verbose_name_plural = _("bedömningar")
        ordering: ClassVar = ["system", "-sida"]
        constraints: ClassVar = [
            known("bedomning_sida_known", "sida", Sida.values),
            known(
                "bedomning_omdome_known",
                "omdome",
                ["vidmakthalla", "utveckla", "konsolidera", "avveckla", "vet_ej"],
            ),
            models.UniqueConstraint(fields=["system", "sida"], name="bedomning_one_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.system}: {self.get_omdome_display()}"

    def permission_anchors(self) -> list[models.Model]:
        """Return the anchors of the system."""
        return self.system.permission_anchors()


class Utvardering(OfObjekt):
    """An evaluation of how the object's organisation works, made periodically (6.2.B4)."""

    on = DayField(_("dag"))
    period_from = DayField(_("avser tiden från och med"))
    period_to = DayField(_("till och med"))
    works = models.TextField(_("vad som fungerar"))
    lacks = models.TextField(_("vad som brister"), blank=True)
    measures = models.TextField(_("vad som ska göras"), blank=True)
    next_on = DayField(_("nästa utvärdering senast"))
    evaluated_by = person(_("utvärderat av"))
    history = tracked()

    class Meta:
        verbose_name = _("utvärdering")
        verbose_name_plural = _("utvärderingar")
        ordering: ClassVar = ["-on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(next_on__gt=models.F("on")),
                name="utvardering_next_is_later",
                violation_error_message=_("Nästa utvärdering ska vara efter den här."),
            )
        ]

    def __str__(self) -> str:
        return _("Utvärdering %(day)s") % {"day": self.on}


class Styrdokument(OfObjekt):
    """A steering document meant for the förvaltningsledare of one or both sides (6.2.U5, 6.4.U5)."""

    title = models.CharField(_("namn"), max_length=200)
    edition = models.CharField(_("utgåva"), max_length=50, blank=True)
    decided_on = DayField(_("beslutat den"), null=True, blank=True)
    link = models.URLField(_("länk"), max_length=500, blank=True)
    text = models.TextField(_("innehåll eller sammanfattning"), blank=True)
    for_verksamhet = models.BooleanField(_("gäller förvaltningsledaren"), default=True)
    for_it = models.BooleanField(_("gäller förvaltningsledare IT"), default=False)
    issued_by = person(_("lämnat av"))
    withdrawn_on = DayField(_("upphörde den"), null=True, blank=True, editable=False)
    history = tracked()

    class Meta:
        verbose_name = _("styrdokument")
        verbose_name_plural = _("styrdokument")
        ordering: ClassVar = ["title", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(for_verksamhet=True) | Q(for_it=True),
                name="styrdokument_for_somebody",
                violation_error_message=_("Ange vem styrdokumentet gäller."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the document's page."""
        return reverse("governance:styrdokument_detail", args=[self.pk])


class Kvittens(Tracked):
    """That a person has taken in an edition of a steering document, for one side."""

    styrdokument = models.ForeignKey(
        Styrdokument,
        verbose_name=_("styrdokument"),
        on_delete=models.PROTECT,
        related_name="kvittenser",
        editable=False,
    )
    sida = side()
    edition = models.CharField(_("utgåva"), max_length=50, blank=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("kvitterat av"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    acknowledged_at = models.DateTimeField(_("kvitterat"), editable=False)
    history = tracked()

    class Meta:
        verbose_name = _("kvittens")
        verbose_name_plural = _("kvittenser")
        ordering: ClassVar = ["-acknowledged_at", "-id"]
        constraints: ClassVar = [
            known("kvittens_sida_known", "sida", Sida.values),
            models.UniqueConstraint(
                fields=["styrdokument", "sida", "edition", "person"], name="kvittens_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.styrdokument}: {self.person}"

    def permission_anchors(self) -> list[models.Model]:
        """Return the anchors of the document."""
        return self.styrdokument.permission_anchors()
