"""Actions on a meeting before it is held: plan, call, change, cancel; its agenda and who is called.

All of them are the förvaltningsledare's, who calls meetings and leads them (6.3.U3).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access
from governance.access import Person
from governance.actions.base import assign, lock, refuse_left, write
from governance.actions.steering import refuse_avvecklat
from governance.gestures import gesture
from governance.models import (
    Arende,
    Avvikelse,
    Dagordningspunkt,
    Forvaltningsobjekt,
    Mote,
    Motesdeltagare,
)
from governance.steering import kallelse, moten

CALL = "call_mote"
Status = Mote.Status
OPEN = (Arende.Status.OPPET, Avvikelse.Status.OPPEN)


def plan(
    actor: Person,
    objekt: Forvaltningsobjekt,
    *,
    arenden: Iterable[Arende] = (),
    avvikelser: Iterable[Avvikelse] = (),
    people: Iterable[Any] = (),
    reason: str = "",
    **fields: Any,
) -> Mote:
    """Plan a meeting with the chosen matters on its agenda and the chosen people to call."""
    access.require(actor, CALL, objekt)
    refuse_avvecklat(objekt)
    mote = Mote(objekt=objekt)
    with gesture(actor, "create", reason):
        assign(mote, fields)
        write(mote)
        chosen: dict[str, list[Any]] = {"arenden": [*arenden], "avvikelser": [*avvikelser]}
        refuse_matters(mote, chosen)
        matters = chosen["arenden"] + chosen["avvikelser"]
        for position, matter in enumerate(matters, start=1):
            _write_item(mote, position, matter)
        approving = moten.approvers(objekt, mote.slag)
        for person in people:
            refuse_left(person, "people")
            write(Motesdeltagare(mote=mote, person=person, ledamot=person in approving))
    return mote


def _write_item(mote: Mote, position: int, matter: Arende | Avvikelse) -> Dagordningspunkt:
    item = Dagordningspunkt(mote=mote, position=position, title=matter.title)
    setattr(item, _field(matter), matter)
    return write(item)


def _field(matter: Arende | Avvikelse) -> str:
    return "arende" if isinstance(matter, Arende) else "avvikelse"


def refuse_matters(mote: Mote, chosen: Mapping[str, Iterable[Arende | Avvikelse]]) -> None:
    """Raise ValidationError, at each field, for matters of another object or no longer open (6.3.U3)."""
    found = {
        field: [fault for matter in matters if (fault := _fault(mote, matter))]
        for field, matters in chosen.items()
    }
    if any(found.values()):
        raise ValidationError({field: faults for field, faults in found.items() if faults})


def _fault(mote: Mote, matter: Arende | Avvikelse) -> str:
    """Return why the matter cannot be put on the agenda; nothing when it can."""
    if matter.objekt_id != mote.objekt_id:
        sentence = _("%(matter)s gäller ett annat objekt. Välj bland det som hör till %(objekt)s.")
        return sentence % {"matter": matter, "objekt": mote.objekt}
    if matter.status in OPEN:
        return ""
    return _("%(matter)s är %(status)s. Bara det som är öppet tas upp på ett möte.") % {
        "matter": matter,
        "status": matter.get_status_display().lower(),
    }


def change(
    actor: Person, mote: Mote, *, version: int | None = None, reason: str = "", **fields: Any
) -> Mote:
    """Change kind, time or place until the meeting is held; who is called already is told."""
    access.require(actor, CALL, mote)
    with transaction.atomic():
        fresh = lock(mote, version, fields)
        refuse_unless_coming(fresh)
        if assign(fresh, fields):
            with gesture(actor, "change", reason):
                if fresh.status == Status.KALLAT:
                    fresh.sequence += 1
                write(fresh)
            if fresh.status == Status.KALLAT:
                kallelse.invite(fresh, changed=True)
        return fresh


def refuse_unless_coming(mote: Mote) -> None:
    """Raise ValidationError for a meeting that has been held or cancelled."""
    if not mote.is_coming:
        raise ValidationError(
            _("Mötet är %(status)s. Kallelsen ändras inte mer.")
            % {"status": mote.get_status_display().lower()}
        )


def refuse_frozen(mote: Mote) -> None:
    """Raise ValidationError for a meeting that was cancelled or whose minutes are put forward."""
    if mote.status == Status.FRAMLAGT:
        raise ValidationError(
            _(
                "Protokollet är framlagt och ändras inte. Ta tillbaka det för att ändra; justeringar faller då."
            )
        )
    if not mote.is_open:
        raise ValidationError(
            _("Mötet är %(status)s och ändras inte mer.")
            % {"status": mote.get_status_display().lower()}
        )


def call(actor: Person, mote: Mote, *, reason: str = "") -> Mote:
    """Send the invitation to everybody on the list, and to nobody else."""
    access.require(actor, CALL, mote)
    with transaction.atomic():
        fresh = lock(mote, None, {})
        if fresh.status == Status.KALLAT:
            return fresh
        refuse_unless_coming(fresh)
        if fresh.has_begun:
            raise ValidationError(_("Mötet har redan börjat. Ändra tiden innan du kallar."))
        if not kallelse.called(fresh):
            raise ValidationError(_("Ingen står på listan. Lägg till dem som ska kallas."))
        fresh.status, fresh.called_by, fresh.called_at = Status.KALLAT, actor, timezone.now()
        with gesture(actor, "call_mote", reason):
            write(fresh)
        kallelse.invite(fresh)
        return fresh


def cancel(actor: Person, mote: Mote, *, reason: str = "") -> Mote:
    """Cancel a meeting that has not been held; who was called is told, with the reason."""
    access.require(actor, CALL, mote)
    with transaction.atomic():
        fresh = lock(mote, None, {})
        if fresh.status == Status.INSTALLT:
            return fresh
        refuse_unless_coming(fresh)
        told = fresh.status == Status.KALLAT
        fresh.status = Status.INSTALLT
        fresh.sequence += 1
        with gesture(actor, "cancel_mote", reason):
            write(fresh)
        if told:
            kallelse.call_off(fresh, why=reason)
        return fresh


def add_item(
    actor: Person,
    mote: Mote,
    *,
    title: str = "",
    arende: Arende | None = None,
    avvikelse: Avvikelse | None = None,
    reason: str = "",
) -> Dagordningspunkt:
    """Put a matter, or an item of one's own, last on the agenda."""
    access.require(actor, CALL, mote)
    with transaction.atomic():
        fresh = lock(mote, None, {})
        refuse_frozen(fresh)
        matter = arende or avvikelse
        if arende is not None and avvikelse is not None:
            raise ValidationError(_("Välj ett ärende eller en avvikelse, inte båda."))
        if matter is None and not title.strip():
            raise ValidationError({"title": _("Skriv vad punkten gäller, eller välj ett ärende.")})
        last = fresh.dagordningspunkt.aggregate(last=Max("position"))["last"] or 0
        with gesture(actor, "change", reason):
            if matter is None:
                return write(Dagordningspunkt(mote=fresh, position=last + 1, title=title.strip()))
            refuse_matters(fresh, {_field(matter): [matter]})
            item = _write_item(fresh, last + 1, matter)
            if title.strip() and assign(item, {"title": title}):
                write(item)
            return item


