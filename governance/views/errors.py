"""Error pages that say what is wrong and what to do."""

import sys
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import loader
from django_htmx.http import HttpResponseClientRedirect

from governance import stash
from governance.access import Forbidden
from governance.refusals import is_busy

# Seconds to wait before asking again.
AWAY_FOR, BUSY_FOR = "60", "5"


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a post from before a login in another tab: nothing saved, nothing lost.

    Settings name this as CSRF_FAILURE_VIEW. Any other failed check gets the plain page.
    """
    if stash.keep(request):
        path = request.get_full_path()
        htmx = request.headers.get("HX-Request") == "true"
        return HttpResponseClientRedirect(path) if htmx else HttpResponseRedirect(path)
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 to what cannot be read at all: too long, too many fields, a foreign host name.

    The page asks for nothing that a broken request may lack, who is logged in least of all.
    """
    return HttpResponse(loader.get_template("400.html").render(), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with the mandate that is missing and who holds it.

    A governance.access.Forbidden carries them; any other refusal gets the page without.
    """
    context: dict[str, Any] = {"sentence": str(exception)}
    if isinstance(exception, Forbidden):
        context = {
            "permission": exception.permission,
            "thing": exception.thing,
            "mandate": exception.name,
            "called": exception.called,
        }
    return render(request, "403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404; the same for what does not exist and for what may not be known."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when the database is away or too busy; no page asks the database."""
    fault = HttpResponse(loader.get_template("500.html").render(), status=500)
    return not_now(sys.exc_info()[1]) or fault


def is_away(fault: BaseException | None) -> bool:
    """Whether a fault means that the database cannot be reached."""
    return isinstance(fault, (OperationalError, InterfaceError)) and not is_busy(fault)


def not_now(fault: BaseException | None) -> HttpResponse | None:
    """Answer 503 where the database is away, or too busy with others; nothing for another fault."""
    busy = is_busy(fault)
    if not busy and not is_away(fault):
        return None
    page = loader.get_template("503.html").render({"busy": busy})
    seconds = BUSY_FOR if busy else AWAY_FOR
    return HttpResponse(page, status=503, headers={"Retry-After": seconds})
