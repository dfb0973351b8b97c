"""Where a form leads when it is saved."""

from django.urls import reverse

from governance.models import Informationssystem
from governance.views.editing import Done


def on_system(system: Informationssystem, message: str, part: str) -> Done:
    """Lead back to a part of the system's page, with the entry in its history."""
    return Done(
        message,
        f"{system.get_absolute_url()}#{part}",
        reverse("governance:system_history", args=[system.pk]),
    )
