"""No right outlives its role because a timer failed: the first request of a day sees to it."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from roles import grants


class GrantsOfToday:
    """Brings what the calendar alone has changed into the grants, before any view asks for a right.

    Each process asks the database once a day, also when midnight passes while it serves. Of many
    processes one does the work (roles/grants.py: an advisory lock). Stands after the middleware
    that answers for static files, which need no rights.
    """

    done_for: date | None = None
    """The day that this process knows to be brought in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Bring the grants up to today if this process has not, then answer."""
        today = timezone.localdate()
        if type(self).done_for != today:
            grants.bring_up_to_date(today)
            type(self).done_for = today
        return self.get_response(request)
