"""Nämnd or styrelse: the legal owner of information systems (clause 6.1)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.models.base import Tracked, search_columns
from governance.models.gesture import tracked


class Namnd(Tracked):
    """A nämnd or styrelse. A municipal company cannot be one (clause 2.2)."""

    class Kind(models.TextChoices):
        NAMND = "namnd", _("Nämnd")
        STYRELSE = "styrelse", _("Styrelse")

    name = models.CharField(_("namn"), max_length=200, unique=True)
    kind = models.CharField(_("slag"), max_length=10, choices=Kind.choices, default=Kind.NAMND)
    reglemente = models.CharField(
        _("reglemente"), max_length=200, blank=True, help_text=_("Till exempel ”Reglemente § 3”.")
    )
    email = models.EmailField(_("e-post"), blank=True)
    search_text, search_fold, sort_key = search_columns("name").values()
    history = tracked()

    class Meta:
        verbose_name = _("nämnd")
        verbose_name_plural = _("nämnder")
        ordering: ClassVar = ["sort_key", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["namnd", "styrelse"]), name="namnd_or_styrelse"
            ),
            models.CheckConstraint(
                condition=~Q(name__iregex=r"\m(AB|aktiebolag|bolag|bolaget|HB|KB)\M"),
                name="namnd_is_no_company",
                violation_error_message=_(
                    "Kommunala bolag har egna rutiner och registreras inte här (avsnitt 2.2)."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the nämnd's page."""
        return reverse("roles:namnd_detail", args=[self.pk])
