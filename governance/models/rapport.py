"""Avvikelse, statusrapport and kostnadsrapport, and whom each of them reached (6.3.U8–U11, 6.5)."""

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.days import DayField
from governance.models.base import Tracked
from governance.models.ekonomi import Kostnad
from governance.models.forvaltningsplan import Forvaltningsplan
from governance.models.gesture import tracked
from governance.models.informationssystem import Informationssystem
from governance.models.of_objekt import (
    OfObjekt,
    Sida,
    in_order,
    known,
    kronor,
    not_negative,
    person,
    side,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Avvikelse(OfObjekt):
    """A deviation from the plan, reported to the styrgrupp (6.3.U9, 6.5.U4)."""

    class Status(models.TextChoices):
        OPPEN = "oppen", _("Öppen")
        HANTERAD = "hanterad", _("Hanterad")

    class Paverkar(models.TextChoices):
        MAL = "mal", _("Mål")
        TID = "tid", _("Tid")
        KOSTNAD = "kostnad", _("Kostnad")
        KVALITET = "kvalitet", _("Kvalitet")

    sida = side()
    title = models.CharField(_("avvikelse"), max_length=200)
    description = models.TextField(_("vad som avviker och varför"))
    paverkar = models.CharField(_("påverkar"), max_length=10, choices=Paverkar.choices)
    proposal = models.TextField(_("förslag till åtgärd"), blank=True)
    system = models.ForeignKey(
        Informationssystem,
        verbose_name=_("system"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="avvikelser",
    )
    on = DayField(_("upptäckt den"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.OPPEN, editable=False
    )
    reported_by = person(_("rapporterad av"))
    handled_on = DayField(_("hanterad den"), null=True, blank=True, editable=False)
    handling = models.TextField(_("hur den hanterades"), blank=True, editable=False)
    history = tracked()

    visible_through = ("system",)

    class Meta:
        verbose_name = _("avvikelse")
        verbose_name_plural = _("avvikelser")
        ordering: ClassVar = ["-on", "-id"]
        constraints: ClassVar = [
            known("avvikelse_sida_known", "sida", Sida.values),
            known("avvikelse_status_known", "status", ["oppen", "hanterad"]),
            known("avvikelse_paverkar_known", "paverkar", ["mal", "tid", "kostnad", "kvalitet"]),
            models.CheckConstraint(
                condition=Q(status="oppen", handled_on__isnull=True)
                | Q(status="hanterad", handled_on__isnull=False),
                name="avvikelse_handled_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the deviation's page."""
        return reverse("governance:avvikelse_detail", args=[self.pk])


class Lage(models.TextChoices):
    """How something stands."""

    GRON = "gron", _("Enligt plan")
    GUL = "gul", _("Risk för avvikelse")
    ROD = "rod", _("Avviker")


def stands(label: "StrOrPromise") -> models.CharField:
    """How one matter stands in a status report."""
    return models.CharField(label, max_length=5, choices=Lage.choices)


class Statusrapport(OfObjekt):
    """A status report to the objektägare, or of IT to the objektägare IT (6.3.U8, 6.5.U3)."""

    sida = side()
    plan = models.ForeignKey(
        Forvaltningsplan,
        verbose_name=_("plan"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="statusrapporter",
    )
    period_from = DayField(_("från och med"))
    period_to = DayField(_("till och med"))
    mal_lage = stands(_("mål"))
    tid_lage = stands(_("tid"))
    kostnad_lage = stands(_("kostnad"))
    summary = models.TextField(_("läget i korthet"))
    next_steps = models.TextField(_("nästa steg"), blank=True)
    corrects = models.ForeignKey(
        "self",
        verbose_name=_("rättar"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="corrections",
    )
    reported_by = person(_("rapporterat av"))
    reported_on = DayField(_("rapporterat den"), editable=False)
    history = tracked()

    class Meta:
        verbose_name = _("statusrapport")
        verbose_name_plural = _("statusrapporter")
        ordering: ClassVar = ["-reported_on", "-id"]
        constraints: ClassVar = [
            known("statusrapport_sida_known", "sida", Sida.values),
            in_order("statusrapport_in_order", "period_from", "period_to"),
        ]

    def __str__(self) -> str:
        return _("Statusrapport %(from)s – %(to)s") % {
            "from": self.period_from,
            "to": self.period_to,
        }

    def get_absolute_url(self) -> str:
        """Return the address of the report."""
        return reverse("governance:statusrapport_detail", args=[self.pk])


class Kostnadsrapport(OfObjekt):
    """A follow-up of costs, as it stood when it was sent (6.3.U11), or of IT's alone (6.5.U7).

    The sums count every cost: a report with the cost of a hidden system in it is as hidden.
    """

    sida = side()
    plan = models.ForeignKey(
        Forvaltningsplan,
        verbose_name=_("plan"),
        editable=False,
        on_delete=models.PROTECT,
        related_name="kostnadsrapporter",
    )
    until = DayField(_("till och med"))
    budget = kronor(_("budget"), editable=False)
    attesterat = kronor(_("attesterat"), editable=False)
    vantar = kronor(_("väntar på attest"), editable=False)
    comment = models.TextField(_("kommentar"))
    reported_by = person(_("rapporterat av"))
    reported_on = DayField(_("rapporterat den"), editable=False)
    history = tracked()

    visible_through = tuple(f"objekt__kostnad__{path}" for path in Kostnad.visible_through)

    class Meta:
        verbose_name = _("kostnadsrapport")
        verbose_name_plural = _("kostnadsrapporter")
        ordering: ClassVar = ["-reported_on", "-id"]
        constraints: ClassVar = [
            known("kostnadsrapport_sida_known", "sida", Sida.values),
            not_negative("kostnadsrapport_budget", "budget"),
            not_negative("kostnadsrapport_attesterat", "attesterat"),
            not_negative("kostnadsrapport_vantar", "vantar"),
            models.CheckConstraint(
                condition=Q(until__lte=F("reported_on")), name="kostnadsrapport_not_ahead"
            ),
        ]

    def __str__(self) -> str:
        return _("Kostnadsrapport till och med %(day)s") % {"day": self.until}

    def get_absolute_url(self) -> str:
        """Return the address of the report."""
        return reverse("governance:kostnadsrapport_detail", args=[self.pk])

    @property
    def scope(self) -> str:
        """Return what the sums are of."""
        return str(_("IT-kostnader") if self.sida == Sida.IT else _("Hela objektet"))

    @property
    def left(self) -> Decimal:
        """Return what was left when all that waited is attested; negative when it is exceeded."""
        left: Decimal = self.budget - self.attesterat - self.vantar
        return left


class Delgivning(Tracked):
    """That a report reached a person, for which clause, and when it was read."""

    avvikelse = models.ForeignKey(
        Avvikelse,
        verbose_name=_("avvikelse"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="delgivningar",
    )
    statusrapport = models.ForeignKey(
        Statusrapport,
        verbose_name=_("statusrapport"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="delgivningar",
    )
    kostnadsrapport = models.ForeignKey(
        Kostnadsrapport,
        verbose_name=_("kostnadsrapport"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="delgivningar",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("mottagare"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    clause = models.CharField(_("avsnitt"), max_length=10, editable=False)
    read_at = models.DateTimeField(_("läst"), null=True, blank=True, editable=False)
    history = tracked()

    visible_through = (
        "avvikelse__system",
        *(f"kostnadsrapport__{path}" for path in Kostnadsrapport.visible_through),
    )

    class Meta:
        verbose_name = _("delgivning")
        verbose_name_plural = _("delgivningar")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    avvikelse__isnull=False,
                    statusrapport__isnull=True,
                    kostnadsrapport__isnull=True,
                )
                | Q(
                    statusrapport__isnull=False,
                    avvikelse__isnull=True,
                    kostnadsrapport__isnull=True,
                )
                | Q(
                    kostnadsrapport__isnull=False,
                    avvikelse__isnull=True,
                    statusrapport__isnull=True,
                ),
                name="delgivning_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["avvikelse", "person"],
                name="delgivning_avvikelse_once",
                condition=Q(avvikelse__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["statusrapport", "person"],
                name="delgivning_statusrapport_once",
                condition=Q(statusrapport__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["kostnadsrapport", "person"],
                name="delgivning_kostnadsrapport_once",
                condition=Q(kostnadsrapport__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.person}"

    @property
    def about(self) -> "Avvikelse | Statusrapport | Kostnadsrapport":
        """Return what reached the person: the database holds that it is one thing."""
        about = self.avvikelse or self.statusrapport or self.kostnadsrapport
        return cast("Avvikelse | Statusrapport | Kostnadsrapport", about)

    def permission_anchors(self) -> list[models.Model]:
        """Return the anchors of what reached the person."""
        return self.about.permission_anchors()
