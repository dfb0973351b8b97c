"""Logging in through the municipality's own service (OpenID Connect), by django-allauth.

Nobody is registered by logging in: whoever comes is matched to a person that the register has, once,
and then known by the service's own id. Nothing else of what the service says is kept.
"""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from roles import people
from roles.login import second_factor
from roles.models import User

log = logging.getLogger("regit.login")


class Accounts(DefaultAccountAdapter):
    """Nobody signs up, and what is worth saying is said by RegIT."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: Administratörer and the import register people."""
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Log in; a second factor is the service's own matter."""
        super().login(request, user)
        second_factor.pass_through(request)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Answer as for somebody who is not in the register."""
        return refused(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the page that opens is answer enough."""


class PeopleOfTheRegister(DefaultSocialAccountAdapter):
    """Matches whoever the service vouches for to one person of the register."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the person, and set the groups where the service decides them."""
        said = claims(sociallogin)
        account = sociallogin.account
        account.extra_data = {}
        if not sociallogin.is_existing:
            person = match(said)
            if person is None:
                log.warning("Nobody in the register matches a login through the service.")
                raise ImmediateHttpResponse(refused(request))
            if SocialAccount.objects.filter(user=person, provider=account.provider).exists():
                # An address that somebody had is often given to somebody else.
                log.warning(
                    "A login through the service has another id than the person is known by."
                )
                raise ImmediateHttpResponse(refused(request))
            sociallogin.user = account.user = person
        account.save()
        set_groups(sociallogin.user, said)

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Say that it did not work, and what to do."""
        log.warning("A login through the service failed: %s", kwargs.get("error"))
        raise ImmediateHttpResponse(refused(request, failed=True))


def claims(login: SocialLogin) -> dict[str, Any]:
    """Return what the service says of the person, in its token and when asked."""
    data = login.account.extra_data
    return {**data.get("id_token", {}), **data.get("userinfo", {})}


def match(said: dict[str, Any]) -> User | None:
    """Return the one active person that is meant; None for nobody, and for more than one."""
    wanted = Q(pk__in=[])
    if "username" in settings.SSO_MATCH and (name := said.get("preferred_username")):
        wanted |= Q(username__iexact=str(name))
    if "email" in settings.SSO_MATCH and (email := said.get("email")) and vouched_for(said):
        wanted |= Q(email__iexact=str(email))
    found = list(User.objects.filter(wanted, is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def vouched_for(said: dict[str, Any]) -> bool:
    """Whether the address is the person's own: the service says so, or is trusted without saying."""
    return bool(said.get("email_verified", settings.SSO_TRUST_EMAIL) is True)


def set_groups(person: Any, said: dict[str, Any]) -> None:
    """Put the person in the groups that the service names, and in no other of those it decides."""
    if not settings.SSO_GROUPS:
        return
    value = said.get(settings.SSO_GROUPS_CLAIM) or []
    named = {str(one) for one in (value if isinstance(value, list) else [value])}
    has = people.groups_of(person)
    given = {group for group, name in settings.SSO_GROUPS.items() if name in named}
    wanted = (has - set(settings.SSO_GROUPS)) | given
    if wanted != has:
        reason = _("Grupper enligt inloggningstjänsten")
        people.set_groups(None, User.objects.get(pk=person.pk), wanted, reason=reason)


def refused(request: HttpRequest, failed: bool = False) -> HttpResponse:
    """Answer that nobody was logged in."""
    context = {"failed": failed, "name": settings.SSO_NAME}
    return render(request, "registration/sso_refused.html", context, status=403)
