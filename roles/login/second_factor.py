"""A second factor after the password: an app that shows codes, a passkey, or a recovery code.

django-otp keeps the app, refuses a code used before and makes guessing slower for each miss, and
keeps passkeys too; all in the database. Recovery codes are kept as digests, an app's key encrypted
(roles/login/crypt.py): who reads the table can use neither. Here is what all kinds share.
"""

from base64 import b32encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import segno
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from governance import access
from governance.actions.base import lock, write
from governance.gestures import gesture
from roles.login import crypt
from roles.models import CodeApp, User

CODES = 10
STATE, WAITING = "second_factor", "waiting_app"
NONE, ASKED, DONE = "none", "asked", "done"


def required_of(user: Any) -> bool:
    """Whether the person must have one: Revisorer and Administratörer, who see everything."""
    return access.sees_everything(user)


def app_of(user: User) -> CodeApp | None:
    """Return the person's app, when one is set up."""
    app: CodeApp | None = CodeApp.objects.filter(user=user, confirmed=True).first()
    return app


def passkeys_of(user: User) -> list[WebAuthnCredential]:
    """Return the person's passkeys, the oldest first."""
    return list(WebAuthnCredential.objects.filter(user=user).order_by("created_at", "pk"))


def has_any(user: User) -> bool:
    """Whether the person is asked for one: an app or a passkey. Recovery codes alone are none."""
    return app_of(user) is not None or WebAuthnCredential.objects.filter(user=user).exists()


def state(request: HttpRequest) -> str:
    """Return how far this session has come; looked up once after each login."""
    known = request.session.get(STATE)
    if known not in (ASKED, DONE, NONE):
        known = request.session[STATE] = ASKED if has_any(request.user) else NONE  # type: ignore[arg-type]
    return str(known)


def pass_through(request: HttpRequest) -> None:
    """Note that this session needs no further factor."""
    request.session[STATE] = DONE


def ask(request: HttpRequest) -> None:
    """Look up anew whether this session shows a factor before it goes on."""
    request.session.pop(STATE, None)


def new_app(request: HttpRequest) -> CodeApp:
    """Return the app that waits to be set up: the same one until its first code is right.

    Each session has its own: a key that somebody saw in another session is never the one set up.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=request.user.pk)
        waits = CodeApp.objects.filter(user=user, confirmed=False)
        waiting: CodeApp | None = waits.filter(pk=request.session.get(WAITING)).first()
        if waiting is None:
            waits.delete()
            waiting = CodeApp.waiting(user)
            request.session[WAITING] = waiting.pk
        return waiting


def picture(app: CodeApp) -> str:
    """Return the square code that the app reads, as the address of a picture."""
    return str(segno.make(app.config_url, error="m").svg_data_uri(scale=5, light="white"))


def key(app: CodeApp) -> str:
    """Return the app's key as it is typed where no picture can be read: groups of four."""
    letters = b32encode(app.bin_key).decode()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


@contextmanager
def told(user: User, what: str) -> Iterator[User]:
    """Change something of the person's own factors, locked; that it was done is in their history."""
    with gesture(user, "person", what):
        person = lock(User.objects.get(pk=user.pk), None, {})
        yield person
        write(person)


def confirm(request: HttpRequest, user: User, code: str) -> str:
    """Set up the waiting app if the code is its own, in place of an earlier one.

    Returns what is wrong, or nothing.
    """
    app = new_app(request)
    wrong = refusal(user, app, code)
    if not wrong:
        with told(user, _("Ställde in tvåfaktorsinloggning: appen")):
            CodeApp.objects.filter(user=user, confirmed=True).delete()
            CodeApp.objects.filter(pk=app.pk).update(confirmed=True)
    return wrong


def check(user: User, code: str) -> str:
    """Try a code from the app, or a recovery code; return what is wrong, or nothing."""
    code = "".join(code.split()).replace("-", "").lower()
    app = app_of(user)
    if app is not None and code.isdecimal() and len(code) == app.digits:
        return refusal(user, app, code)
    device = StaticDevice.objects.filter(user=user).first()
    said = list(crypt.digests(user.pk, code))
    kept = StaticToken.objects.filter(device=device, token__in=said).first()
    return refusal(user, device or app, kept.token if kept else said[0])


def refusal(user: User, device: Any, code: str) -> str:
    """Verify a code with a device; return what is wrong, or nothing."""
    if device is not None:
        allowed, why = device.verify_is_allowed()
        if not allowed:
            seconds = int((why["locked_until"] - timezone.now()).total_seconds()) + 1
            return _("Vänta %d sekunder innan du försöker igen.") % seconds
        if verify_token(user, device.persistent_id, code):
            return ""
    return _(
        "Koden stämmer inte. Skriv den som appen visar just nu, eller en reservkod som du inte har "
        "använt."
    )


def new_recovery_codes(user: User) -> list[str]:
    """Give the person new recovery codes, shown once; the old ones are worth nothing."""
    codes = [StaticToken.random_token() for _number in range(CODES)]
    with told(user, _("Skapade nya reservkoder")):
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery")
        StaticToken.objects.bulk_create(
            StaticToken(device=device, token=next(crypt.digests(user.pk, code))) for code in codes
        )
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes remain."""
    return int(StaticToken.objects.filter(device__user=user).count())


def remove_one(user: User, device: Device) -> None:
    """Take away the person's own app or one passkey; with the last one the recovery codes go too.

    Raises ValidationError when it is the last and the person must have one.
    """
    what = _("appen") if isinstance(device, TOTPDevice) else _("nyckeln %s") % device.name
    with told(user, _("Tog bort tvåfaktorsinloggning: %s") % what) as person:
        device.delete()
        if not has_any(person):
            if required_of(person):
                raise ValidationError(
                    _("Du måste ha minst en. Lägg till en annan innan du tar bort den här.")
                )
            StaticDevice.objects.filter(user=person).delete()


def remove(actor: User | None, person: User, *, reason: str = "") -> None:
    """Take away every factor and the recovery codes: the own ones, or, for Administratörer, anybody's.

    That it was done, and by whom, is in the person's history.
    """
    if actor != person:
        access.require(actor, "change_user")
    with gesture(actor, "person", reason or _("Tog bort tvåfaktorsinloggningen")):
        TOTPDevice.objects.filter(user=person).delete()
        WebAuthnCredential.objects.filter(user=person).delete()
        StaticDevice.objects.filter(user=person).delete()
        write(lock(person, None, {}))
