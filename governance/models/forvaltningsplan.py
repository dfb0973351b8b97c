"""Förvaltningsplan: what an object is to reach in a period, with which money (6.2.U1, 6.4.U1)."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.days import DayField
from governance.models.base import Tracked
from governance.models.gesture import tracked
from governance.models.of_objekt import OfObjekt, Sida, in_order, known, period, side


class Forvaltningsplan(OfObjekt):
    """One version of an object's plan. Frozen when put forward; adopted by two signatures."""

    class Status(models.TextChoices):
        UTKAST = "utkast", _("Utkast")
        FRAMLAGD = "framlagd", _("Framlagd")
        FASTSTALLD = "faststalld", _("Fastställd")
        ERSATT = "ersatt", _("Ersatt")

    number = models.PositiveIntegerField(_("version"), editable=False)
    period_from = DayField(_("från och med"))
    period_to = DayField(_("till och med"))
    summary = models.TextField(_("inriktning"), blank=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status.choices,
        default=Status.UTKAST,
        editable=False,
    )
    based_on = models.ForeignKey(
        "self",
        verbose_name=_("utgår från"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="followers",
    )
    content_hash = models.CharField(
        _("innehållets kontrollsumma"), max_length=64, blank=True, editable=False
    )
    put_forward_on = DayField(_("framlagd den"), null=True, blank=True, editable=False)
    adopted_on = DayField(_("fastställd den"), null=True, blank=True, editable=False)
    superseded_on = DayField(_("ersatt den"), null=True, blank=True, editable=False)
    history = tracked()

    class Meta:
        verbose_name = _("förvaltningsplan")
        verbose_name_plural = _("förvaltningsplaner")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            known("plan_status_known", "status", ["utkast", "framlagd", "faststalld", "ersatt"]),
            in_order("plan_period_in_order", "period_from", "period_to"),
            models.UniqueConstraint(fields=["objekt", "number"], name="plan_version_once"),
            models.CheckConstraint(
                condition=Q(status="utkast", content_hash="")
                | ~Q(status="utkast") & ~Q(content_hash=""),
                name="plan_frozen_has_hash",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["utkast", "framlagd"]) | Q(adopted_on__isnull=False),
                name="plan_adopted_on_a_day",
            ),
            ExclusionConstraint(
                name="plan_one_in_force",
                expressions=[
                    ("objekt", RangeOperators.EQUAL),
                    (period("period_from", "period_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(status="faststalld"),
                violation_error_message=_("En annan fastställd plan gäller redan under perioden."),
            ),
        ]

    def __str__(self) -> str:
        first, last = self.period_from.year, self.period_to.year
        years = str(first) if first == last else f"{first}–{last}"
        return _("Förvaltningsplan %(years)s, version %(number)s") % {
            "years": years,
            "number": self.number,
        }

    def get_absolute_url(self) -> str:
        """Return the address of the plan's page."""
        return reverse("governance:plan_detail", args=[self.pk])


class OfPlan(Tracked):
    """A row of a plan; with the plan it is frozen when the plan is put forward."""

    plan = models.ForeignKey(
        Forvaltningsplan,
        verbose_name=_("förvaltningsplan"),
        on_delete=models.CASCADE,
        related_name="%(class)s",
        editable=False,
    )

    class Meta:
        abstract = True

    def permission_anchors(self) -> list[models.Model]:
        """Return the anchors of the plan."""
        return self.plan.permission_anchors()


class Underskrift(OfPlan):
    """A signature of one side, by one person, over the plan's content hash (6.2.U1, 6.4.U1)."""

    sida = side()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("undertecknad av"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    content_hash = models.CharField(_("innehållets kontrollsumma"), max_length=64, editable=False)
    signed_at = models.DateTimeField(_("undertecknad"), editable=False)
    history = tracked()

    class Meta:
        verbose_name = _("underskrift")
        verbose_name_plural = _("underskrifter")
        ordering: ClassVar = ["signed_at", "id"]
        constraints: ClassVar = [
            known("underskrift_sida_known", "sida", Sida.values),
            models.UniqueConstraint(fields=["plan", "sida"], name="underskrift_one_a_side"),
            models.UniqueConstraint(
                fields=["plan", "person"],
                name="underskrift_two_people",
                violation_error_message=_("Planen ska undertecknas av två olika personer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sida_display()}: {self.person}"
