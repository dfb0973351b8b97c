"""The gate behind the password: who has a second factor shows it, who must have one sets it up."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from governance.middleware import return_to
from roles.login import second_factor

ALWAYS = frozenset({"login", "logout", "theme"})
# Where a session may be until it is all the way in: the first is where it is led.
CHECK = ("roles:second_factor_check", "roles:passkey_check")
SET_UP = (
    "roles:second_factor",
    "roles:second_factor_app",
    "roles:passkey_add",
    "roles:confirm_password",
)


class SecondFactorGate:
    """Leads to the code, or to setting one up, before any other page; keeps what was typed.

    Only where settings.SECOND_FACTOR is on. Stands after LoginWall.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through to where its address is known (``process_view``)."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        """Lead elsewhere whoever is not all the way in."""
        match = request.resolver_match
        if not settings.SECOND_FACTOR or match is None or match.view_name in ALWAYS:
            return None
        wanted = self._wanted(request) if request.user.is_authenticated else ()
        if not wanted or match.view_name in wanted:
            return None
        target = redirect_to_login(return_to(request), reverse(wanted[0]))
        if request.headers.get("HX-Request") == "true":
            return HttpResponseClientRedirect(target.url)
        return target

    @staticmethod
    def _wanted(request: HttpRequest) -> tuple[str, ...]:
        state = second_factor.state(request)
        if state == second_factor.ASKED:
            return CHECK
        must = state == second_factor.NONE and second_factor.required_of(request.user)
        return SET_UP if must else ()
