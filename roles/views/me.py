"""Who is logged in."""

from typing import cast

from django.http import HttpRequest

from roles.models import User


def me(request: HttpRequest) -> User:
    """Return who is logged in; every page of RegIT asks for a login, unless it says otherwise."""
    return cast(User, request.user)
