"""Uppdrag from the plan, and ärenden to the styrgrupp about what falls outside it."""

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
from governance.models.of_objekt import OfObjekt, in_order, known, kronor, not_negative, person
from governance.models.planrader import Aktivitet


class Uppdrag(OfObjekt):
    """Work initiated from an activity of the adopted plan (6.3.B6), decided within it (6.3.U10)."""

    class Status(models.TextChoices):
        INITIERAT = "initierat", _("Initierat")
        BESLUTAT = "beslutat", _("Beslutat")
        PAGAR = "pagar", _("Pågår")
        KLART = "klart", _("Klart")
        AVBRUTET = "avbrutet", _("Avbrutet")

    aktivitet = models.ForeignKey(
        Aktivitet,
        verbose_name=_("aktivitet i planen"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="uppdrag",
    )
    title = models.CharField(_("uppdrag"), max_length=200)
    description = models.TextField(_("beskrivning"), blank=True)
    assignee = models.CharField(_("utförs av"), max_length=200, blank=True)
    belopp = kronor(_("beräknad kostnad"), null=True, blank=True)
    starts_on = DayField(_("börjar"), null=True, blank=True)
    ends_on = DayField(_("klart senast"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(
        _("prioritet"), null=True, blank=True, editable=False, help_text=_("1 går först.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.INITIERAT, editable=False
    )
    initiated_by = person(_("initierat av"))
    decided_by = person(_("beslutat av"))
    decided_on = DayField(_("beslutat den"), null=True, blank=True, editable=False)
    ended_on = DayField(_("avslutat den"), null=True, blank=True, editable=False)
    arende = models.ForeignKey(
        "governance.Arende",
        verbose_name=_("ärende i styrgruppen"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="uppdrag",
    )
    history = tracked()

    visible_through = ("aktivitet__system", "arende__system")

    class Meta:
        verbose_name = _("uppdrag")
        verbose_name_plural = _("uppdrag")
        ordering: ClassVar = ["priority", "-id"]
        constraints: ClassVar = [
            known(
                "uppdrag_status_known",
                "status",
                ["initierat", "beslutat", "pagar", "klart", "avbrutet"],
            ),
            in_order("uppdrag_in_order", "starts_on", "ends_on"),
            not_negative("uppdrag_belopp", "belopp"),
            models.CheckConstraint(
                condition=Q(aktivitet__isnull=False) | Q(arende__isnull=False),
                name="uppdrag_has_ground",
                violation_error_message=_("Välj den aktivitet i planen som uppdraget utgår från."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["initierat", "avbrutet"]) | Q(decided_on__isnull=False),
                name="uppdrag_decided_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["klart", "avbrutet"], ended_on__isnull=False)
                | ~Q(status__in=["klart", "avbrutet"]) & Q(ended_on__isnull=True),
                name="uppdrag_ended_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the uppdrag's page."""
        return reverse("governance:uppdrag_detail", args=[self.pk])


class Arende(OfObjekt):
    """A matter outside the plan, put before the styrgrupp that decides it together (6.3.U12)."""

    class Status(models.TextChoices):
        OPPET = "oppet", _("Öppet")
        BIFALLET = "bifallet", _("Bifallet")
        AVSLAGET = "avslaget", _("Avslaget")
        ATERTAGET = "atertaget", _("Återtaget")

    title = models.CharField(_("ärende"), max_length=200)
    description = models.TextField(_("vad som ska beslutas och varför"))
    system = models.ForeignKey(
        Informationssystem,
        verbose_name=_("system"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="arenden",
    )
    belopp = kronor(_("beräknad kostnad"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.OPPET, editable=False
    )
    raised_by = person(_("föredras av"))
    raised_on = DayField(_("anmält den"), editable=False)
    decided_on = DayField(_("beslutat den"), null=True, blank=True, editable=False)
    decision = models.TextField(_("beslut"), blank=True, editable=False)
    history = tracked()

    visible_through = ("system",)

    class Meta:
        verbose_name = _("ärende")
        verbose_name_plural = _("ärenden")
        ordering: ClassVar = ["-raised_on", "-id"]
        constraints: ClassVar = [
            known("arende_status_known", "status", ["oppet", "bifallet", "avslaget", "atertaget"]),
            not_negative("arende_belopp", "belopp"),
            models.CheckConstraint(
                condition=Q(status="oppet", decided_on__isnull=True)
                | ~Q(status="oppet") & Q(decided_on__isnull=False),
                name="arende_decided_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the matter's page."""
        return reverse("governance:arende_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether the styrgrupp has yet to decide it."""
        return self.status == self.Status.OPPET


class Stallningstagande(Tracked):
    """What one member of the styrgrupp says in a matter, for the side that the member stood for."""

    class Foretrader(models.TextChoices):
        VERKSAMHET = "verksamhet", _("Verksamhet")
        IT = "it", _("IT")
        BADA = "bada", _("Verksamhet och IT")

    arende = models.ForeignKey(
        Arende,
        verbose_name=_("ärende"),
        on_delete=models.PROTECT,
        related_name="stallningstaganden",
        editable=False,
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ledamot"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    sida = models.CharField(
        _("företräder"), max_length=10, choices=Foretrader.choices, editable=False
    )
    bifall = models.BooleanField(_("bifall"))
    note = models.TextField(_("motivering"), blank=True)
    history = tracked()

    visible_through = ("arende__system",)

    class Meta:
        verbose_name = _("ställningstagande")
        verbose_name_plural = _("ställningstaganden")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            known("stallningstagande_sida_known", "sida", ["verksamhet", "it", "bada"]),
            models.UniqueConstraint(fields=["arende", "person"], name="stallningstagande_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {_('bifall') if self.bifall else _('avslag')}"

    def permission_anchors(self) -> list[models.Model]:
        """Return the anchors of the matter."""
        return self.arende.permission_anchors()
