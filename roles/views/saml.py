"""The way to a SAML service and back; whatever is wrong with an answer, a page says so in Swedish."""

import logging
from collections.abc import Callable
from functools import wraps

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.providers.saml import utils, views
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from roles.login.sso import refused
from roles.views.login import begins_login

log = logging.getLogger("regit.login")
LARGEST = 256 * 1024  # bytes; an answer with two hundred groups takes some 30 kB
View = Callable[[HttpRequest, str], HttpResponse]


def in_swedish(view: View) -> View:
    """Let no answer, however odd, become an error of RegIT's: python3-saml raises all sorts."""

    @wraps(view)
    def guarded(request: HttpRequest, organization_slug: str) -> HttpResponse:
        request.META.setdefault("HTTP_HOST", request.get_host())
        try:
            return view(request, organization_slug)
        except (Http404, DatabaseError):
            raise
        except ImmediateHttpResponse as answer:
            response: HttpResponse = answer.response
            return response
        except Exception as fault:
            log.warning("A login through the service failed: %r", fault)
            return refused(request, failed=True)

    return login_not_required(guarded)


@begins_login
@in_swedish
def to_service(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Lead to the service."""
    response: HttpResponse = views.login(request, organization_slug=organization_slug)
    return response


@csrf_exempt  # the post comes from the service; the number of the question is in the session
@require_POST
@in_swedish
def from_service(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Take the answer, and lead to where the session's cookie comes along."""
    utils.get_app_or_404(request, organization_slug)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return refused(request, failed=True)
    response: HttpResponse = views.acs(request, organization_slug=organization_slug)
    return response


@require_safe
@in_swedish
def finish(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Judge the answer, and log in."""
    response: HttpResponse = views.finish_acs(request, organization_slug=organization_slug)
    return response


@require_safe
@in_swedish
def metadata(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Describe RegIT to the service. Logging out there is not offered, so it is not described."""
    app = utils.get_app_or_404(request, organization_slug)
    config = utils.build_saml_config(request, app.settings, organization_slug)
    del config["sp"]["singleLogoutService"]
    described = OneLogin_Saml2_Settings(settings=config, sp_validation_only=True).get_sp_metadata()
    return HttpResponse(described, content_type="application/samlmetadata+xml")


@login_not_required
@csrf_exempt
def no_logout(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Answer 404: django-allauth needs the address for its settings, RegIT has no such page."""
    raise Http404
