"""The rows of a plan: goals, activities, budget, risks, and the agreements it covers."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.days import DayField
from governance.models.base import Tracked
from governance.models.forvaltningsplan import OfPlan
from governance.models.gesture import tracked
from governance.models.informationssystem import Informationssystem
from governance.models.of_objekt import Sida, in_order, known, kronor, not_negative, side


class Mal(OfPlan):
    """A goal of the plan, of the verksamhet or of IT (6.3.B1, 6.5.B1)."""

    sida = side()
    title = models.CharField(_("mål"), max_length=200)
    description = models.TextField(_("beskrivning"), blank=True)
    measure = models.CharField(_("hur målet mäts"), max_length=300, blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("mål")
        verbose_name_plural = _("mål")
        ordering: ClassVar = ["-sida", "id"]
        constraints: ClassVar = [known("mal_sida_known", "sida", Sida.values)]

    def __str__(self) -> str:
        return self.title


class Malmatning(Tracked):
    """How far a goal of an adopted plan had come on a day (6.3.B1, 6.5.B1). Never changed."""

    mal = models.ForeignKey(
        Mal,
        verbose_name=_("mål"),
        on_delete=models.PROTECT,
        related_name="matningar",
        editable=False,
    )
    on = DayField(_("dag"))
    percent = models.PositiveSmallIntegerField(
        _("uppnått, procent"), validators=[MaxValueValidator(100)]
    )
    note = models.TextField(_("kommentar"), blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("mätning av mål")
        verbose_name_plural = _("mätningar av mål")
        ordering: ClassVar = ["-on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="malmatning_at_most_100")
        ]

    def __str__(self) -> str:
        return f"{self.mal}: {self.percent} %"

    def permission_anchors(self) -> list[models.Model]:
        """Return the anchors of the goal."""
        return self.mal.permission_anchors()


class Aktivitet(OfPlan):
    """Something the plan says is to be done; uppdrag are initiated from it (6.3.B6, 6.5.B6)."""

    sida = side()
    title = models.CharField(_("aktivitet"), max_length=200)
    description = models.TextField(_("beskrivning"), blank=True)
    mal = models.ForeignKey(
        Mal,
        verbose_name=_("mål"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="aktiviteter",
    )
    system = models.ForeignKey(
        Informationssystem,
        verbose_name=_("system"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="aktiviteter",
    )
    starts_on = DayField(_("börjar"), null=True, blank=True)
    ends_on = DayField(_("klar senast"), null=True, blank=True)
    ram = kronor(_("kostnadsram"), null=True, blank=True)
    history = tracked()

    visible_through = ("system",)

    class Meta:
        verbose_name = _("aktivitet")
        verbose_name_plural = _("aktiviteter")
        ordering: ClassVar = ["-sida", "id"]
        constraints: ClassVar = [
            known("aktivitet_sida_known", "sida", Sida.values),
            in_order("aktivitet_in_order", "starts_on", "ends_on"),
        ]

    def __str__(self) -> str:
        return self.title


class Budgetpost(OfPlan):
    """A row of the plan's budget, of the verksamhet or of IT (6.2.U7)."""

    class Slag(models.TextChoices):
        LICENS = "licens", _("Licenser")
        DRIFT = "drift", _("Drift")
        SUPPORT = "support", _("Support och underhåll")
        UTVECKLING = "utveckling", _("Utveckling")
        PERSONAL = "personal", _("Personal")
        UTBILDNING = "utbildning", _("Utbildning")
        OVRIGT = "ovrigt", _("Övrigt")

    sida = side()
    slag = models.CharField(_("slag"), max_length=10, choices=Slag.choices)
    title = models.CharField(_("post"), max_length=200)
    belopp = kronor(_("belopp"))
    history = tracked()

    class Meta:
        verbose_name = _("budgetpost")
        verbose_name_plural = _("budgetposter")
        ordering: ClassVar = ["-sida", "id"]
        constraints: ClassVar = [
            known("budgetpost_sida_known", "sida", Sida.values),
            known(
                "budgetpost_slag_known",
                "slag",
                ["licens", "drift", "support", "utveckling", "personal", "utbildning", "ovrigt"],
            ),
            not_negative("budgetpost_belopp", "belopp"),
        ]

    def __str__(self) -> str:
        return self.title


class Planrisk(OfPlan):
    """A risk that the plan takes account of, from 1 to 4 by likelihood and by consequence."""

    title = models.CharField(_("risk"), max_length=200)
    likelihood = models.PositiveSmallIntegerField(
        _("sannolikhet"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    consequence = models.PositiveSmallIntegerField(
        _("konsekvens"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    measure = models.TextField(_("åtgärd"), blank=True)
    history = tracked()

    class Meta:
        verbose_name = _("risk")
        verbose_name_plural = _("risker")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 4), consequence__range=(1, 4)),
                name="planrisk_1_to_4",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Planavtal(OfPlan):
    """An agreement that the plan covers: it may be signed within the plan (6.2.B6, 6.4.B4)."""

    avtal = models.ForeignKey(
        "governance.Avtal",
        verbose_name=_("avtal"),
        on_delete=models.PROTECT,
        related_name="planer",
    )
    history = tracked()

    visible_through = ("avtal__avtalssystem__system",)

    class Meta:
        verbose_name = _("avtal i planen")
        verbose_name_plural = _("avtal i planen")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "avtal"],
                name="planavtal_once",
                violation_error_message=_("Avtalet finns redan i planen."),
            )
        ]

    def __str__(self) -> str:
        return str(self.avtal)
