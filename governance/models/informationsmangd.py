"""Informationsmängd: information in a system, with an owner of its own (clause 5.a)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.base import Tracked
from governance.models.gesture import tracked
from governance.models.informationssystem import Informationssystem


class Informationsmangd(Tracked):
    """What information, in which system, whose verksamhet owns it and who is informationsägare."""

    system = models.ForeignKey(
        Informationssystem,
        verbose_name=_("system"),
        on_delete=models.CASCADE,
        related_name="informationsmangder",
    )
    content = models.CharField(_("information"), max_length=300)
    verksamhet = models.CharField(_("ägande verksamhet"), max_length=200)
    informationsagare = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("informationsägare"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="informationsmangder",
    )
    history = tracked(moving=["informationsagare"])

    visible_through = ("system",)

    class Meta:
        verbose_name = _("informationsmängd")
        verbose_name_plural = _("informationsmängder")
        ordering: ClassVar = ["content", "id"]

    def __str__(self) -> str:
        return self.content

    def permission_anchors(self) -> list[models.Model]:
        """Return the anchors of the system it is in."""
        return self.system.permission_anchors()
