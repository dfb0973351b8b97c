"""What an import leaves behind: the uploaded file while it waits, and mappings saved by name.

What reminders keep is in exchange/reminders/models.py, keys to the API in exchange/api/models.py, webhooks in exchange/webhooks/models.py. None is the register; what an import changes is in the register's own history.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.api.models import Atkomstnyckel
from exchange.reminders.models import Forekomst, Paminnelseval, Utskick
from exchange.webhooks.models import Leveransforsok, Prenumeration
from governance.models import Gesture

__all__ = [
    "Atkomstnyckel",
    "Forekomst",
    "Inlasning",
    "Leveransforsok",
    "Paminnelseval",
    "Prenumeration",
    "SparadMappning",
    "Utskick",
]


class SparadMappning(models.Model):
    """How one kind of file is read, saved by name and offered again."""

    name = models.CharField(_("namn"), max_length=100, unique=True)
    instructions = models.JSONField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("sparad mappning")
        verbose_name_plural = _("sparade mappningar")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Inlasning(models.Model):
    """A file that somebody uploaded, how it is to be read, and what the import would do.

    It lives in the database, so that any worker can show and confirm it.
    """

    class State(models.TextChoices):
        UPPLADDAD = "uppladdad", _("Väntar på kolumnval")
        GRANSKAS = "granskas", _("Väntar på bekräftelse")
        KLAR = "klar", _("Inläst")

    filename = models.CharField(_("fil"), max_length=200)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uppladdad"), default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPPLADDAD)
    rows = models.PositiveIntegerField(default=0)
    instructions = models.JSONField(default=dict)
    plan = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)
    gesture = models.ForeignKey(
        Gesture, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("inläsning")
        verbose_name_plural = _("inläsningar")
        ordering: ClassVar = ["-uploaded_at", "-id"]

    def __str__(self) -> str:
        return self.filename
