"""Text that an expired session or a login in another tab interrupted, kept for its writer.

The text waits in the session under the form's address. Only a form that carries an owner token
signed here is kept, so a stranger cannot fill the session table, and only that owner sees it.
Files and very long texts are not kept.
"""

import time

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, QueryDict

KEY = "kept"
MAX_BYTES = 200_000
MAX_FORMS = 5
MAX_AGE = 2 * 60 * 60

_signer = signing.Signer(salt="governance.stash.owner")


def owner_token(user: AbstractBaseUser | AnonymousUser) -> str:
    """Return the signed mark that says who opened a form."""
    return _signer.sign(str(user.pk))


def is_form_of_ours(request: HttpRequest) -> bool:
    """Tell whether the post comes from a form that RegIT gave to this person, or to somebody."""
    if request.user.is_authenticated:
        return request.POST.get("owner") == owner_token(request.user)
    try:
        _signer.unsign(request.POST.get("owner", ""))
    except signing.BadSignature:
        return False
    return True


def keep(request: HttpRequest) -> bool:
    """Keep what was posted for its writer; False without an owner, with files or too long."""
    if request.method != "POST" or request.FILES or not is_form_of_ours(request):
        return False
    text = request.POST.urlencode()
    if len(text) > MAX_BYTES:
        return False
    kept = request.session.get(KEY, {})
    kept[request.path] = {"data": text, "owner": request.POST["owner"], "at": time.time()}
    newest = sorted(kept.items(), key=lambda item: item[1]["at"])[-MAX_FORMS:]
    request.session[KEY] = dict(newest)
    return True


def take(request: HttpRequest) -> QueryDict | None:
    """Return what this person wrote at this address before it was interrupted, once."""
    kept = request.session.get(KEY, {})
    entry = kept.get(request.path)
    if entry is None or not request.user.is_authenticated:
        return None
    del kept[request.path]
    request.session[KEY] = kept
    if entry["owner"] != owner_token(request.user) or time.time() - entry["at"] > MAX_AGE:
        return None
    return QueryDict(entry["data"], mutable=True)
