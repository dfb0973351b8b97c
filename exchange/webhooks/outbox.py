"""What waits to be told: each gesture once for each address, and only what a stranger may know.

Derived from the gestures after they are committed, so that nothing is told that did not happen. A
transaction may commit a gesture later than a newer one: those of the last days are looked for.
"""

import time
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.api.everything import NOUNS
from exchange.webhooks import sending
from exchange.webhooks.models import WAITS, Leveransforsok, Prenumeration
from governance import access
from governance.models import Gesture
from roles.login.crypt import Unreadable, decrypt

LOOKED_BACK = timedelta(days=7)
KEPT = timedelta(days=30)
AT_ONCE = 500
PATIENCE = 2
"""Seconds that a failed try may take, before the others of the same address are left until later."""


def fill() -> int:
    """Write down what is to be told of gestures since each prenumeration began. Return how many."""
    written = 0
    for one in Prenumeration.objects.filter(ended_in=None).select_related("made_in"):
        told = Leveransforsok.objects.filter(prenumeration=one, gesture=OuterRef("pk"))
        since = max(one.made_in.at, timezone.now() - LOOKED_BACK)
        waiting = Gesture.objects.filter(~Exists(told), at__gt=since).order_by("at", "id")
        gestures = list(waiting.values_list("pk", flat=True)[:AT_ONCE])
        things = things_of(gestures)
        rows = [
            Leveransforsok(
                prenumeration=one,
                gesture_id=pk,
                things=things.get(pk, []),
                next_at=timezone.now() if pk in things else None,
            )
            for pk in gestures
        ]
        Leveransforsok.objects.bulk_create(rows, ignore_conflicts=True)
        written += sum(1 for row in rows if row.things)
    return written


def things_of(gestures: list[Any]) -> dict[Any, list[str]]:
    """Return, by gesture, the addresses of what it wrote, as far as a stranger may know of them."""
    found: dict[Any, list[str]] = {}
    for noun in NOUNS:
        history = getattr(noun.model, "history", None)
        if history is None or not gestures:
            continue
        rows = history.model.objects.filter(gesture__in=gestures)
        seen = access.visible(AnonymousUser(), rows).order_by()
        for gesture, pk in seen.values_list("gesture_id", "id").distinct():
            found.setdefault(gesture, []).append(f"/api/v1/{noun.path}/{pk}")
    return {gesture: sorted(addresses) for gesture, addresses in found.items()}


def deliver() -> tuple[int, int, int]:
    """Send what is due. Return how many arrived, are to be tried again, and were given up.

    Addresses that have failed before come last, and one that keeps RegIT waiting is asked no more:
    the rest that is due there counts as tried, and waits its time like what was.
    """
    arrived = again = given_up = 0
    due = Leveransforsok.objects.filter(next_at__lte=timezone.now())
    addresses = due.order_by().values("prenumeration").annotate(tries=Max("tries"))
    for one in addresses.order_by("tries", "prenumeration").values_list("prenumeration", flat=True):
        silent = ""
        waiting = due.filter(prenumeration=one).order_by("next_at", "id")
        for pk in list(waiting.values_list("pk", flat=True)[:AT_ONCE]):
            began = time.monotonic()
            row = _send(pk, silent)
            if row is None:
                continue
            arrived += row.arrived_at is not None
            again += row.next_at is not None
            given_up += row.given_up
            if row.arrived_at is None and time.monotonic() - began > PATIENCE:
                silent = row.answer or _("Svarade inte.")
    old = timezone.now() - KEPT
    Leveransforsok.objects.filter(next_at=None, gesture__at__lt=old).delete()
    return arrived, again, given_up


def _send(pk: int, silent: str) -> Leveransforsok | None:
    """Try one, holding its row, so that two commands never send the same.

    `silent` is why its address is asked no more in this run, if it is not.
    """
    with transaction.atomic():
        rows = Leveransforsok.objects.select_for_update(skip_locked=True, of=("self",))
        waiting = rows.select_related("gesture", "prenumeration__made_in")
        row = waiting.filter(pk=pk, next_at__isnull=False).first()
        if row is None:
            return None
        row.tries = F("tries") + 1
        row.save(update_fields=["tries"])
        row.refresh_from_db(fields=["tries"])
        try:
            if silent:
                raise OSError(silent)
            row.answer = _post(row)
            row.arrived_at, row.next_at = timezone.now(), None
        except (OSError, sending.NotOutside, Unreadable) as error:
            row.answer = str(error)[:200]
            left = row.tries <= len(WAITS)
            row.next_at = timezone.now() + WAITS[row.tries - 1] if left else None
        row.save(update_fields=["answer", "arrived_at", "next_at"])
        return row


def _post(row: Leveransforsok) -> str:
    one, gesture = row.prenumeration, row.gesture
    told = {
        "gesture": str(gesture.pk),
        "kind": gesture.kind,
        "at": gesture.at.isoformat(),
        "things": row.things,
    }
    owner = one.made_in.actor_id or 0
    return sending.post(one.address, decrypt(one.secret, owner), told)
