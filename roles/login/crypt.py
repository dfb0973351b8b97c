"""Secrets of the second factor as they lie in the database: worth nothing without a key that does not.

The key is derived from settings.SECOND_FACTOR_KEY, or SECRET_KEY without one. What an earlier key,
one of SECOND_FACTOR_OLD_KEYS, has written is still read; `rekey_second_factor` writes it anew.
AES-SIV needs no random number of its own, so that a secret fits the column that django-otp gives it.
"""

from collections.abc import Iterator
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac


class Unreadable(Exception):
    """A secret was written with a key that the settings no longer name."""


def keys() -> list[str]:
    """Return the key that writes, and after it those that are only read with."""
    return [settings.SECOND_FACTOR_KEY or settings.SECRET_KEY, *settings.SECOND_FACTOR_OLD_KEYS]


@cache
def cipher(key: str) -> AESSIV:
    """Return the cipher of a key."""
    derived = HKDF(SHA256(), 64, salt=None, info=b"RegIT: second factor").derive(key.encode())
    return AESSIV(derived)


def encrypt(secret: bytes, owner: int) -> str:
    """Return what is kept of a person's secret; in somebody else's row it is worth nothing."""
    return cipher(keys()[0]).encrypt(secret, [str(owner).encode()]).hex()


def decrypt(kept: str, owner: int) -> bytes:
    """Return the secret; Unreadable when none of the keys opens it."""
    for key in keys():
        try:
            return cipher(key).decrypt(bytes.fromhex(kept), [str(owner).encode()])
        except (InvalidTag, ValueError):
            continue
    raise Unreadable(
        "SECOND_FACTOR_KEY is not the one that wrote this: see SECOND_FACTOR_OLD_KEYS."
    )


def digests(owner: int, code: str) -> Iterator[str]:
    """Yield what is kept of a recovery code: by the key of today first, then by the earlier ones."""
    for key in keys():
        said = salted_hmac("roles.login.recovery", f"{owner}:{code}", secret=key)
        yield said.hexdigest()[:16]
