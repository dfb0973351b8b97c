"""Grants: what each person may do today. Written by roles/grants.py alone."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from governance.models import Forvaltningsobjekt, Informationssystem


class Grant(UserObjectPermissionBase):
    """What a person may do to a thing today; each way of asking has its index, and no others."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False)
    permission = models.ForeignKey(Permission, on_delete=models.CASCADE, db_index=False)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True
        indexes: ClassVar = [
            models.Index(fields=["content_object", "user"], name="%(class)s_of_person"),
            models.Index(
                fields=["user", "content_object", "permission"], name="%(class)s_of_thing"
            ),
        ]


class ObjektGrant(Grant):
    """What a person may do on an object today. Written by roles/grants.py alone."""

    content_object = models.ForeignKey(
        Forvaltningsobjekt, on_delete=models.CASCADE, related_name="grants", db_index=False
    )

    class Meta(Grant.Meta):
        verbose_name = _("behörighet")
        verbose_name_plural = _("behörigheter")


class SystemGrant(Grant):
    """What a person may do on a named system today. Written by roles/grants.py alone."""

    content_object = models.ForeignKey(
        Informationssystem, on_delete=models.CASCADE, related_name="grants", db_index=False
    )

    class Meta(Grant.Meta):
        verbose_name = _("behörighet")
        verbose_name_plural = _("behörigheter")


class GrantDay(models.Model):
    """The day up to which the calendar's changes have reached the grants; one row."""

    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.day}"
