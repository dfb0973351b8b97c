"""A second factor after the password: a code from an app in the phone, or a recovery code.

django-otp keeps devices, refuses a code used before and makes guessing slower for each miss; all in
the database. Recovery codes are kept as digests: who reads the table cannot use them.
"""

from base64 import b32encode
from typing import Any

import segno
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from governance import access
from governance.actions.base import lock, write
from governance.gestures import gesture
from roles.models import User

CODES = 10
STATE = "second_factor"
NONE, ASKED, DONE = "none", "asked", "done"


def required_of(user: Any) -> bool:
    """Whether the person must have one: Revisorer and Administratörer, who see everything."""
    return access.sees_everything(user)


def app_of(user: User) -> TOTPDevice | None:
    """Return the person's app, when one is set up."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def state(request: HttpRequest) -> str:
    """Return how far this session has come; looked up once after each login."""
    known = request.session.get(STATE)
    if known not in (ASKED, DONE, NONE):
        known = request.session[STATE] = ASKED if app_of(request.user) else NONE  # type: ignore[arg-type]
    return str(known)


def pass_through(request: HttpRequest) -> None:
    """Note that this session needs no further factor."""
    request.session[STATE] = DONE


def new_app(user: User) -> TOTPDevice:
    """Return the app that waits to be set up: the same one until its first code is right."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        waiting = TOTPDevice.objects.filter(user=user, confirmed=False).first()
        return waiting or TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def picture(app: TOTPDevice) -> str:
    """Return the square code that the app reads, as the address of a picture."""
    return str(segno.make(app.config_url, error="m").svg_data_uri(scale=5, light="white"))


def key(app: TOTPDevice) -> str:
    """Return the app's key as it is typed where no picture can be read: groups of four."""
    letters = b32encode(app.bin_key).decode()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def confirm(user: User, code: str) -> str:
    """Set up the waiting app if the code is its own; return what is wrong, or nothing."""
    app = new_app(user)
    wrong = refusal(user, app, code)
    if not wrong:
        TOTPDevice.objects.filter(pk=app.pk).update(confirmed=True)
    return wrong


def check(user: User, code: str) -> str:
    """Try a code from the app, or a recovery code; return what is wrong, or nothing."""
    code = "".join(code.split()).replace("-", "").lower()
    app = app_of(user)
    if app is None or (code.isdecimal() and len(code) == app.digits):
        return refusal(user, app, code)
    return refusal(user, StaticDevice.objects.filter(user=user).first(), digest(user, code))


def refusal(user: User, device: Any, code: str) -> str:
    """Verify a code with a device; return what is wrong, or nothing."""
    if device is not None:
        allowed, why = device.verify_is_allowed()
        if not allowed:
            seconds = int((why["locked_until"] - timezone.now()).total_seconds()) + 1
            return _("Vänta %d sekunder innan du försöker igen.") % seconds
        if verify_token(user, device.persistent_id, code):
            return ""
    return _("Koden stämmer inte. Skriv den som appen visar just nu.")


def digest(user: User, code: str) -> str:
    """Return what is kept of a recovery code."""
    return salted_hmac("roles.login.recovery", f"{user.pk}:{code}").hexdigest()[:16]


def new_recovery_codes(user: User) -> list[str]:
    """Give the person new recovery codes, shown once; the old ones are worth nothing."""
    codes = [StaticToken.random_token() for _number in range(CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery")
        StaticToken.objects.bulk_create(
            StaticToken(device=device, token=digest(user, code)) for code in codes
        )
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes remain."""
    return int(StaticToken.objects.filter(device__user=user).count())


def remove(actor: User | None, person: User, *, reason: str = "") -> None:
    """Take away the app and the recovery codes: the own ones, or, for Administratörer, anybody's.

    That it was done, and by whom, is in the person's history.
    """
    if actor != person:
        access.require(actor, "change_user")
    with gesture(actor, "person", reason or _("Tog bort tvåfaktorsinloggningen")):
        TOTPDevice.objects.filter(user=person).delete()
        StaticDevice.objects.filter(user=person).delete()
        write(lock(person, None, {}))
