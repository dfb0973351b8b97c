"""What django-otp keeps of an app that shows codes, with its key encrypted."""

from binascii import unhexlify
from typing import Any

from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from roles.login import crypt


class CodeApp(TOTPDevice):
    """An app in somebody's phone. The column holds its key as roles/login/crypt.py writes it."""

    class Meta:
        proxy = True
        default_permissions = ()

    @classmethod
    def waiting(cls, user: Any) -> "CodeApp":
        """Make an app with a new key, to be set up."""
        key = crypt.encrypt(unhexlify(random_hex(20)), user.pk)
        app: CodeApp = cls.objects.create(user=user, name="app", key=key, confirmed=False)
        return app

    @property
    def bin_key(self) -> bytes:
        """Return the key; crypt.Unreadable when the settings no longer have what opens it."""
        return crypt.decrypt(self.key, self.user_id)
