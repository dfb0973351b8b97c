"""Whether the person has just given the password: what changes a second factor asks for it again."""

import time

from django.contrib.auth import authenticate
from django.http import HttpRequest

PROVED = "proved"
RECENT = 10 * 60  # seconds


def note(request: HttpRequest) -> None:
    """Remember in the session that the password was given now."""
    request.session[PROVED] = int(time.time())


def proved(request: HttpRequest) -> bool:
    """Whether that was a short while ago."""
    return bool(time.time() - request.session.get(PROVED, 0) <= RECENT)


def is_own(request: HttpRequest, password: str) -> bool:
    """Whether it is the password of who is logged in.

    Tried as at the login, so that a wrong one counts (django-axes): whoever sits down at an open
    session cannot guess on.
    """
    name = request.user.get_username()
    return bool(authenticate(request, username=name, password=password) == request.user)
