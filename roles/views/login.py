"""The login page, and the way to the municipality's own login service."""

from typing import Any

from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib.auth.views import LoginView
from django.views.decorators.http import require_POST


class Login(LoginView):
    """User name and password; above them the service, where there is one."""

    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether there is a service."""
        return super().get_context_data(**kwargs, sso_name=settings.SSO_NAME)


# A post only: a link from elsewhere must not begin a login.
to_service = require_POST(openid_connect.login)
from_service = openid_connect.callback
