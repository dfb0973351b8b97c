"""Too many wrong passwords: an account, and an address, rest for a while.

django-axes counts in the database, so that a restart forgets nothing and all web processes agree.
A name that has no account is counted like one that has: a locked page tells nobody which names
exist. An address may fail more often than an account, since a whole office can share one.
"""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

KEYS = "(åtkomstnyckel)"
"""Stands for the account where a program showed a wrong key: no account can be called so."""
LONGEST = AccessAttempt._meta.get_field("username").max_length


class Lockout(AxesDatabaseHandler):
    """Counts for accounts and addresses, each against a limit of its own."""

    def get_failures(self, request: HttpRequest, credentials: Any = None) -> int:
        """Return the failures of the account, or of the address brought to the same scale."""
        account, address = (
            attempts.exclude(username=KEYS).aggregate(n=Sum("failures_since_start"))["n"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        if request.axes_ip_address is None:  # type: ignore[attr-defined]
            return int(account)
        scaled = address * settings.AXES_FAILURE_LIMIT // settings.LOGIN_FAILURES_PER_ADDRESS
        return int(max(account, scaled))

    def reset_user_attempts(self, request: HttpRequest, credentials: Any = None) -> int:
        """Forget the account's failures; who logs in does not clear the address for guessing on."""
        username = get_client_username(request, credentials)
        return int(AccessAttempt.objects.filter(username=username).delete()[0])


def account_named(request: HttpRequest, credentials: Any = None) -> str | None:
    """Return the account that an attempt names, cut to what can be counted: no account is longer."""
    named = (credentials or request.POST).get("username")
    return None if named is None else str(named)[:LONGEST]


def client_address(request: HttpRequest) -> str | None:
    """Return the address an attempt comes from, or None where nobody says.

    Only what the own proxies (settings.PROXY_COUNT) have written in X-Forwarded-For is believed: the
    rest of the header is the visitor's own. An IPv6 address counts as its network of 64 bits, of
    which every household has one.
    """
    found = request.META.get("REMOTE_ADDR", "")
    if settings.PROXY_COUNT:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        found = hops[-settings.PROXY_COUNT] if len(hops) >= settings.PROXY_COUNT else ""
    try:
        address = ip_address(found.strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or ip_network((address, 64), strict=False).network_address
    return str(address)


def locked(request: HttpRequest, response: HttpResponse | None, credentials: Any) -> HttpResponse:
    """Say that it is closed for a while, and what to do meanwhile."""
    wait = settings.AXES_COOLOFF_TIME
    context = {"minutes": int(wait.total_seconds()) // 60}
    page = render(request, "registration/locked.html", context, status=429)
    page["Retry-After"] = str(int(wait.total_seconds()))
    return page
