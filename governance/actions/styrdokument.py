"""Steering documents that an owner sees to reach the förvaltningsledare (6.2.U5, 6.4.U5).

Whoever owns a side issues for that side; whoever leads it acknowledges, each edition anew.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import mailing
from governance.access import Person, people_with
from governance.actions.base import assign, check_not_future, lock, write
from governance.actions.steering import refuse_avvecklat
from governance.gestures import gesture
from governance.models import Forvaltningsobjekt, Kvittens, Sida, Styrdokument
from governance.steering import sides

SAYS = ("title", "link", "text", "decided_on")
"""What an edition says: it cannot change once somebody has acknowledged it."""


def meant_for(document: Styrdokument) -> list[Sida]:
    """Return the sides that the document is meant for."""
    said = {Sida.VERKSAMHET: document.for_verksamhet, Sida.IT: document.for_it}
    return [side for side, meant in said.items() if meant]


def require_owner(
    actor: Person, objekt: Forvaltningsobjekt, of: Iterable[Sida] = tuple(Sida)
) -> None:
    """Raise Forbidden unless the person owns one of the sides."""
    verbs = [sides.OWNS[side] for side in of]
    sides.require_any(actor, verbs, objekt, _("Lämna styrdokument till förvaltningsledare"))


def issue(
    actor: Person, objekt: Forvaltningsobjekt, *, reason: str = "", **fields: Any
) -> Styrdokument:
    """Issue a document for whoever leads the sides that the person owns, and write to them.

    Raises Forbidden for who owns neither side, ValidationError with a sentence per field.
    """
    require_owner(actor, objekt)
    refuse_avvecklat(objekt)
    owned = sides.sides_owned(actor, objekt)
    document = Styrdokument(objekt=objekt, issued_by=actor)
    document.for_verksamhet, document.for_it = Sida.VERKSAMHET in owned, Sida.IT in owned
    with gesture(actor, "issue", reason):
        assign(document, fields)
        check(document)
        write(document)
        tell(document)
    return document


def change(
    actor: Person,
    document: Styrdokument,
    *,
    version: int | None = None,
    reason: str = "",
    **fields: Any,
) -> Styrdokument:
    """Change a document; a new edition must be acknowledged anew.

    Raises Forbidden, Conflict, and ValidationError where an edition that somebody has acknowledged
    would come to say something else.
    """
    require_owner(actor, document.objekt, meant_for(document))
    with transaction.atomic():
        fresh = lock(document, version, fields)
        refuse_withdrawn(fresh)
        before = fresh.edition
        changed = assign(fresh, fields)
        if changed:
            check(fresh)
            refuse_acknowledged(fresh, changed)
            with gesture(actor, "change", reason):
                write(fresh)
                if fresh.edition != before:
                    tell(fresh)
        return fresh


def withdraw(actor: Person, document: Styrdokument, *, reason: str = "") -> Styrdokument:
    """End a document: nobody is to acknowledge it any more; what was acknowledged stays."""
    require_owner(actor, document.objekt, meant_for(document))
    with gesture(actor, "change", reason):
        fresh = lock(document, None, {})
        refuse_withdrawn(fresh)
        fresh.withdrawn_on = timezone.localdate()
        return write(fresh)


def acknowledge(actor: Person, document: Styrdokument) -> list[Kvittens]:
    """Say that one has taken in the edition in force, for each side that one leads of its sides.

    Raises Forbidden for who leads none of the sides it is meant for. The first time stands.
    """
    leads = [sides.LEADS[side] for side in meant_for(document)]
    sides.require_any(actor, leads, document, _("Kvittera styrdokument"))
    with transaction.atomic():
        fresh = lock(document, None, {})
        refuse_withdrawn(fresh)
        led = [s for s in sides.sides_led(actor, fresh.objekt) if s in meant_for(fresh)]
        given = fresh.kvittenser.filter(person=actor, edition=fresh.edition)
        lacking = [side for side in led if side not in set(given.values_list("sida", flat=True))]
        return [_acknowledged(actor, fresh, side) for side in lacking]


def _acknowledged(actor: Person, document: Styrdokument, side: Sida) -> Kvittens:
    row = Kvittens(styrdokument=document, sida=side, edition=document.edition, person=actor)
    row.acknowledged_at = timezone.now()
    with gesture(actor, "acknowledge"):
        return write(row)


def check(document: Styrdokument) -> None:
    """Raise ValidationError for what a document lacks."""
    check_not_future(document.decided_on, "decided_on")
    if not document.edition:
        raise ValidationError({"edition": _("Ange utgåva, till exempel ”1” eller ”2026”.")})
    if not document.link and not document.text:
        raise ValidationError({"text": _("Ange en länk eller skriv vad dokumentet innehåller.")})


def refuse_withdrawn(document: Styrdokument) -> None:
    """Raise ValidationError for a document that has ended."""
    if document.withdrawn_on:
        raise ValidationError(_("Styrdokumentet har upphört."))


def refuse_acknowledged(document: Styrdokument, changed: Iterable[str]) -> None:
    """Raise ValidationError when what somebody has acknowledged would say something else."""
    taken = document.kvittenser.filter(edition=document.edition).exists()
    if not taken:
        return
    if "edition" in changed:
        raise ValidationError({"edition": _("Den utgåvan är redan kvitterad. Ange en ny.")})
    if not set(SAYS).isdisjoint(changed):
        raise ValidationError(
            {"edition": _("Utgåvan är kvitterad. Ange en ny utgåva när dokumentet ändras.")}
        )


def tell(document: Styrdokument) -> None:
    """Write to whoever is to acknowledge the edition."""
    verbs = [sides.LEADS[side] for side in meant_for(document)]
    words = {"title": document.title, "edition": document.edition, "objekt": document.objekt}
    mailing.send(
        people_with(document.objekt, *verbs),
        _("Styrdokument att ta del av: %(title)s") % words,
        [
            _("%(title)s, utgåva %(edition)s, gäller dig som leder %(objekt)s.") % words,
            _("Läs det och kvittera att du har tagit del av det."),
        ],
        url=document.get_absolute_url(),
    )
