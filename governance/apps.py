"""governance: what exists, and what was decided about it."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GovernanceConfig(AppConfig):
    """Makes history append-only after every migration, and the role that serves unable to change it."""

    name = "governance"
    verbose_name = "Register"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the findings, how history is told, and the guard of its tables after migrate."""
        import governance.history.paths
        import governance.rules.avtal
        import governance.rules.budget
        import governance.rules.facts
        import governance.rules.steering
        import governance.telling
        import governance.todo.avvikelse
        import governance.todo.money
        import governance.todo.moten
        import governance.todo.steering  # noqa: F401

        post_migrate.connect(_protect_history, sender=self)


def _protect_history(using: str, **_kwargs: Any) -> None:
    from governance.history import protect, serving

    protect(using)
    serving.grant(using)