def move_item(actor: Person, item: Dagordningspunkt, *, up: bool, reason: str = "") -> None:
    """Let an item change places with the one before it, or after it."""
    access.require(actor, CALL, item)
    with transaction.atomic():
        mote = lock(item.mote, None, {})
        refuse_frozen(mote)
        items = list(mote.dagordningspunkt.order_by("position", "pk"))
        place = next((n for n, one in enumerate(items) if one.pk == item.pk), None)
        if place is None:
            return
        other = place - 1 if up else place + 1
        if not 0 <= other < len(items):
            return
        items[place], items[other] = items[other], items[place]
        with gesture(actor, "change", reason):
            for position, one in enumerate(items, start=1):
                if assign(one, {"position": position}):
                    write(one)


def remove_item(actor: Person, item: Dagordningspunkt, *, reason: str = "") -> None:
    """Take an item off the agenda; the matter itself stays."""
    access.require(actor, CALL, item)
    with gesture(actor, "remove", reason):
        refuse_frozen(lock(item.mote, None, {}))
        lock(item, None, {}).delete()


def add_person(
    actor: Person, mote: Mote, *, person: Any, ledamot: bool = False, reason: str = ""
) -> Motesdeltagare:
    """Put a person on the list; to a meeting that is called already the person is called at once."""
    access.require(actor, CALL, mote)
    with transaction.atomic():
        fresh = lock(mote, None, {})
        refuse_frozen(fresh)
        refuse_left(person, "person")
        with gesture(actor, "change", reason):
            row = write(Motesdeltagare(mote=fresh, person=person, ledamot=ledamot))
        if fresh.status == Status.KALLAT:
            kallelse.invite(fresh, [person])
        return row


def remove_person(actor: Person, row: Motesdeltagare, *, reason: str = "") -> None:
    """Take a person off the list; who had been called is told."""
    access.require(actor, CALL, row)
    with transaction.atomic():
        mote = lock(row.mote, None, {})
        refuse_frozen(mote)
        with gesture(actor, "remove", reason):
            lock(row, None, {}).delete()
            if mote.status == Status.KALLAT:
                mote.sequence += 1
                write(mote)
        if mote.status == Status.KALLAT:
            kallelse.call_off(mote, [row.person])
