"""Actions on the minutes of a meeting: write, put forward, take back, approve (6.3.U3, 6.2.U3, 6.4.U3)."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access, mailing
from governance.access import Forbidden, Person
from governance.actions.base import assign, lock, write
from governance.actions.mote import CALL, refuse_frozen
from governance.gestures import gesture
from governance.models import Dagordningspunkt, Mote, Motesdeltagare
from governance.models.mote import APPROVES
from governance.steering import moten

Status = Mote.Status


def hold(
    actor: Person,
    mote: Mote,
    *,
    attended: Collection[Motesdeltagare] = (),
    minutes: str = "",
    version: int | None = None,
    reason: str = "",
) -> Mote:
    """Say that the meeting was held, who came and what was said; may be written again until put forward."""
    access.require(actor, CALL, mote)
    with transaction.atomic():
        fresh = lock(mote, version, {"minutes": minutes})
        refuse_frozen(fresh)
        if not fresh.has_begun:
            raise ValidationError(_("Mötet har inte börjat än."))
        came = {row.pk for row in attended}
        if any(row.mote_id != fresh.pk for row in attended):
            raise ValidationError({"attended": _("Välj bland dem som är kallade till mötet.")})
        with gesture(actor, "hold_mote", reason):
            assign(fresh, {"minutes": minutes, "status": Status.HALLET})
            write(fresh)
            for row in fresh.motesdeltagare.all():
                if assign(row, {"attended": row.pk in came}):
                    write(row)
        return fresh


def note(
    actor: Person,
    item: Dagordningspunkt,
    *,
    version: int | None = None,
    reason: str = "",
    **fields: Any,
) -> Dagordningspunkt:
    """Write what an item is called, what was said about it and what was decided.

    What the styrgrupp decides about an ärende is decided in the ärende, by its members. Before the
    meeting is held there is nothing but the item's name to write.
    """
    access.require(actor, CALL, item)
    with transaction.atomic():
        mote = lock(item.mote, None, {})
        refuse_frozen(mote)
        fresh = lock(item, version, fields)
        said = [name for name in ("notes", "decision") if fields.get(name, "").strip()]
        if mote.is_coming and said:
            raise ValidationError(dict.fromkeys(said, _("Skriv detta när mötet är hållet.")))
        if fresh.arende_id and fields.get("decision", "").strip():
            raise ValidationError(
                {"decision": _("Beslut om ärendet fattas i ärendet. Skriv anteckningar här.")}
            )
        if assign(fresh, fields):
            with gesture(actor, "change", reason):
                write(fresh)
        return fresh


def put_forward(actor: Person, mote: Mote, *, reason: str = "") -> Mote:
    """Freeze the minutes and lay them before those who approve them and who attended."""
    access.require(actor, CALL, mote)
    with transaction.atomic():
        fresh = lock(mote, None, {})
        if fresh.status == Status.FRAMLAGT:
            return fresh
        if fresh.status != Status.HALLET:
            raise ValidationError(_("Anteckna först vilka som var med och vad som sades."))
        waiting = list(approving(fresh))
        if not waiting:
            raise ValidationError(
                _("Ingen av dem som ska justera protokollet var med. Lägg till någon som var det.")
            )
        fresh.content_hash = moten.content_hash(fresh)
        fresh.status = Status.FRAMLAGT
        with gesture(actor, "protokoll", reason):
            write(fresh)
        _tell(fresh, [row.person for row in waiting])
        return fresh


def approving(mote: Mote) -> Any:
    """Return the rows of those who approve the minutes: members who attended."""
    rows = mote.motesdeltagare.filter(APPROVES)
    return rows.select_related("person").order_by("pk")


def take_back(actor: Person, mote: Mote, *, reason: str = "") -> Mote:
    """Open the minutes again to change them; approvals already given fall."""
    access.require(actor, CALL, mote)
    with transaction.atomic():
        fresh = lock(mote, None, {})
        if fresh.status != Status.FRAMLAGT:
            raise ValidationError(_("Bara ett framlagt protokoll kan tas tillbaka."))
        with gesture(actor, "protokoll_back", reason):
            for row in fresh.motesdeltagare.filter(approved_at__isnull=False):
                row.approved_at, row.approved_hash = None, ""
                write(row)
            fresh.status, fresh.content_hash = Status.HALLET, ""
            return write(fresh)


def approve(actor: Person, mote: Mote, *, content_hash: str, reason: str = "") -> Mote:
    """Approve the minutes that were read; the last of those who are to approve makes them final.

    One's own act: raises Forbidden for anybody who is not to approve these minutes. Raises
    ValidationError when they are others than those that were read.
    """
    own = own_row(actor, mote)
    if own is None:
        raise Forbidden(CALL, mote, _("Justera protokollet"))
    with transaction.atomic():
        fresh = lock(mote, None, {})
        row = lock(own, None, {})
        refuse_approval(actor, fresh, content_hash)
        if row.approved_at is not None:
            return fresh
        with gesture(actor, "approve_mote", reason):
            row.approved_at, row.approved_hash = timezone.now(), content_hash
            write(row)
            if all(one.approved_at for one in approving(fresh)):
                fresh.status = Status.JUSTERAT
                write(fresh)
        return fresh


def own_row(person: Person, mote: Mote) -> Motesdeltagare | None:
    """Return the row by which the person approves the minutes, if any."""
    return approving(mote).filter(person=getattr(person, "pk", None)).first()  # type: ignore[no-any-return]


def refuse_approval(actor: Person, mote: Mote, content_hash: str) -> None:
    """Raise ValidationError when these minutes cannot be approved by this person now."""
    if mote.status != Status.FRAMLAGT:
        raise ValidationError(_("Protokollet är inte framlagt för justering."))
    if content_hash != mote.content_hash or moten.content_hash(mote) != mote.content_hash:
        raise ValidationError(_("Protokollet har ändrats sedan du läste det. Läs det igen."))
    if access.concealed(actor, mote.dagordningspunkt.all()).exists():
        raise ValidationError(
            _(
                "Protokollet har punkter som du inte får läsa. Be den som ledde mötet att välja någon annan som justerar."
            )
        )


def _tell(mote: Mote, people: list[Any]) -> None:
    mailing.send(
        people,
        _("Protokoll att justera: %(mote)s för %(objekt)s") % {"mote": mote, "objekt": mote.objekt},
        [
            _("Protokollet från mötet är klart och väntar på att du justerar det."),
            _("Läs det och justera:"),
        ],
        url=mote.get_absolute_url(),
    )
