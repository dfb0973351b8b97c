"""Money of an object: avrop, leverans, kostnad and tilldelning. Decimal kronor, never floats."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from governance.days import DayField
from governance.models.avtal import Avtal
from governance.models.base import Tracked
from governance.models.forvaltningsplan import Forvaltningsplan
from governance.models.gesture import tracked
from governance.models.informationssystem import Informationssystem
from governance.models.of_objekt import OfObjekt, Sida, known, kronor, not_negative, person, side
from governance.models.planrader import Budgetpost


class Avrop(OfObjekt):
    """A call-off against a signed agreement, within its remaining value (6.3.B5, 6.5.B5)."""

    avtal = models.ForeignKey(
        Avtal, verbose_name=_("avtal"), on_delete=models.PROTECT, related_name="avrop"
    )
    title = models.CharField(_("vad som avropas"), max_length=200)
    description = models.TextField(_("beskrivning"), blank=True)
    belopp = kronor(_("belopp"))
    on = DayField(_("dag"))
    called_by = person(_("avropat av"))
    withdrawn_on = DayField(_("återtaget den"), null=True, blank=True, editable=False)
    history = tracked()

    visible_through = ("avtal__avtalssystem__system",)

    class Meta:
        verbose_name = _("avrop")
        verbose_name_plural = _("avrop")
        ordering: ClassVar = ["-on", "-id"]
        constraints: ClassVar = [not_negative("avrop_belopp", "belopp")]

    def __str__(self) -> str:
        return self.title


class Leverans(Tracked):
    """A delivery on a call-off; the förvaltningsledare approves it or sends it back (6.3.B4)."""

    class Status(models.TextChoices):
        VANTAR = "vantar", _("Väntar på godkännande")
        GODKAND = "godkand", _("Godkänd")
        UNDERKAND = "underkand", _("Underkänd")

    avrop = models.ForeignKey(
        Avrop,
        verbose_name=_("avrop"),
        on_delete=models.PROTECT,
        related_name="leveranser",
        editable=False,
    )
    title = models.CharField(_("vad som levererades"), max_length=200)
    on = DayField(_("levererat den"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.VANTAR, editable=False
    )
    judged_by = person(_("bedömd av"))
    judged_on = DayField(_("bedömd den"), null=True, blank=True, editable=False)
    note = models.TextField(_("anmärkning"), blank=True, editable=False)
    history = tracked()

    visible_through = ("avrop__avtal__avtalssystem__system",)

    class Meta:
        verbose_name = _("leverans")
        verbose_name_plural = _("leveranser")
        ordering: ClassVar = ["-on", "-id"]
        constraints: ClassVar = [
            known("leverans_status_known", "status", ["vantar", "godkand", "underkand"]),
            models.CheckConstraint(
                condition=Q(status="vantar") | Q(judged_by__isnull=False, judged_on__isnull=False),
                name="leverans_judged_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def permission_anchors(self) -> list[models.Model]:
        """Return the anchors of the call-off."""
        return self.avrop.permission_anchors()


class Kostnad(OfObjekt):
    """A cost row, attested by somebody else than who registered it (6.2.B5, 6.4.B3)."""

    class Status(models.TextChoices):
        REGISTRERAD = "registrerad", _("Väntar på attest")
        ATTESTERAD = "attesterad", _("Attesterad")
        AVVISAD = "avvisad", _("Avvisad")

    sida = side()
    title = models.CharField(_("vad kostnaden avser"), max_length=200)
    belopp = kronor(_("belopp"))
    on = DayField(_("bokförd den"))
    fakturanummer = models.CharField(_("fakturanummer"), max_length=50, blank=True)
    budgetpost = models.ForeignKey(
        Budgetpost,
        verbose_name=_("budgetpost"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="kostnader",
    )
    avtal = models.ForeignKey(
        Avtal,
        verbose_name=_("avtal"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="kostnader",
    )
    avrop = models.ForeignKey(
        Avrop,
        verbose_name=_("avrop"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="kostnader",
    )
    system = models.ForeignKey(
        Informationssystem,
        verbose_name=_("system"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="kostnader",
    )
    status = models.CharField(
        _("status"),
        max_length=15,
        choices=Status.choices,
        default=Status.REGISTRERAD,
        editable=False,
    )
    registered_by = person(_("registrerad av"))
    judged_by = person(_("attesterad eller avvisad av"))
    judged_on = DayField(_("attesterad eller avvisad den"), null=True, blank=True, editable=False)
    note = models.TextField(_("anmärkning"), blank=True, editable=False)
    history = tracked()

    visible_through = (
        "system",
        "avtal__avtalssystem__system",
        "avrop__avtal__avtalssystem__system",
    )

    class Meta:
        verbose_name = _("kostnad")
        verbose_name_plural = _("kostnader")
        ordering: ClassVar = ["-on", "-id"]
        constraints: ClassVar = [
            known("kostnad_sida_known", "sida", Sida.values),
            known("kostnad_status_known", "status", ["registrerad", "attesterad", "avvisad"]),
            not_negative("kostnad_belopp", "belopp"),
            models.CheckConstraint(
                condition=Q(status="registrerad")
                | Q(judged_by__isnull=False, judged_on__isnull=False),
                name="kostnad_judged_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="attesterad")
                | Q(registered_by__isnull=True)
                | ~Q(judged_by=F("registered_by")),
                name="kostnad_attested_by_another",
                violation_error_message=_(
                    "Den som har registrerat en kostnad kan inte attestera den."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Tilldelning(OfObjekt):
    """Money given to the object by the objektägare, if need be outside the plan (6.2.U7)."""

    sida = side()
    belopp = kronor(_("belopp"))
    on = DayField(_("dag"))
    plan = models.ForeignKey(
        Forvaltningsplan,
        verbose_name=_("plan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tilldelningar",
        help_text=_("Tomt om pengarna tilldelas utanför planen."),
    )
    decision = models.CharField(_("beslut"), max_length=300)
    decided_by = person(_("beslutat av"))
    history = tracked()

    class Meta:
        verbose_name = _("tilldelning")
        verbose_name_plural = _("tilldelningar")
        ordering: ClassVar = ["-on", "-id"]
        constraints: ClassVar = [
            known("tilldelning_sida_known", "sida", Sida.values),
            not_negative("tilldelning_belopp", "belopp"),
        ]

    def __str__(self) -> str:
        return self.decision
