"""roles: who answers for it."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as global_apps
from django.contrib.auth.management import create_permissions
from django.core import checks
from django.db.models.signals import post_migrate


class RolesConfig(AppConfig):
    """Registers the check of the catalogue, findings and history of staffing; fills the groups."""

    name = "roles"
    verbose_name = "Roller"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what other parts ask for by name."""
        from roles import filters, rules, timeline  # noqa: F401
        from roles.checks import check_catalogue

        timeline.register()
        checks.register(check_catalogue)
        post_migrate.connect(_fill_groups, sender=self)


def _fill_groups(using: str, **_kwargs: Any) -> None:
    # Django makes the permissions of each package at its own turn, which may come after this one.
    from roles.grants import sync_groups

    for label in ("governance", "roles"):
        create_permissions(global_apps.get_app_config(label), verbosity=0, using=using)
    sync_groups()
