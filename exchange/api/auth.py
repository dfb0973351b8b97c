"""Who asks: the owner of an åtkomstnyckel. Cookies are not read, so there is no CSRF to fear."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from exchange.api import keys
from exchange.api.models import Atkomstnyckel
from exchange.api.pace import pace
from exchange.api.problems import TooMany
from roles.login import wrong_keys

READING = ("GET", "HEAD", "OPTIONS")


class KeyAuth(HttpBearer):
    """Bearer: an åtkomstnyckel. Rights are those of its owner today; a reading key only reads."""

    def authenticate(self, request: HttpRequest, token: str) -> Atkomstnyckel | None:
        """Return the live key. Raises TooMany for an address with too many wrong ones, or a key in a hurry."""
        if wrong_keys.too_many(request):
            wait = int(settings.AXES_COOLOFF_TIME.total_seconds())
            raise TooMany(_("För många felaktiga nycklar. Vänta en stund."), wait)
        key = keys.find(token)
        if key is None:
            wrong_keys.note(request)
            return None
        if not keys.is_enough(key):
            raise PermissionDenied(
                _(
                    "Nyckeln skapades utan tvåfaktorsinloggning. Skapa en ny, när du har loggat in så."
                )
            )
        if wait := pace.seconds_to_wait(key.pk):
            raise TooMany(_("Nyckeln har frågat för ofta. Vänta till nästa minut."), wait)
        if request.method not in READING and not key.may_write:
            raise PermissionDenied(_("Nyckeln är bara till för att läsa."))
        request.user = key.person
        return key


def asker(request: Any) -> Any:
    """Return the owner of the key."""
    return request.auth.person
