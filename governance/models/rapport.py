"""Avvikelse and statusrapport, and whom each of them reached (6.3.U8, 6.3.U9, 6.5.U3, 6.5.U4)."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.days import DayField
from governance.models.base import Tracked
from governance.models.forvaltningsplan import Forvaltningsplan
from governance.models.gesture import tracked
from governance.models.informationssystem import Informationssystem
from governance.models.of_objekt import OfObjekt, Sida, in_order, known, person, side

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


class Delgivning(Tracked):
    """That an avvikelse or a statusrapport reached a person, for which clause, and when it was read."""

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

    visible_through = ("avvikelse__system",)

    class Meta:
        verbose_name = _("delgivning")
        verbose_name_plural = _("delgivningar")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(avvikelse__isnull=True, statusrapport__isnull=False)
                | Q(avvikelse__isnull=False, statusrapport__isnull=True),
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
        ]

    def __str__(self) -> str:
        return f"{self.avvikelse or self.statusrapport}: {self.person}"

    def permission_anchors(self) -> list[models.Model]:
        """Return the anchors of what reached the person."""
        about = self.avvikelse or self.statusrapport
        return about.permission_anchors() if about else []
