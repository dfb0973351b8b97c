"""What the steering of an object leaves waiting for whom: registered at start-up."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from governance.access import Person, mandated
from governance.actions import avtal_signing
from governance.models import (
    Arende,
    Avtal,
    Delgivning,
    Kvittens,
    Sida,
    Stallningstagande,
    Styrdokument,
    Uppdrag,
)
from governance.rules.steering import UNDECIDED
from governance.steering import plan_signing, plans, rapporter, sides
from governance.todo import Provider, Task, register


def on_ones_side(person: Person, verbs: dict[Sida, str], sida: str = "sida") -> Q:
    """Select rows of an object whose side's verb is the person's own there."""
    found = Q(pk__in=[])
    for side, verb in verbs.items():
        found |= Q(**{sida: side, "objekt__in": mandated(person, verb)})
    return found


def task(
    sentence: str,
    action: str,
    clause: str,
    since: Callable[[Any], date | None],
    url: Callable[[Any], str] = lambda row: str(row.get_absolute_url()),
) -> Callable[[Any], Task]:
    """Return what says a row of an object as a task; the sentence names it as %(row)s."""

    def said(row: Any) -> Task:
        words = {"row": row}
        return Task(_(sentence) % words, _(action), url(row), since(row), clause, row.objekt.name)

    return said


def oldest(rows: QuerySet[Any], by: str) -> QuerySet[Any]:
    """Return the rows with their objects, those that have waited longest first."""
    return rows.select_related("objekt").order_by(by, "pk")


def _lacks(person: Person, side: Sida) -> Q:
    """Select documents of the side whose edition the person leads for and has not acknowledged."""
    given = Kvittens.objects.filter(
        styrdokument=OuterRef("pk"), sida=side, edition=OuterRef("edition"), person=person
    )
    led = mandated(person, sides.LEADS[side])
    meant = Q(for_it=True) if side == Sida.IT else Q(for_verksamhet=True)
    return meant & Q(objekt__in=led) & ~Q(Exists(given))


def _documents(person: Person) -> QuerySet[Any]:
    waiting = _lacks(person, Sida.VERKSAMHET) | _lacks(person, Sida.IT)
    rows = Styrdokument.objects.filter(waiting, withdrawn_on__isnull=True)
    return oldest(rows, "updated_at")


def _document(row: Styrdokument) -> Task:
    words = {"title": row.title, "edition": row.edition}
    return Task(
        sentence=_("Styrdokumentet %(title)s, utgåva %(edition)s, är till dig.") % words,
        action=_("Läs och kvittera"),
        url=row.get_absolute_url(),
        since=timezone.localtime(row.updated_at).date(),
        clause="6.2.U5" if row.for_verksamhet else "6.4.U5",
        where=row.objekt.name,
    )


def _matters(person: Person) -> QuerySet[Any]:
    own = Stallningstagande.objects.filter(arende=OuterRef("pk"), person=person)
    member = Q(objekt__in=mandated(person, *sides.OWNS.values()))
    return oldest(Arende.objects.filter(member, ~Exists(own), status="oppet"), "raised_on")


def _matter(row: Arende) -> Task:
    return Task(
        sentence=_("Ärendet %(row)s väntar på ditt ställningstagande.") % {"row": row},
        action=_("Ta ställning"),
        url=row.get_absolute_url(),
        since=row.raised_on,
        clause="6.3.U12",
        where=row.objekt.name,
        urgent=row.raised_on <= timezone.localdate() - UNDECIDED,
    )


def _reports(person: Person) -> QuerySet[Any]:
    unread = rapporter.unread_by(person)
    kinds = ("avvikelse", "statusrapport", "kostnadsrapport")
    return unread.select_related(*(f"{kind}__objekt" for kind in kinds)).order_by("pk")


def _report(row: Delgivning) -> Task:
    about: Any = row.about
    kind = _("Avvikelsen %s är rapporterad till dig.") if row.avvikelse else _("%s är till dig.")
    return Task(
        sentence=kind % about,
        action=_("Läs"),
        url=about.get_absolute_url(),
        since=about.on if row.avvikelse else about.reported_on,
        clause=row.clause,
        where=about.objekt.name,
    )


def _commissions(person: Person) -> QuerySet[Any]:
    mine = on_ones_side(person, sides.LEADS, "aktivitet__sida")
    return oldest(Uppdrag.objects.filter(mine, status=Uppdrag.Status.INITIERAT), "pk")


def _to_approve(person: Person) -> QuerySet[Any]:
    mine = Q(objekt__in=mandated(person, "approve_serviceavtal"))
    rows = Avtal.objects.filter(mine, slag__in=Avtal.APPROVED_FIRST, approved_on__isnull=True)
    return oldest(rows.filter(status=Avtal.Status.REGISTRERAT), "pk")


def _to_sign(person: Person) -> QuerySet[Any]:
    within = Q(Exists(plans.commitments().filter(avtal=OuterRef("pk"))))
    outside = [Q(objekt__in=mandated(person, verb)) for verb in avtal_signing.OUTSIDE]
    mine = Q(objekt__in=mandated(person, "sign_avtal")) & (within | Q(*outside))
    ready = Q(approved_on__isnull=False) | ~Q(slag__in=Avtal.APPROVED_FIRST)
    rows = Avtal.objects.filter(mine, ready, status=Avtal.Status.REGISTRERAT)
    return oldest(rows, "pk")


def _plans(person: Person) -> QuerySet[Any]:
    return oldest(plan_signing.waiting_for(person), "put_forward_on")


def written_on(row: Model) -> date:
    """Return the day a row was last written, where it has no day of its own."""
    return timezone.localtime(row.updated_at).date()  # type: ignore[attr-defined]


register(
    Provider("arende", noop("Ärenden att ta ställning till"), _matters, _matter),
    Provider("rapport", noop("Rapporter att läsa"), _reports, _report),
    Provider(
        "uppdrag",
        noop("Uppdrag att besluta om"),
        _commissions,
        task("Uppdraget %(row)s väntar på beslut.", "Besluta", "6.3.U10", written_on),
    ),
    Provider(
        "avtal_approve",
        noop("Avtal att godkänna"),
        _to_approve,
        task("Avtalet %(row)s väntar på godkännande.", "Granska avtalet", "6.2.U6", written_on),
    ),
    Provider(
        "avtal_sign",
        noop("Avtal att teckna"),
        _to_sign,
        task("Avtalet %(row)s är klart att teckna.", "Granska och teckna", "6.2.B6", written_on),
    ),
    Provider("styrdokument", noop("Styrdokument att kvittera"), _documents, _document),
    Provider(
        "plan",
        noop("Planer att underteckna"),
        _plans,
        task(
            "%(row)s väntar på din underskrift.",
            "Läs och underteckna",
            "6.2.U1",
            lambda plan: plan.put_forward_on,
        ),
    ),
)
