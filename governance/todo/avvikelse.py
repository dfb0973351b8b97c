"""That an avvikelse is not handled: it waits for the styrgrupp, registered at start-up."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from governance import access
from governance.models import Avvikelse, Delgivning
from governance.steering import styrgrupp
from governance.todo import Provider, Task, register


def _deviations(person: access.Person) -> QuerySet[Any]:
    mine = access.mandated(person, styrgrupp.VERKSAMHET, styrgrupp.IT)
    # What the person has not read waits as a report to read.
    unread = Delgivning.objects.filter(
        avvikelse=OuterRef("pk"), person=person, read_at__isnull=True
    )
    waiting = Avvikelse.objects.filter(
        ~Exists(unread), objekt__in=mine, status=Avvikelse.Status.OPPEN
    )
    return waiting.select_related("objekt").order_by("on", "pk")


def _deviation(row: Avvikelse) -> Task:
    return Task(
        sentence=_("Avvikelsen %(title)s är inte hanterad.") % {"title": row.title},
        action=_("Hantera avvikelsen"),
        url=row.get_absolute_url(),
        since=row.on,
        clause="6.3.U9",
        where=row.objekt.name,
    )


register(Provider("avvikelse", noop("Avvikelser att hantera"), _deviations, _deviation))
