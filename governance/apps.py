"""governance: what exists, and what was decided about it."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GovernanceConfig(AppConfig):
    """Makes history append-only after every migration."""

    name = "governance"
    verbose_name = "Register"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the findings, how history is told, and the guard of its tables after migrate."""
        from governance import (  # noqa: F401
            paths,
            rules,
            rules_steering,
            telling,
            telling_avtal,
            telling_ekonomi,
            telling_moten,
            telling_plan,
            telling_uppdrag,
            telling_uppfoljning,
            todo_money,
            todo_moten,
            todo_steering,
            todo_uppdrag,
        )

        post_migrate.connect(_protect_history, sender=self)


def _protect_history(using: str, **_kwargs: Any) -> None:
    from governance.history import protect

    protect(using)
