"""What every page about the second factor has in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters


def in_use(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 where RegIT is set up without a second factor."""

    @wraps(view)
    @sensitive_post_parameters("code")
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.SECOND_FACTOR:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def target(request: HttpRequest) -> str:
    """Return the page that the person was on the way to."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/"


def status(form: forms.Form) -> int:
    """Return the status of a page with the form."""
    return 422 if form.is_bound and form.errors else 200
