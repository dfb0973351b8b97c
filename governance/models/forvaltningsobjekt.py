"""Förvaltningsobjekt: systems that support one and the same process, managed together (clause 1.b)."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.days import DayField
from governance.models.base import Tracked, search_columns
from governance.models.gesture import tracked
from governance.verbs import OBJEKT_VERBS


class Forvaltningsobjekt(Tracked):
    """An object of management. In management it has its five roles, always (clause 6.2.d)."""

    class Status(models.TextChoices):
        UTKAST = "utkast", _("Utkast")
        I_FORVALTNING = "i_forvaltning", _("I förvaltning")
        AVVECKLAT = "avvecklat", _("Avvecklat")

    name = models.CharField(_("namn"), max_length=200, unique=True)
    verksamhetsprocess = models.CharField(
        _("verksamhetsprocess"),
        max_length=200,
        blank=True,
        help_text=_(
            "Den enda process som objektet stödjer (avsnitt 1). Krävs innan objektet tas i förvaltning."
        ),
    )
    description = models.TextField(_("beskrivning"), blank=True)
    status = models.CharField(
        _("status"), max_length=15, choices=Status.choices, default=Status.UTKAST
    )
    status_since = DayField(_("status sedan"), null=True, blank=True, editable=False)
    verified_on = DayField(_("bekräftat"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bekräftat av"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    search_text, search_fold, sort_key = search_columns(
        "name", "verksamhetsprocess", "description"
    ).values()
    history = tracked()

    class Meta:
        verbose_name = _("förvaltningsobjekt")
        verbose_name_plural = _("förvaltningsobjekt")
        ordering: ClassVar = ["sort_key", "id"]
        permissions = OBJEKT_VERBS
        indexes: ClassVar = [
            models.Index(fields=["sort_key", "id"], name="objekt_sorted"),
            models.Index(fields=["-updated_at", "-id"], name="objekt_latest"),
            models.Index(fields=["status"], name="objekt_status"),
            GinIndex(OpClass(F("search_fold"), "gin_trgm_ops"), name="objekt_search_fold"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=["utkast", "i_forvaltning", "avvecklat"]),
                name="objekt_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="i_forvaltning") | ~Q(verksamhetsprocess=""),
                name="objekt_has_one_process",
                violation_error_message=_(
                    "Ange den verksamhetsprocess som objektet stödjer innan det tas i förvaltning (avsnitt 1)."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the object's page."""
        return reverse("governance:objekt_detail", args=[self.pk])

    def permission_anchors(self) -> list[models.Model]:
        """Return itself: grants sit on the object."""
        return [self]
