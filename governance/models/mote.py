"""Möten: förvaltningsmöte and styrgruppsmöte, called by the förvaltningsledare (6.3.U3)."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.models.base import Tracked
from governance.models.gesture import tracked
from governance.models.of_objekt import OfObjekt, known, person
from governance.models.rapport import Avvikelse
from governance.models.uppdrag import Arende

FIRST, LAST = 2000, 2100
"""Years in which a meeting can be."""


class Mote(OfObjekt):
    """A meeting: called, held, its minutes approved by the members and then frozen."""

    class Slag(models.TextChoices):
        FORVALTNING = "forvaltning", _("Förvaltningsmöte")
        STYRGRUPP = "styrgrupp", _("Styrgruppsmöte")

    class Status(models.TextChoices):
        UTKAST = "utkast", _("Planeras")
        KALLAT = "kallat", _("Kallat")
        HALLET = "hallet", _("Hållet")
        FRAMLAGT = "framlagt", _("Justeras")
        JUSTERAT = "justerat", _("Justerat")
        INSTALLT = "installt", _("Inställt")

    slag = models.CharField(_("slag"), max_length=12, choices=Slag.choices)
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))
    location = models.CharField(_("plats eller länk"), max_length=300, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.UTKAST, editable=False
    )
    uid = models.UUIDField(_("kalenderns id"), default=uuid.uuid4, editable=False, unique=True)
    sequence = models.PositiveIntegerField(_("kallelsens nummer"), default=0, editable=False)
    called_by = person(_("kallat av"))
    called_at = models.DateTimeField(_("kallat"), null=True, blank=True, editable=False)
    minutes = models.TextField(_("minnesanteckningar"), blank=True)
    content_hash = models.CharField(
        _("protokollets kontrollsumma"), max_length=64, blank=True, editable=False
    )
    history = tracked()

    class Meta:
        verbose_name = _("möte")
        verbose_name_plural = _("möten")
        ordering: ClassVar = ["-starts_at", "-id"]
        constraints: ClassVar = [
            known("mote_slag_known", "slag", ["forvaltning", "styrgrupp"]),
            known(
                "mote_status_known",
                "status",
                ["utkast", "kallat", "hallet", "framlagt", "justerat", "installt"],
            ),
            models.CheckConstraint(
                condition=Q(status__in=["framlagt", "justerat"]) & ~Q(content_hash="")
                | ~Q(status__in=["framlagt", "justerat"]) & Q(content_hash=""),
                name="mote_frozen_over_content",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")),
                name="mote_in_order",
                violation_error_message=_("Mötet slutar innan det börjar."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_slag_display()} {timezone.localtime(self.starts_at):%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Return the address of the meeting's page."""
        return reverse("governance:mote_detail", args=[self.pk])

    def clean(self) -> None:
        """Raise ValidationError for years in which there is no meeting of ours."""
        moments = {"starts_at": self.starts_at, "ends_at": self.ends_at}
        sentence = _("Skriv ett år mellan 2000 och 2100.")
        wrong = {n: sentence for n, at in moments.items() if at and not FIRST <= at.year <= LAST}
        if wrong:
            raise ValidationError(wrong)

    @property
    def is_coming(self) -> bool:
        """Whether it is planned or called, and not yet held."""
        return self.status in (self.Status.UTKAST, self.Status.KALLAT)

    @property
    def is_frozen(self) -> bool:
        """Whether its minutes have been put forward: nothing in it changes any more."""
        return self.status in (self.Status.FRAMLAGT, self.Status.JUSTERAT)

    @property
    def is_open(self) -> bool:
        """Whether its agenda and minutes may still be written."""
        return not self.is_frozen and self.status != self.Status.INSTALLT

    @property
    def has_begun(self) -> bool:
        """Whether its time has come."""
        return self.starts_at <= timezone.now()


class OfMote(Tracked):
    """A row of a meeting."""

    mote = models.ForeignKey(
        Mote,
        verbose_name=_("möte"),
        on_delete=models.CASCADE,
        related_name="%(class)s",
        editable=False,
    )

    class Meta:
        abstract = True

    def permission_anchors(self) -> list[models.Model]:
        """Return the anchors of the meeting."""
        return self.mote.permission_anchors()


class Dagordningspunkt(OfMote):
    """An item of the agenda, and what was decided about it."""

    position = models.PositiveSmallIntegerField(_("nummer"))
    title = models.CharField(_("punkt"), max_length=200)
    arende = models.ForeignKey(
        Arende,
        verbose_name=_("ärende"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="punkter",
    )
    avvikelse = models.ForeignKey(
        Avvikelse,
        verbose_name=_("avvikelse"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="punkter",
    )
    notes = models.TextField(_("anteckningar"), blank=True)
    decision = models.TextField(_("beslut"), blank=True)
    history = tracked()

    visible_through = ("arende__system", "avvikelse__system")

    class Meta:
        verbose_name = _("punkt på dagordningen")
        verbose_name_plural = _("punkter på dagordningen")
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"


APPROVES = Q(ledamot=True, attended=True)
"""Who of those called approves the minutes."""


class Motesdeltagare(OfMote):
    """Who was called, whether the person came, and when the person approved the minutes."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    ledamot = models.BooleanField(
        _("justerar protokollet"), default=False, help_text=_("Om personen närvarar.")
    )
    attended = models.BooleanField(_("närvarade"), null=True, blank=True)
    approved_at = models.DateTimeField(_("justerade"), null=True, blank=True, editable=False)
    approved_hash = models.CharField(
        _("justerat innehåll"), max_length=64, blank=True, editable=False
    )
    history = tracked()

    class Meta:
        verbose_name = _("mötesdeltagare")
        verbose_name_plural = _("mötesdeltagare")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mote", "person"],
                name="motesdeltagare_once",
                violation_error_message=_("Personen är redan kallad till mötet."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def approves(self) -> bool:
        """Whether the person approves the minutes: a member who attended (`APPROVES`)."""
        return self.ledamot and bool(self.attended)
