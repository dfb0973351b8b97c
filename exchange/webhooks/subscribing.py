"""Actions on prenumerationer: begin one, end it."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from exchange.webhooks import sending
from exchange.webhooks.models import Prenumeration
from governance import access
from governance.gestures import gesture
from governance.text import reject_unseen
from roles.login.crypt import encrypt
from roles.models import User

MANAGE = "manage_prenumerationer"


def begin(actor: User, *, name: str, address: str) -> tuple[Prenumeration, str]:
    """Tell an address of what happens from now on. Return the secret too, which is shown once.

    Raises ValidationError for an address that is not https, or leads to this machine or its network.
    """
    access.require(actor, MANAGE)
    reject_unseen(name)
    try:
        sending.target(address)
    except sending.NotOutside as error:
        raise ValidationError({"address": str(error)}) from error
    secret = secrets.token_hex(32)
    with gesture(actor, "subscribe", name) as opened:
        made = Prenumeration(name=name.strip(), address=address, made_in=opened)
        made.secret = encrypt(bytes.fromhex(secret), actor.pk)
        made.full_clean()
        made.save()
    return made, secret


def end(actor: User, prenumeration: Prenumeration) -> Prenumeration:
    """Tell the address nothing more; what waits is not sent either."""
    access.require(actor, MANAGE)
    with transaction.atomic():
        fresh = Prenumeration.objects.select_for_update(no_key=True).get(pk=prenumeration.pk)
        if fresh.ended_in is None:
            with gesture(actor, "unsubscribe", fresh.name) as opened:
                fresh.ended_in = opened
                fresh.save(update_fields=["ended_in"])
                fresh.deliveries.filter(next_at__isnull=False).update(
                    next_at=None, answer=_("Prenumerationen avslutades.")
                )
    return fresh
