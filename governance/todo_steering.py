"""What the steering of an object leaves waiting for whom: registered at start-up."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from governance import access, sides
from governance.models import Kvittens, Sida, Styrdokument
from governance.todo import Provider, Task, register


def _lacks(person: access.Person, side: Sida) -> Q:
    """Select documents of the side whose edition the person leads for and has not acknowledged."""
    given = Kvittens.objects.filter(
        styrdokument=OuterRef("pk"), sida=side, edition=OuterRef("edition"), person=person
    )
    led = access.mandated(person, sides.LEADS[side])
    meant = Q(for_it=True) if side == Sida.IT else Q(for_verksamhet=True)
    return meant & Q(objekt__in=led) & ~Q(Exists(given))


def _documents(person: access.Person) -> QuerySet[Any]:
    waiting = _lacks(person, Sida.VERKSAMHET) | _lacks(person, Sida.IT)
    rows = Styrdokument.objects.filter(waiting, withdrawn_on__isnull=True)
    return rows.select_related("objekt").order_by("updated_at", "pk")


def _document(row: Styrdokument) -> Task:
    words = {"title": row.title, "edition": row.edition}
    return Task(
        sentence=_("Styrdokumentet %(title)s, utgåva %(edition)s, är till dig.") % words,
        action=_("Läs och kvittera"),
        url=row.get_absolute_url(),
        since=row.updated_at.date(),
        clause="6.4.U5" if not row.for_verksamhet else "6.2.U5",
        where=row.objekt.name,
    )


register(Provider("styrdokument", _documents, _document))
