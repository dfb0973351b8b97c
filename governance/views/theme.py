"""Light, dark or as the device: an explicit choice lives in a cookie that the server renders.

So a page is right from its first paint, also before any script has run.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "theme"
YEAR = 365 * 24 * 60 * 60


def chosen(request: HttpRequest) -> str:
    """Return "light" or "dark" when this browser has chosen; nothing when the device decides."""
    value = request.COOKIES.get(COOKIE, "")
    return value if value in ("light", "dark") else ""


def back(request: HttpRequest) -> str:
    """Return the page the form stood on, never another site."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else "/"


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the chosen appearance in this browser for a year and return to the page."""
    response = HttpResponseRedirect(back(request))
    value = request.POST.get("theme", "")
    if value in ("light", "dark"):
        response.set_cookie(
            COOKIE, value, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
