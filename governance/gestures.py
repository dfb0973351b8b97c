"""A gesture: one thing that one person did. Everything written to the register happens inside one."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from governance.models import Gesture

KINDS = {
    "create": _("Registrerade"),
    "change": _("Ändrade uppgifter"),
    "verify": _("Bekräftade uppgifterna"),
    "judge": _("Bedömde ett system"),
    "issue": _("Lämnade styrdokument"),
    "acknowledge": _("Kvitterade styrdokument"),
    "remove": _("Tog bort"),
    "status": _("Ändrade status"),
    "livscykel": _("Ändrade livscykel"),
    "move": _("Flyttade system"),
    "appoint": _("Utsåg"),
    "hand_over": _("Lämnade över"),
    "end": _("Avslutade uppdrag"),
    "substitute": _("Utsåg ersättare"),
    "transfer_all": _("Lämnade över allt"),
    "person": _("Ändrade personuppgifter"),
    "representant": _("Ändrade företrädare"),
    "initiate": _("Initierade uppdrag"),
    "decide": _("Beslutade om uppdrag"),
    "prioritise": _("Prioriterade uppdrag"),
    "refer": _("Föredrog ärende"),
    "position": _("Tog ställning i ärende"),
    "report": _("Rapporterade"),
    "read": _("Tog del av en rapport"),
    "handle": _("Hanterade avvikelse"),
    "correct_avtal": _("Rättade ett tecknat avtal"),
    "approve_avtal": _("Godkände avtal"),
    "sign_avtal": _("Tecknade avtal"),
    "extend_avtal": _("Förlängde avtal"),
    "terminate_avtal": _("Sade upp avtal"),
    "follow_up_avtal": _("Följde upp avtal"),
    "put_forward": _("Lade fram planen"),
    "take_back": _("Tog tillbaka planen"),
    "sign": _("Undertecknade planen"),
    "measure": _("Följde upp mål"),
    "call_off": _("Avropade"),
    "withdraw": _("Återtog"),
    "judge_leverans": _("Bedömde en leverans"),
    "attest": _("Attesterade"),
    "reject": _("Skickade tillbaka"),
    "create_key": _("Skapade åtkomstnyckel"),
    "withdraw_key": _("Tog tillbaka åtkomstnyckel"),
    "call_mote": _("Kallade till möte"),
    "cancel_mote": _("Ställde in möte"),
    "hold_mote": _("Skrev protokoll"),
    "protokoll": _("Lade fram protokoll"),
    "protokoll_back": _("Tog tillbaka protokoll"),
    "approve_mote": _("Justerade protokoll"),
    "subscribe": _("Började skicka händelser"),
    "unsubscribe": _("Slutade skicka händelser"),
    "import": _("Importerade"),
    "admin": _("Ändrade i administrationen"),
    "demo": _("Läste in exempeldata"),
    "install": _("Installerade RegIT"),
}

logger = logging.getLogger("regit.gesture")

_open: ContextVar["Gesture | None"] = ContextVar("gesture", default=None)
_noted: ContextVar["list[Gesture] | None"] = ContextVar("noted", default=None)


class NoGesture(RuntimeError):
    """Something of the register was written with no gesture open: a defect in the calling code."""


@contextmanager
def gesture(actor: Any, kind: str, reason: str = "") -> Iterator["Gesture"]:
    """Open a gesture by `actor` (None is RegIT itself) in a transaction, or join the one that is open.

    Raises ValueError for a kind that is not in KINDS.
    """
    from governance.models import Gesture

    if kind not in KINDS:
        raise ValueError(f"unknown kind of gesture: {kind}")
    joined = _open.get()
    if joined is not None:
        yield joined
        return
    with transaction.atomic():
        opened = Gesture.objects.create(
            at=timezone.now(), actor=actor, kind=kind, reason=reason.strip()
        )
        token = _open.set(opened)
        noted = _noted.get()
        if noted is not None:
            noted.append(opened)
        about = {"gesture_id": str(opened.pk), "kind": kind, "actor_id": opened.actor_id}
        transaction.on_commit(lambda: logger.info("gesture", extra=about))
        try:
            yield opened
        finally:
            _open.reset(token)


@contextmanager
def noting() -> Iterator[list["Gesture"]]:
    """Collect the gestures opened in the block, to lead to them in the history."""
    noted: list[Gesture] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


def open_gesture() -> "Gesture | None":
    """Return the open gesture, if one is open."""
    return _open.get()


def current() -> "Gesture":
    """Return the open gesture; raise NoGesture when there is none."""
    found = _open.get()
    if found is None:
        raise NoGesture("no gesture is open: wrap the write in governance.gestures.gesture()")
    return found
