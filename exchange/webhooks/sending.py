"""One signed POST to an address outside: https, never into the own network, no redirects."""

import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

SECONDS = 10
LONGEST = 30
"""Seconds for all of it: whoever answers a letter at a time does not keep others waiting."""
WORLD = ipaddress.ip_network("2000::/3")
"""Where IPv6 addresses of the open internet lie; elsewhere some carry an IPv4 address inside."""


class NotOutside(Exception):
    """The address is not one that RegIT sends to; the sentence says why."""


@dataclass(frozen=True)
class Target:
    """An address that was looked up: what is connected to is what was judged."""

    secure: bool
    host: str
    port: int
    path: str
    ip: str


def target(address: str) -> Target:
    """Look up an address and judge it. Raises NotOutside."""
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        port = -1
    inside = bool(getattr(settings, "WEBHOOKS_TO_LOOPBACK", False))
    if port == -1 or not parts.hostname or parts.username or parts.scheme not in _schemes(inside):
        raise NotOutside(_("Skriv en adress som börjar på https://, utan användarnamn i."))
    port = port or (443 if parts.scheme == "https" else 80)
    path = iri_to_uri((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotOutside(_("Adressen går inte att slå upp.")) from error
    for *_rest, (ip, *_more) in found:
        judged = ipaddress.ip_address(str(ip).partition("%")[0])
        if not _is_outside(judged) and not (inside and judged.is_loopback):
            raise NotOutside(_("Adressen leder till kommunens eget nät. RegIT skickar inte dit."))
    return Target(parts.scheme == "https", parts.hostname, port, path, str(found[0][4][0]))


def _is_outside(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is on the open internet, and no other way of writing one that is not."""
    if isinstance(ip, ipaddress.IPv6Address) and (ip not in WORLD or ip.sixtofour):
        return False
    return ip.is_global and not ip.is_multicast


def _schemes(inside: bool) -> tuple[str, ...]:
    return ("https", "http") if inside else ("https",)


def signature(secret: bytes, at: int, body: bytes) -> str:
    """Return the signature of a body sent at a moment: both are covered, so neither is replayed."""
    return hmac.new(secret, f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def post(address: str, secret: bytes, told: dict[str, Any]) -> str:
    """Send, and return the answer's status as text. Raises OSError or NotOutside when it failed."""
    to, at, body = target(address), int(time.time()), json.dumps(told).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "RegIT",
        "RegIT-Signature": f"t={at},v1={signature(secret, at, body)}",
    }
    try:
        with _connected(to) as connection:
            connection.request("POST", to.path, body, headers)
            status = connection.getresponse().status
    except http.client.HTTPException as error:
        raise OSError(_("Svaret gick inte att läsa.")) from error
    if not 200 <= status < 300:
        raise OSError(_("Svarade %d.") % status)
    return str(status)


@contextmanager
def _connected(to: Target) -> Iterator[http.client.HTTPConnection]:
    """Connect to the judged address itself: a second look-up might be answered otherwise."""
    plain = socket.create_connection((to.ip, to.port), SECONDS)
    twin = plain.dup()  # what is wrapped for TLS cannot be shut from another thread
    alarm = Timer(LONGEST, _hang_up, [twin])
    alarm.start()
    connection = http.client.HTTPConnection(to.host, to.port, timeout=SECONDS)
    connection.sock = plain
    try:
        if to.secure:
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(plain, server_hostname=to.host)
        yield connection
    finally:
        alarm.cancel()
        connection.close()
        twin.close()


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
