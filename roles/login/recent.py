"""Whether the person has just given the password: what changes a second factor asks for it again."""

import time

from django.http import HttpRequest

PROVED = "proved"
RECENT = 10 * 60  # seconds


def note(request: HttpRequest) -> None:
    """Remember in the session that the password was given now."""
    request.session[PROVED] = int(time.time())


def proved(request: HttpRequest) -> bool:
    """Whether that was a short while ago."""
    return bool(time.time() - request.session.get(PROVED, 0) <= RECENT)
