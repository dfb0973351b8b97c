"""Actions on åtkomstnycklar: make one, withdraw it; and to whom a key belongs."""

import hashlib
import secrets
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.api.models import LONGEST, Atkomstnyckel
from governance import access
from governance.gestures import gesture
from governance.text import reject_unseen
from roles.login import second_factor as factors
from roles.models import User

BEGINS = "regit_"
NOTED_EVERY = timedelta(minutes=1)
"""Between two notes of the same key's use: not a write a request."""
MOST = 20
"""Live keys that one person may have."""


def create(
    actor: User, *, name: str, may_write: bool, expires_on: date, second_factor: bool = False
) -> tuple[Atkomstnyckel, str]:
    """Make a key for oneself. Return it and its text, which nothing keeps.

    `second_factor` tells whether the person had shown one when the key was made.
    Raises ValidationError for more than a year, a day that has been, or too many keys.
    """
    today = timezone.localdate()
    if not today <= expires_on <= today + LONGEST:
        raise ValidationError(
            {"expires_on": _("En nyckel gäller högst ett år. Välj en dag från och med i dag.")}
        )
    live = Atkomstnyckel.objects.filter(person=actor, withdrawn_at=None, expires_on__gte=today)
    if live.count() >= MOST:
        raise ValidationError(
            _("Du har redan %d nycklar. Ta tillbaka någon som inte används.") % MOST
        )
    reject_unseen(name)
    text = BEGINS + secrets.token_hex(32)
    with gesture(actor, "create_key", name) as opened:
        key = Atkomstnyckel(
            person=actor,
            name=name.strip(),
            prefix=text[: len(BEGINS) + 8],
            digest=digest(text),
            may_write=may_write,
            second_factor=second_factor,
            created_on=today,
            expires_on=expires_on,
            made_in=opened,
        )
        key.full_clean()
        key.save()
    return key, text


def withdraw(actor: User, key: Atkomstnyckel) -> Atkomstnyckel:
    """Take back a key of one's own, or anybody's as Administratör; from now on it opens nothing."""
    if key.person_id != actor.pk:
        access.require(actor, "change_user")
    with transaction.atomic():
        fresh = Atkomstnyckel.objects.select_for_update(no_key=True).get(pk=key.pk)
        if fresh.withdrawn_at is None:
            with gesture(actor, "withdraw_key", fresh.name) as opened:
                fresh.withdrawn_at, fresh.withdrawn_in = opened.at, opened
                fresh.save(update_fields=["withdrawn_at", "withdrawn_in"])
    return fresh


def digest(text: str) -> str:
    """Return what is kept of a key: 256 random bits need no salt."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_enough(key: Atkomstnyckel) -> bool:
    """Whether the key was made as its owner must log in today: with a second factor, or without."""
    must = settings.SECOND_FACTOR and factors.required_of(key.person)
    return key.second_factor or not must


def find(text: str) -> Atkomstnyckel | None:
    """Return the live key with this text, noting that it was used; nothing when there is none."""
    rows = Atkomstnyckel.objects.select_related("person")
    key = rows.filter(digest=digest(text)).first()
    if key is None or not key.is_live():
        return None
    now = timezone.now()
    if key.last_used_at is None or now - key.last_used_at > NOTED_EVERY:
        Atkomstnyckel.objects.filter(pk=key.pk).update(last_used_at=now)
    return key
