"""Who asks: the owner of an åtkomstnyckel. Cookies are not read, so there is no CSRF to fear."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security import HttpBearer

from exchange.api import keys
from exchange.api.models import Atkomstnyckel
from roles.login import wrong_keys

READING = ("GET", "HEAD", "OPTIONS")


class KeyAuth(HttpBearer):
    """Bearer: an åtkomstnyckel. Rights are those of its owner today; a reading key only reads."""

    def authenticate(self, request: HttpRequest, token: str) -> Atkomstnyckel | None:
        """Return the live key. Raises 429 for an address with too many wrong ones."""
        if wrong_keys.too_many(request):
            raise HttpError(429, _("För många felaktiga nycklar. Vänta en stund."))
        key = keys.find(token)
        if key is None:
            wrong_keys.note(request)
            return None
        if request.method not in READING and not key.may_write:
            raise PermissionDenied(_("Nyckeln är bara till för att läsa."))
        request.user = key.person
        return key


def asker(request: Any) -> Any:
    """Return the owner of the key."""
    return request.auth.person
