"""Actions on an ärende: put before the styrgrupp (6.3.U12, 6.5.U8), which decides it together."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access, mailing
from governance.access import Person
from governance.actions.base import assign, lock, write
from governance.actions.steering import refuse_avvecklat, refuse_outside_system
from governance.gestures import gesture
from governance.models import Arende, Forvaltningsobjekt, Stallningstagande, Uppdrag
from governance.steering import frames, styrgrupp

REFER = "refer_arende"
Status = Arende.Status


def refer(
    actor: Person,
    objekt: Forvaltningsobjekt,
    *,
    uppdrag: Uppdrag | None = None,
    reason: str = "",
    **fields: Any,
) -> Arende:
    """Put a matter that falls outside the plan before the styrgrupp; its members get a letter.

    With an `uppdrag` that is not decided, a granted ärende lets it be decided outside the plan.
    Raises ValidationError when the object has no styrgrupp to decide it.
    """
    access.require(actor, REFER, objekt)
    refuse_avvecklat(objekt)
    refuse_outside_system(objekt, fields.get("system"))
    members = _whole_group(objekt).members
    arende = Arende(objekt=objekt, raised_by=actor, raised_on=timezone.localdate())
    with gesture(actor, "refer", reason):
        assign(arende, fields)
        write(arende)
        if uppdrag is not None:
            _put_under(uppdrag, arende)
    _tell_of(arende, members)
    return arende


def _whole_group(objekt: Forvaltningsobjekt) -> styrgrupp.Styrgrupp:
    group = styrgrupp.styrgrupp_of(objekt)
    if not (group.verksamhet and group.it):
        raise ValidationError(
            _(
                "%(objekt)s har ingen hel styrgrupp i dag: objektägare och objektägare IT ska vara utsedda."
            )
            % {"objekt": objekt}
        )
    return group


def _put_under(uppdrag: Uppdrag, arende: Arende) -> None:
    frames.hold(uppdrag)
    fresh = lock(uppdrag, None, {})
    if fresh.objekt_id != arende.objekt_id or fresh.status != Uppdrag.Status.INITIERAT:
        raise ValidationError(_("Uppdraget är redan beslutat eller avbrutet."))
    if fresh.arende is not None and fresh.arende.status == Status.OPPET:
        raise ValidationError(_("Styrgruppen har redan ett öppet ärende om uppdraget."))
    if fresh.arende is not None and fresh.arende.status == Status.BIFALLET:
        raise ValidationError(_("Styrgruppen har redan bifallit ett ärende om uppdraget."))
    fresh.arende = arende
    write(fresh)


def change(
    actor: Person, arende: Arende, *, version: int | None = None, reason: str = "", **fields: Any
) -> Arende:
    """Change what is to be decided, until somebody has taken a stand on it."""
    access.require(actor, REFER, arende)
    refuse_outside_system(arende.objekt, fields.get("system"))
    with transaction.atomic():
        fresh = lock(arende, version, fields)
        _refuse_closed(fresh)
        if fresh.stallningstaganden.exists():
            raise ValidationError(
                _(
                    "En ledamot har redan tagit ställning till ärendet som det står. Återta det och föredra ett nytt."
                )
            )
        if assign(fresh, fields):
            with gesture(actor, "change", reason):
                write(fresh)
        return fresh


def withdraw(actor: Person, arende: Arende, *, reason: str = "") -> Arende:
    """Take an open matter back from the styrgrupp; what was said about it stays."""
    access.require(actor, REFER, arende)
    with transaction.atomic():
        fresh = lock(arende, None, {})
        if fresh.status == Status.ATERTAGET:
            return fresh
        _refuse_closed(fresh)
        fresh.status, fresh.decided_on = Status.ATERTAGET, timezone.localdate()
        with gesture(actor, "withdraw", reason):
            return write(fresh)


def take_position(
    actor: Person, arende: Arende, *, bifall: bool, note: str = "", reason: str = ""
) -> Arende:
    """Say bifall or avslag as a member of the styrgrupp; may be changed while the matter is open.

    The matter is decided when both sides, in two different people, say the same. An avslag says
    why. Raises Forbidden for who is no member today.
    """
    styrgrupp.require_member(actor, arende.objekt)
    if not bifall and not note.strip():
        raise ValidationError({"note": _("Skriv varför du avslår.")})
    with transaction.atomic():
        fresh = lock(arende, None, {})
        _refuse_closed(fresh)
        group = styrgrupp.styrgrupp_of(fresh.objekt)
        with gesture(actor, "position", reason):
            _say(fresh, actor, group.stands_for(actor), bifall, note)
            _settle(fresh, group)
        return fresh


def _say(arende: Arende, person: Person, sida: str, bifall: bool, note: str) -> None:
    own = arende.stallningstaganden.filter(person=person).first()
    position = own or Stallningstagande(arende=arende, person=person)
    changed = assign(position, {"sida": sida, "bifall": bifall, "note": note})
    if changed or own is None:
        write(position)


def _settle(arende: Arende, group: styrgrupp.Styrgrupp) -> None:
    """Close the matter when the sides agree."""
    positions = arende.stallningstaganden.select_related("person")
    outcome = styrgrupp.outcome(group, positions)
    if not outcome.decided:
        return
    arende.status = Status.BIFALLET if outcome.bifall else Status.AVSLAGET
    arende.decided_on = timezone.localdate()
    people = ", ".join(f"{p.person} ({p.get_sida_display()})" for p in outcome.deciders)
    words = _("Bifall av %(people)s.") if outcome.bifall else _("Avslag av %(people)s.")
    arende.decision = words % {"people": people}
    write(arende)
    _tell_referrer(arende)


def _refuse_closed(arende: Arende) -> None:
    if arende.status != Status.OPPET:
        raise ValidationError(
            _("Ärendet är %(status)s och ändras inte mer.")
            % {"status": arende.get_status_display().lower()}
        )


def _tell_of(arende: Arende, members: list[Any]) -> None:
    mailing.send(
        members,
        _("Ärende till styrgruppen för %(objekt)s") % {"objekt": arende.objekt},
        [
            _("%(who)s föredrar ett ärende som faller utanför förvaltningsplanen.")
            % {"who": arende.raised_by or "RegIT"},
            mailing.quoted(arende.title, arende.system),
            _("Läs ärendet och ta ställning:"),
        ],
        url=arende.get_absolute_url(),
    )


def _tell_referrer(arende: Arende) -> None:
    mailing.send(
        [arende.raised_by] if arende.raised_by else [],
        _("Styrgruppen för %(objekt)s har beslutat") % {"objekt": arende.objekt},
        [
            mailing.quoted(arende.title, arende.system),
            _("Ärendet är %(status)s.") % {"status": arende.get_status_display().lower()},
        ],
        url=arende.get_absolute_url(),
    )
