"""Reports of an object, statusrapporter, kostnadsrapporter and avvikelser: what a person has yet to read."""

from django.db.models import QuerySet

from governance import access
from governance.access import Person
from governance.models import Delgivning


def unread_by(user: Person) -> QuerySet[Delgivning]:
    """Return what has reached the person and is not marked as read, newest first."""
    waiting = Delgivning.objects.filter(person=user, read_at__isnull=True).order_by("-pk")
    return access.visible(
        user, waiting.select_related("avvikelse", "statusrapport", "kostnadsrapport")
    )
