"""People, and who of them may act for a nämnd."""

from typing import Any, ClassVar, cast

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.gestures import gesture
from governance.models import GestureRow, Namnd
from governance.models.base import Tracked, search_columns
from governance.models.gesture import tracked
from governance.models.querysets import TrackedQuerySet

NO_RECORD = frozenset({"password", "last_login"})


class UserManager(DjangoUserManager.from_queryset(TrackedQuerySet)):  # type: ignore[misc]
    """Creates people; from the console RegIT itself is the actor."""

    def create_superuser(self, username: str, *args: Any, **kwargs: Any) -> "User":
        """Create the first Administratör of an installation."""
        with gesture(None, "install"):
            return cast("User", super().create_superuser(username, *args, **kwargs))


class User(Tracked, AbstractUser):
    """A person who can hold roles. Without a usable password the account cannot log in yet."""

    unit = models.CharField(_("enhet"), max_length=200, blank=True)
    title = models.CharField(_("titel"), max_length=200, blank=True)
    phone = models.CharField(_("telefon"), max_length=50, blank=True)
    search_text, search_fold, sort_key = search_columns(
        "last_name", "first_name", "last_name", "username", "email", "unit"
    ).values()
    history = tracked(
        excluded_fields=["password", "last_login"], m2m_fields=["groups"], m2m_bases=(GestureRow,)
    )

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        ordering: ClassVar = ["sort_key", "first_name", "id"]
        indexes: ClassVar = [
            GinIndex(OpClass(F("search_fold"), "gin_trgm_ops"), name="user_search_fold")
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_absolute_url(self) -> str:
        """Return the address of the person's page."""
        return reverse("roles:person_detail", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a login, or a password hashed anew, is no change and leaves no history row."""
        if kwargs.get("update_fields") and NO_RECORD.issuperset(kwargs["update_fields"]):
            self.skip_history_when_saving = True
            try:
                super().save(*args, **kwargs)
            finally:
                del self.skip_history_when_saving
        else:
            super().save(*args, **kwargs)


class Representant(Tracked):
    """A person who may act for a nämnd (clause 6.1)."""

    namnd = models.ForeignKey(
        Namnd, verbose_name=_("nämnd"), on_delete=models.PROTECT, related_name="representanter"
    )
    person = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.PROTECT, related_name="represents"
    )
    history = tracked()

    class Meta:
        verbose_name = _("företrädare")
        verbose_name_plural = _("företrädare")
        ordering: ClassVar = ["person__sort_key", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["namnd", "person"],
                name="representant_once",
                violation_error_message=_("Personen företräder redan nämnden."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.namnd}"
