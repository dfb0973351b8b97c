"""Passkeys as a second factor: django-otp-webauthn checks what the browser hands over, here.

The browser's part is static/regit/passkey.js; pages carry the question, ordinary forms the answer.
A passkey belongs to the host that RegIT is opened at, or to settings.PASSKEY_DOMAIN above it.
"""

import json
import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.translation import gettext as _
from django_otp_webauthn.helpers import WebAuthnHelper
from django_otp_webauthn.models import WebAuthnCredential

from roles.login.second_factor import told
from roles.models import User

log = logging.getLogger("regit.login")
ADDING, USING = "passkey_adding", "passkey_using"
REFUSED = "Det gick inte att använda nyckeln. Försök igen."


def domain(request: HttpRequest) -> str:
    """Return what passkeys belong to: the host without its port, or the domain of the settings."""
    return settings.PASSKEY_DOMAIN or split_domain_port(request.get_host())[0]


class Helper(WebAuthnHelper):
    """Takes answers from the very address that asked."""

    def get_allowed_origins(self) -> list[str]:
        """Return this address."""
        return [f"{self.request.scheme}://{self.request.get_host()}"]


def question_to_add(request: HttpRequest, user: User) -> str:
    """Return what the browser is asked in order to make a passkey, as JSON; kept in the session."""
    question, request.session[ADDING] = Helper(request).register_begin(user)
    return json.dumps(question)


def question_to_use(request: HttpRequest, user: User) -> str:
    """Return what the browser is asked in order to use one of the person's passkeys, as JSON."""
    question, request.session[USING] = Helper(request).authenticate_begin(
        user, require_user_verification=False
    )
    return json.dumps(question)


def add(request: HttpRequest, user: User, name: str, answer: str) -> WebAuthnCredential:
    """Keep the passkey that the browser made; ValidationError when the answer is not in order."""
    asked = request.session.pop(ADDING, None)

    def kept() -> WebAuthnCredential:
        passkey = Helper(request).register_complete(user, asked, json.loads(answer))
        passkey.name = name
        passkey.save(update_fields=["name"])
        return passkey

    with told(user, _("Lade till tvåfaktorsinloggning: nyckeln %s") % name):
        return judged(kept)


def use(request: HttpRequest, user: User, answer: str) -> WebAuthnCredential:
    """Return the person's passkey that answered; ValidationError when the answer is not in order.

    A question is answered once: it is gone from the session before the answer is looked at.
    """
    asked = request.session.pop(USING, None)
    return judged(lambda: Helper(request).authenticate_complete(user, asked, json.loads(answer)))


def judged(check: Any) -> WebAuthnCredential:
    """Return what the check returns; a ValidationError for whatever the answer makes it stumble on."""
    try:
        with transaction.atomic():
            return check()
    except (OperationalError, InterfaceError):
        raise
    except Exception as fault:  # bytes from outside, read by three libraries
        log.warning("A passkey was refused: %r", fault)
        raise ValidationError(_(REFUSED)) from fault
