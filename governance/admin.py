"""The administration of what exists: nämnder and leverantörer by their actions, the rest to read."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from governance.actions import leverantor, namnd
from governance.administration import ActionAdmin, ReadOnlyAdmin
from governance.history import history_models
from governance.models import (
    Forvaltningsobjekt,
    Gesture,
    Informationsmangd,
    Informationssystem,
    Leverantor,
    Namnd,
    Samband,
)


@admin.register(Namnd)
class NamndAdmin(ActionAdmin):
    """Nämnder and styrelser."""

    written = ("name", "kind", "reglemente", "email")
    list_display = ("name", "kind", "email", "updated_at", "updated_by")
    list_select_related = ("updated_by",)
    searchable = True
    permission_to_add, permission_to_change = "add_namnd", "change_namnd"
    creates, changes = namnd.create, namnd.change


@admin.register(Leverantor)
class LeverantorAdmin(ActionAdmin):
    """Suppliers."""

    written = ("name", "organisationsnummer", "contacts")
    list_display = ("name", "organisationsnummer", "updated_at", "updated_by")
    list_select_related = ("updated_by",)
    searchable = True
    permission_to_add, permission_to_change = "add_leverantor", "change_leverantor"
    creates, changes = leverantor.create, leverantor.change


@admin.register(Forvaltningsobjekt)
class ForvaltningsobjektAdmin(ReadOnlyAdmin):
    """Objects, to read."""

    list_display = ("name", "status", "verified_on", "updated_at", "updated_by")
    list_filter = ("status",)
    list_select_related = ("updated_by",)
    searchable = True


@admin.register(Informationssystem)
class InformationssystemAdmin(ReadOnlyAdmin):
    """Systems, to read."""

    list_display = ("name", "objekt", "livscykel", "skyddsvard", "updated_at", "updated_by")
    list_filter = ("livscykel", "skyddsvard")
    list_select_related = ("objekt", "updated_by")
    searchable = True


@admin.register(Informationsmangd)
class InformationsmangdAdmin(ReadOnlyAdmin):
    """Informationsmängder, to read."""

    list_display = ("content", "system", "verksamhet", "informationsagare")
    list_select_related = ("system", "informationsagare")


@admin.register(Samband)
class SambandAdmin(ReadOnlyAdmin):
    """Samband, to read."""

    list_display = ("source", "direction", "target", "outside_party", "information")
    list_select_related = ("source", "target")


@admin.register(Gesture)
class GestureAdmin(ReadOnlyAdmin):
    """Everything that has been done, with the history rows of each."""

    list_display = ("at", "actor", "get_kind_label", "reason")
    ordering = ("-at", "-id")
    list_select_related = ("actor",)
    search_fields = ("reason", "actor__username")
    fields = ("at", "actor", "get_kind_label", "reason", "rows")

    @admin.display(description=_("slag"))
    def get_kind_label(self, gesture: Gesture) -> str:
        """Return the kind in words."""
        return gesture.get_kind_label()

    @admin.display(description=_("rader"))
    def rows(self, gesture: Gesture) -> str:
        """List what the gesture wrote: which table, what about, and whether made, changed or removed."""
        found = [
            (row.get_history_type_display(), model.instance_type._meta.verbose_name, _about(row))  # type: ignore[attr-defined]
            for model in history_models()
            if hasattr(model, "instance_type")
            for row in model._default_manager.filter(gesture=gesture)
        ]
        if not found:
            return "–"
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} {}: {}</li>", found))


def _about(row: Any) -> str:
    try:
        return str(row.instance)
    except Exception:  # what it names is gone; the row's own id says which it was
        return str(row.pk)
