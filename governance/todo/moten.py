"""What meetings leave waiting for whom: minutes to approve, and a meeting to write minutes of."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from governance.access import Person, mandated
from governance.actions.mote import CALL
from governance.models import Mote, Motesdeltagare
from governance.models.mote import APPROVES
from governance.todo import Provider, Task, register

PAGE = "governance:mote_detail"
Status = Mote.Status


def minutes(person: Person) -> QuerySet[Any]:
    """Return minutes put forward that the person, who was there, is yet to approve."""
    rows = Motesdeltagare.objects.filter(APPROVES, person=person)
    waiting = rows.filter(approved_at__isnull=True, mote__status=Status.FRAMLAGT)
    return waiting.select_related("mote__objekt").order_by("mote__starts_at", "pk")


def protocol(row: Motesdeltagare) -> Task:
    """Say minutes as a task."""
    return Task(
        sentence=_("Protokollet från %(mote)s väntar på att du justerar det.") % {"mote": row.mote},
        action=_("Läs och justera"),
        url=row.mote.get_absolute_url(),
        since=timezone.localtime(row.mote.starts_at).date(),
        clause="6.2.U3",
        where=row.mote.objekt.name,
    )


def unwritten(person: Person) -> QuerySet[Any]:
    """Return meetings that the person called, that are over, and whose minutes are not put forward."""
    rows = Mote.objects.filter(objekt__in=mandated(person, CALL), ends_at__lt=timezone.now())
    rows = rows.filter(status__in=[Status.KALLAT, Status.HALLET])
    return rows.select_related("objekt").order_by("starts_at", "pk")


def to_write(mote: Mote) -> Task:
    """Say a meeting without minutes as a task."""
    return Task(
        sentence=_("Protokollet från %(mote)s är inte framlagt.") % {"mote": mote},
        action=_("Skriv protokollet"),
        url=mote.get_absolute_url(),
        since=timezone.localtime(mote.starts_at).date(),
        clause="6.3.U3",
        where=mote.objekt.name,
    )


register(
    Provider("protokoll", noop("Protokoll att justera"), minutes, protocol, PAGE),
    Provider("mote", noop("Protokoll att skriva"), unwritten, to_write, PAGE),
)
