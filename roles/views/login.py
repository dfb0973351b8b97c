"""The login page, and the way to the municipality's own login service."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib.auth.views import LoginView
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.views.decorators.http import require_POST

from roles.login import recent


class Login(LoginView):
    """User name and password; above them the service, where there is one."""

    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Log in, and remember that the password was given now."""
        response = super().form_valid(form)
        recent.note(self.request)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether there is a service."""
        name = settings.SSO_NAME
        to = resolve_url(settings.SSO_LOGIN, "sso") if name else ""
        return super().get_context_data(**kwargs, sso_name=name, sso_login=to)


def begins_login(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Take a post only, since a link from elsewhere must not begin a login, and only for logging in.

    django-allauth can also connect accounts, and asks for that by a parameter; RegIT never does.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "process" in request.POST or "process" in request.GET:
            raise BadRequest("There is nothing but logging in.")
        return view(request, *args, **kwargs)

    return require_POST(guarded)


to_service = begins_login(openid_connect.login)
from_service = openid_connect.callback
