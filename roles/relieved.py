"""Who goes on in a role when an appointment that has not begun is taken back."""

from django.db.models import QuerySet

from roles.catalogue import BY_CODE
from roles.models import RoleAssignment
from roles.requirements import ONE_DAY

HANDED_OVER = ("hand_over", "transfer_all")


def ending_before(planned: RoleAssignment) -> QuerySet[RoleAssignment]:
    """Return who ends in the same post on the day before the appointment begins."""
    return RoleAssignment.objects.select_related("person", "namnd").filter(
        objekt=planned.objekt_id,
        role=planned.role,
        system=planned.system_id,
        valid_to=planned.valid_from - ONE_DAY,
    )


def goes_on(planned: RoleAssignment) -> RoleAssignment | None:
    """Return whom the appointment relieves, with the last day that they get back. Saves nothing.

    A role that one holds is filled by whoever had it before, for as long as the appointment would
    have lasted. Several may hold an operative role: only whom it was handed over from goes on, if
    they are still here, to the day that they had before.
    """
    before = ending_before(planned)
    if BY_CODE[planned.role].mandatory:
        if holder := before.first():
            holder.valid_to = planned.valid_to
        return holder
    history = RoleAssignment.history.order_by("-history_id")
    handover = history.filter(
        id=planned.pk, history_type="+", gesture__kind__in=HANDED_OVER
    ).values("gesture")
    for holder in before.filter(person__is_active=True):
        rows = history.filter(id=holder.pk)
        ended = rows.filter(gesture__in=handover).first()
        had = ended and rows.filter(history_id__lt=ended.history_id).first()
        if had and had.valid_to != holder.valid_to:
            holder.valid_to = had.valid_to
            return holder
    return None
