"""Grants: what each person may do today. Written by roles/grants.py alone."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from governance.models import Forvaltningsobjekt, Informationssystem


class ObjektGrant(UserObjectPermissionBase):
    """What a person may do on an object today. Written by roles/grants.py alone."""

    content_object = models.ForeignKey(
        Forvaltningsobjekt, on_delete=models.CASCADE, related_name="grants", db_index=False
    )

    class Meta(UserObjectPermissionBase.Meta):
        indexes: ClassVar = [
            models.Index(fields=["content_object", "user"], name="objektgrant_of_person")
        ]
        verbose_name = _("behörighet")
        verbose_name_plural = _("behörigheter")


class SystemGrant(UserObjectPermissionBase):
    """What a person may do on a named system today. Written by roles/grants.py alone."""

    content_object = models.ForeignKey(
        Informationssystem, on_delete=models.CASCADE, related_name="grants", db_index=False
    )

    class Meta(UserObjectPermissionBase.Meta):
        indexes: ClassVar = [
            models.Index(fields=["content_object", "user"], name="systemgrant_of_person")
        ]
        verbose_name = _("behörighet")
        verbose_name_plural = _("behörigheter")


class GrantDay(models.Model):
    """The day up to which the calendar's changes have reached the grants; one row."""

    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.day}"
