"""If-Match: which version a change starts from, so that nobody's text is lost."""

import re

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import HttpError


def required(request: HttpRequest) -> int:
    """Return the version that the change starts from. Raises 428 where none is stated."""
    version = stated(request)
    if version is None:
        raise HttpError(428, _("Skicka ETag ur det senaste svaret i rubriken If-Match."))
    return version


def stated(request: HttpRequest) -> int | None:
    """Return the version in If-Match, if there is one. Raises 412 for what is no version of ours."""
    tag = request.headers.get("If-Match", "").strip()
    if not tag:
        return None
    match = re.fullmatch(r'"([0-9]{1,9})"', tag, re.ASCII)
    if match is None:
        raise HttpError(412, _('If-Match ska vara ETag ur ett svar, till exempel "3".'))
    return int(match[1])
