"""Avtal: an agreement with a supplier about systems of an object (6.3.U4, 6.2.B6, 6.4.B4)."""

from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.days import DayField
from governance.models.base import Tracked, search_columns
from governance.models.forvaltningsplan import Forvaltningsplan
from governance.models.gesture import tracked
from governance.models.informationssystem import Informationssystem
from governance.models.leverantor import Leverantor
from governance.models.of_objekt import OfObjekt, in_order, known, kronor, not_negative, person

EARLIEST, LATEST = date(1950, 1, 1), date(2199, 12, 31)
MOST_MONTHS = 240


def _months(least: int = 0) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(least), MaxValueValidator(MOST_MONTHS)]


class Avtal(OfObjekt):
    """An agreement: registered, where its kind asks for it approved, signed, in the end terminated."""

    class Slag(models.TextChoices):
        LICENS = "licens", _("Licensavtal")
        DRIFT = "drift", _("Driftsavtal")
        SUPPORT = "support", _("Supportavtal")
        SERVICE = "service", _("Serviceavtal")
        RAM = "ram", _("Ramavtal")
        PUB = "pub", _("Personuppgiftsbiträdesavtal")

    # Kinds that are approved before they are signed (6.2.U6, 6.4.U6).
    APPROVED_FIRST: ClassVar = (Slag.DRIFT, Slag.SUPPORT, Slag.SERVICE)

    class Status(models.TextChoices):
        REGISTRERAT = "registrerat", _("Registrerat")
        TECKNAT = "tecknat", _("Tecknat")
        UPPSAGT = "uppsagt", _("Uppsagt")

    slag = models.CharField(_("slag"), max_length=10, choices=Slag.choices)
    title = models.CharField(_("benämning"), max_length=200)
    diarienummer = models.CharField(_("diarienummer"), max_length=50, blank=True)
    leverantor = models.ForeignKey(
        Leverantor,
        verbose_name=_("leverantör"),
        on_delete=models.PROTECT,
        related_name="avtal",
    )
    contact = models.CharField(
        _("kontakt hos leverantören"),
        max_length=200,
        blank=True,
        help_text=_("Namn, telefon eller e-post till den som svarar för avtalet."),
    )
    systems = models.ManyToManyField(
        Informationssystem,
        verbose_name=_("system"),
        through="Avtalssystem",
        related_name="avtal",
    )
    varde = kronor(_("avtalets värde"), null=True, blank=True)
    starts_on = DayField(_("gäller från och med"))
    ends_on = DayField(
        _("gäller till och med"),
        null=True,
        blank=True,
        help_text=_("Tomt om avtalet gäller tills vidare."),
    )
    notice_months = models.PositiveSmallIntegerField(
        _("uppsägningstid, månader"), default=0, validators=_months()
    )
    extension_months = models.PositiveSmallIntegerField(
        _("förlängs med, månader"),
        null=True,
        blank=True,
        validators=_months(1),
        help_text=_("Hur länge varje förlängning gäller. Tomt om avtalet inte kan förlängas."),
    )
    extensions_most = models.PositiveSmallIntegerField(
        _("högst antal förlängningar"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(99)],
        help_text=_("Tomt om antalet inte är begränsat."),
    )
    extends_itself = models.BooleanField(
        _("förlängs av sig självt om det inte sägs upp"), default=False
    )
    status = models.CharField(
        _("status"),
        max_length=15,
        choices=Status.choices,
        default=Status.REGISTRERAT,
        editable=False,
    )
    approved_by = person(_("godkänt av"))
    approved_on = DayField(_("godkänt den"), null=True, blank=True, editable=False)
    signed_by = person(_("tecknat av"))
    signed_on = DayField(_("tecknat den"), null=True, blank=True, editable=False)
    plan = models.ForeignKey(
        Forvaltningsplan,
        verbose_name=_("tecknat inom"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="tecknade_avtal",
    )
    decision = models.CharField(
        _("beslut utanför planen"), max_length=300, blank=True, editable=False
    )
    terminated_on = DayField(_("uppsagt den"), null=True, blank=True, editable=False)
    ceases_on = DayField(_("upphör efter"), null=True, blank=True, editable=False)
    search_text, search_fold, sort_key = search_columns("title", "diarienummer").values()
    history = tracked()

    visible_through = ("avtalssystem__system",)

    class Meta:
        verbose_name = _("avtal")
        verbose_name_plural = _("avtal")
        ordering: ClassVar = ["title", "id"]
        constraints: ClassVar = [
            known(
                "avtal_slag_known", "slag", ["licens", "drift", "support", "service", "ram", "pub"]
            ),
            known("avtal_status_known", "status", ["registrerat", "tecknat", "uppsagt"]),
            in_order("avtal_in_order", "starts_on", "ends_on"),
            not_negative("avtal_varde", "varde"),
            models.CheckConstraint(
                condition=Q(status="registrerat", signed_on__isnull=True)
                | ~Q(status="registrerat") & Q(signed_on__isnull=False, signed_by__isnull=False),
                name="avtal_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status="registrerat") | Q(plan__isnull=False) | ~Q(decision=""),
                name="avtal_signed_within_plan_or_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True, approved_by__isnull=True)
                | Q(approved_on__isnull=False, approved_by__isnull=False),
                name="avtal_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status="registrerat")
                | ~Q(slag__in=["drift", "support", "service"])
                | Q(approved_on__isnull=False),
                name="avtal_approved_before_signed",
                violation_error_message=_(
                    "Drifts-, support- och serviceavtal godkänns innan de tecknas."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status="uppsagt", terminated_on__isnull=False, ceases_on__isnull=False)
                | ~Q(status="uppsagt") & Q(terminated_on__isnull=True, ceases_on__isnull=True),
                name="avtal_terminated_on_a_day",
            ),
            in_order("avtal_ceases_in_order", "terminated_on", "ceases_on"),
            models.CheckConstraint(
                condition=Q(starts_on__gte=EARLIEST)
                & (Q(ends_on__isnull=True) | Q(ends_on__lte=LATEST)),
                name="avtal_within_our_time",
                violation_error_message=_("Ange dagar mellan 1950 och 2199."),
            ),
            models.CheckConstraint(
                condition=Q(extends_itself=False)
                | Q(ends_on__isnull=False, extension_months__isnull=False),
                name="avtal_extends_itself_by_months",
            ),
            models.CheckConstraint(
                condition=Q(notice_months__lte=MOST_MONTHS)
                & (Q(extension_months__isnull=True) | Q(extension_months__range=(1, MOST_MONTHS)))
                & (Q(extensions_most__isnull=True) | Q(extensions_most__lte=99)),
                name="avtal_months_within_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the agreement's page."""
        return reverse("governance:avtal_detail", args=[self.pk])

    def clean(self) -> None:
        """Raise ValidationError for terms that do not go together."""
        wrong = {}
        if self.extends_itself and not self.ends_on:
            wrong["ends_on"] = _(
                "Ange en sista dag, eller ta bort att avtalet förlängs av sig självt."
            )
        if self.extends_itself and not self.extension_months:
            wrong["extension_months"] = _("Ange hur många månader avtalet förlängs med.")
        if self.extensions_most is not None and not self.extension_months:
            wrong["extensions_most"] = _("Ange också hur många månader avtalet förlängs med.")
        if wrong:
            raise ValidationError(wrong)

    @property
    def needs_approval(self) -> bool:
        """Whether the agreement waits for approval before it may be signed (6.2.U6, 6.4.U6)."""
        return self.slag in self.APPROVED_FIRST and self.approved_on is None


class OfAvtal(Tracked):
    """A row of an agreement."""

    avtal = models.ForeignKey(
        Avtal,
        verbose_name=_("avtal"),
        on_delete=models.CASCADE,
        related_name="%(class)s",
        editable=False,
    )

    visible_through = ("avtal__avtalssystem__system",)

    class Meta:
        abstract = True

    def permission_anchors(self) -> list[models.Model]:
        """Return the anchors of the agreement."""
        return self.avtal.permission_anchors()


class Avtalssystem(OfAvtal):
    """A system that an agreement covers."""

    system = models.ForeignKey(
        Informationssystem,
        verbose_name=_("system"),
        on_delete=models.PROTECT,
        related_name="avtalssystem",
    )
    history = tracked()

    visible_through = ("system",)

    class Meta:
        verbose_name = _("system som avtalet omfattar")
        verbose_name_plural = _("system som avtalet omfattar")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["avtal", "system"], name="avtalssystem_once")
        ]

    def __str__(self) -> str:
        return f"{self.avtal}: {self.system}"


class Avtalsforlangning(OfAvtal):
    """An extension that was made: until when, and by which decision."""

    until = DayField(_("förlängt till och med"))
    decision = models.CharField(_("beslut"), max_length=300, blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("förlängning av avtal")
        verbose_name_plural = _("förlängningar av avtal")
        ordering: ClassVar = ["until", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["avtal", "until"], name="avtalsforlangning_once"),
            models.CheckConstraint(
                condition=Q(until__lte=LATEST),
                name="avtalsforlangning_within_our_time",
                violation_error_message=_("Ange en dag före 2200."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.avtal}: {self.until}"


class Avtalsuppfoljning(OfAvtal):
    """A note that an agreement was followed up (6.2.U4, 6.4.U4)."""

    on = DayField(_("dag"))
    note = models.TextField(_("vad uppföljningen visade"))
    next_on = DayField(_("nästa uppföljning"), null=True, blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("uppföljning av avtal")
        verbose_name_plural = _("uppföljningar av avtal")
        ordering: ClassVar = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.avtal}: {self.on}"


class Filinnehall(models.Model):
    """The bytes of a file, kept once by their checksum. Not history: history names the checksum."""

    sha256 = models.CharField(_("kontrollsumma"), max_length=64, primary_key=True)
    content = models.BinaryField(_("innehåll"))

    class Meta:
        verbose_name = _("filinnehåll")
        verbose_name_plural = _("filinnehåll")
        default_permissions = ()

    def __str__(self) -> str:
        return self.sha256


class Avtalsfil(OfAvtal):
    """A file of an agreement, with its name, type and checksum."""

    name = models.CharField(_("filnamn"), max_length=200, editable=False)
    media_type = models.CharField(_("filtyp"), max_length=100, editable=False)
    size = models.PositiveIntegerField(_("storlek i byte"), editable=False)
    innehall = models.ForeignKey(
        Filinnehall,
        verbose_name=_("kontrollsumma"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    history = tracked()

    class Meta:
        verbose_name = _("fil till avtal")
        verbose_name_plural = _("filer till avtal")
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name
