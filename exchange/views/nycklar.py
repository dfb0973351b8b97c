"""A person's own keys to the API."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange.api import keys
from exchange.api.models import Atkomstnyckel
from exchange.forms.nycklar import KeyForm, WithdrawForm
from governance import access
from governance.middleware import return_to
from governance.views.editing import Done, edit_view
from roles.login import second_factor
from roles.views.me import me
from roles.views.recent import password_first


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the person's own keys, the newest first."""
    found = list(Atkomstnyckel.objects.filter(person=me(request)).select_related("person"))
    return render(request, "exchange/nyckel_list.html", {"keys": found})


@never_cache
def create(request: HttpRequest) -> HttpResponse:
    """Make a key and show its text, once: in the answer to the form, and nowhere after that.

    It opens as much as a login does, so the password is asked for first, as before a second factor
    is changed.
    """
    if settings.SECOND_FACTOR and (elsewhere := password_first(request, return_to)):
        return elsewhere
    shown = second_factor.state(request) == second_factor.DONE
    return edit_view(
        request,
        partial(KeyForm, user=me(request)),
        partial(keys.create, me(request), second_factor=shown),
        partial(_made, request),
        context={
            "parent": _("Åtkomstnycklar"),
            "heading": _("Skapa åtkomstnyckel"),
            "submit": _("Skapa nyckel"),
            "cancel": reverse("exchange:nyckel_list"),
        },
    )


def _made(request: HttpRequest, made: tuple[Atkomstnyckel, str]) -> Done:
    key, text = made
    page = render(request, "exchange/nyckel_made.html", {"key": key, "text": text})
    return Done("", reverse("exchange:nyckel_list"), answer=page)


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a key of one's own; an Administratör may take back anybody's."""
    every = Atkomstnyckel.objects.all()
    own = every if access.may(request.user, "change_user") else every.filter(person=me(request))
    key = access.get_permitted(request.user, None, own, pk)
    return edit_view(
        request,
        partial(WithdrawForm, user=request.user, version=0),
        lambda version: keys.withdraw(me(request), key),
        lambda taken: Done(
            _("Nyckeln %s är återtagen.") % taken.name, reverse("exchange:nyckel_list")
        ),
        context={
            "parent": _("Åtkomstnycklar"),
            "heading": _("Ta tillbaka nyckeln %s") % key.name,
            "lead": _(
                "Program som använder nyckeln kommer inte längre in. Det går inte att ångra."
            ),
            "submit": _("Ta tillbaka nyckeln"),
            "cancel": reverse("exchange:nyckel_list"),
        },
    )
