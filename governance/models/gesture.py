"""The table of gestures, and what every history row carries: the gesture that wrote it."""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance import gestures
from governance.models.base import folded


class Gesture(models.Model):
    """One thing that one person did: when, who, what kind and why. Never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(_("tidpunkt"), default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("vem"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Tomt när RegIT självt har gjort ändringen."),
    )
    kind = models.CharField(_("slag"), max_length=20)
    reason = models.TextField(_("anledning"), blank=True)

    class Meta:
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
        permissions = [
            ("view_granskning", _("Läsa hela registrets historik")),
            ("import_register", _("Importera till registret")),
            ("manage_prenumerationer", _("Hantera prenumerationer på händelser")),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-at", "-id"], name="gesture_newest_first"),
            models.Index(fields=["actor", "-at", "-id"], name="gesture_by_actor"),
            models.Index(fields=["kind", "-at", "-id"], name="gesture_by_kind"),
            GinIndex(OpClass(folded("reason"), "gin_trgm_ops"), name="gesture_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_kind_label()}"

    def get_kind_label(self) -> str:
        """Return the kind in words."""
        return str(gestures.KINDS.get(self.kind, self.kind))


def current_actor(**_kwargs: Any) -> Any:
    """Return who acts in the open gesture, for simple-history's history_user."""
    return gestures.current().actor


class GestureRow(models.Model):
    """Base of every history table: a new row names the open gesture; NoGesture without one."""

    gesture = models.ForeignKey(Gesture, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Rows read from the database come as positional values. A field default would be asked for
        # by migrations too, where no gesture is open.
        if not args and "gesture" not in kwargs and "gesture_id" not in kwargs:
            kwargs["gesture"] = gestures.current()
        super().__init__(*args, **kwargs)


# Bookkeeping and search columns: they follow from the rest.
DERIVED = ("version", "updated_at", "updated_by", "search_text", "search_fold", "sort_key")


class Records(HistoricalRecords):
    """History tables with the index that finds a thing's last row before a day, or before a row.

    Where it is asked when a thing came to another, or left it, `moving` names the columns that say
    so: that row and the one before are then compared without being fetched.
    """

    def __init__(self, *args: Any, moving: Sequence[str] = (), **options: Any) -> None:
        self.moving = moving
        super().__init__(*args, no_db_index=list(moving), **options)

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """Add the indexes; Django names those after the table that have nothing on board."""
        latest = ["id", "-history_date", "-history_id"]
        if not self.moving:
            indexes = [models.Index(fields=latest)]
        else:
            name, on_board = (
                f"{model._meta.model_name}_moves",
                [*self.moving, "gesture", "history_user"],
            )
            indexes = [models.Index(fields=latest, include=on_board, name=name[-30:])]
            indexes += [models.Index(fields=[column, "id"]) for column in self.moving]
        return {**super().get_meta_options(model), "indexes": indexes}


def tracked(**options: Any) -> HistoricalRecords:
    """Return the history of a model of the register: 64-bit ids, a gesture on each row."""
    return Records(
        bases=(GestureRow,),
        get_user=current_actor,
        history_id_field=models.BigAutoField(),
        history_change_reason_field=models.TextField(null=True),
        excluded_fields=[*DERIVED, *options.pop("excluded_fields", [])],
        **options,
    )
