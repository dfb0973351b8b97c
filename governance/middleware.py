"""The login wall: every page asks who you are, and nothing typed is lost when a login expires.

Before it, what is not written in UTF-8 is refused.
"""

import codecs
import sys
import time
from collections.abc import Callable
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.http import MAX_URL_LENGTH, url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from governance import stash
from governance.views import errors, health

SEEN = "seen"
NOTED_EVERY = 60  # seconds between two notes of the same session: not a write a page


class Probes:
    """Answers the addresses of monitors before anything else is asked: no host name, no session,
    no rights of today and no redirect to HTTPS stands between a process and whoever watches it.
    """

    VIEWS: ClassVar = {"/healthz": health.healthz, "/readyz": health.readyz}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or let the request through."""
        answer: HttpResponseBase = self.VIEWS.get(request.path_info, self.get_response)(request)
        return answer


class AwayPage:
    """In development: a database that is away, or too busy, gets its page, as in service.

    Django answers every fault with its yellow page while DEBUG is on, and asks no handler500; what
    the fault was, it tells only whoever listens. Stands outside all that needs the database.
    """

    NOTE = "regit.database_away"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        got_request_exception.connect(self._note, dispatch_uid=self.NOTE, weak=False)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the page if the database turned out to be away."""
        response = self.get_response(request)
        return request.META.get(self.NOTE) or response

    @classmethod
    def _note(cls, request: HttpRequest, **_about: Any) -> None:
        request.META[cls.NOTE] = errors.not_now(sys.exc_info()[1])


class IdleTimeout:
    """Asks for a new login after ``settings.SESSION_IDLE`` without a request, and at the latest
    ``settings.SESSION_COOKIE_AGE`` after the first one, however busy the session.

    Stands between AuthenticationMiddleware and LoginWall, which keeps the text that was posted.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """End a session that has been idle; note that a live one was here."""
        if settings.SESSION_IDLE and request.user.is_authenticated:
            self._watch(request)
        return self.get_response(request)

    @staticmethod
    def _watch(request: HttpRequest) -> None:
        now = int(time.time())
        first, last = request.session.get(SEEN, (now, 0))
        idle = last and now - last > settings.SESSION_IDLE.total_seconds()
        if idle or now - first > settings.SESSION_COOKIE_AGE:
            logout(request)
        elif now - last > NOTED_EVERY:
            request.session[SEEN] = (first, now)


def utf8_only(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Refuse with 400 what says it is written in anything but UTF-8.

    Browsers send RegIT's forms as UTF-8. Python knows encodings that read bytes as half characters,
    or as no text at all, and the fault would come wherever the text is first used.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest("The request is not written in UTF-8.")
        return get_response(request)

    return answer


class LoginWall(LoginRequiredMiddleware):
    """Django's login wall (pages open themselves with ``login_not_required``), which also

    - keeps the text of a form that meets an expired session, and returns to that form after login;
    - sends htmx to the login page as a whole instead of swapping it into the page;
    - forbids browsers and proxies to store a page: a register with skyddsvärda uppgifter must
      not be read from the disk, or by Back, after logout.

    Stands after CsrfViewMiddleware and AuthenticationMiddleware.
    """

    def handle_no_permission(  # type: ignore[override]  # htmx redirects with a 200
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        """Lead to the login page, and from there back to where the person was."""
        target = return_to(request)
        if request.headers.get("HX-Request") == "true":
            login = redirect_to_login(target, resolve_url(settings.LOGIN_URL))
            return HttpResponseClientRedirect(login.url)
        return redirect_to_login(target, resolve_url(self.get_login_url(view_func)))

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Forbid storing, unless the view decided for itself."""
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response


def return_to(request: HttpRequest) -> str:
    """Return the page to open after login.

    A kept form's own address shows it again; any other post, and a fragment that htmx asked
    for, has no page of its own, so the page it was made from.
    """
    htmx = request.headers.get("HX-Request") == "true"
    if stash.keep(request) or (request.method in ("GET", "HEAD") and not htmx):
        return short(request.get_full_path(), request.path)
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return "/"
    parts = urlsplit(came_from)
    return short(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def short(*addresses: str) -> str:
    """Return the first of the addresses that login can lead back to; the start page when none is."""
    return next((a for a in addresses if 0 < len(a) <= MAX_URL_LENGTH), "/")
