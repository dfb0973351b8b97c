"""That a report reached its receivers, and that each of them has read it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.access import Forbidden, Person
from governance.actions.base import lock, write
from governance.gestures import gesture
from governance.models import Avvikelse, Delgivning, Kostnadsrapport, Sida, Statusrapport
from governance.steering.sides import OWNS

Report = Avvikelse | Statusrapport | Kostnadsrapport


def reach(report: Report, people: Sequence[Any], clause: str) -> None:
    """Note, in the open gesture, that a report reached these people for a clause."""
    for person in people:
        write(Delgivning(person=person, clause=clause, **{str(report._meta.model_name): report}))


def refuse_nobody(people: Sequence[Any], report: Report, sentence: str) -> None:
    """Raise ValidationError when there is nobody for a report to reach."""
    if not people:
        words = {"objekt": report.objekt}
        raise ValidationError([sentence % words, _("Ingenting är skickat.")])


def mark_read(actor: Person, report: Report) -> Delgivning:
    """Note that a receiver has read the report; the first time stands.

    Raises Forbidden for who was not reached by it.
    """
    own = report.delgivningar.filter(person=actor).first()
    if own is None:
        raise Forbidden(OWNS[Sida(report.sida)], report)
    with transaction.atomic():
        fresh = lock(own, None, {})
        if fresh.read_at is None:
            fresh.read_at = timezone.now()
            with gesture(actor, "read"):
                write(fresh)
        return fresh
