"""Who asks: the owner of an åtkomstnyckel. Cookies are not read, so there is no CSRF to fear."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security import HttpBearer

from exchange.api import keys
from exchange.api.models import Atkomstnyckel
from roles.login.lockout import client_address

READING = ("GET", "HEAD", "OPTIONS")
LOCKED = 15 * 60
"""Seconds that an address with too many wrong keys has to wait."""


class KeyAuth(HttpBearer):
    """Bearer: an åtkomstnyckel. Rights are those of its owner today; a reading key only reads."""

    def authenticate(self, request: HttpRequest, token: str) -> Atkomstnyckel | None:
        """Return the live key. Raises 429 for an address with too many wrong ones."""
        address = f"wrong-keys:{client_address(request)}"
        if cache.get(address, 0) >= settings.LOGIN_FAILURES_PER_ADDRESS:
            raise HttpError(429, _("För många felaktiga nycklar. Vänta en kvart."))
        key = keys.find(token)
        if key is None:
            cache.add(address, 0, LOCKED)
            cache.incr(address)
            return None
        if request.method not in READING and not key.may_write:
            raise PermissionDenied(_("Nyckeln är bara till för att läsa."))
        request.user = key.person
        return key


def asker(request: Any) -> Any:
    """Return the owner of the key."""
    return request.auth.person
