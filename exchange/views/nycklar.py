"""A person's own keys to the API."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange.api import keys
from exchange.api.models import Atkomstnyckel
from exchange.forms.nycklar import KeyForm, WithdrawForm
from governance import access
from governance.views.editing import Done, add_errors, edit_view, made_before, posting, remember
from roles.models import User
from roles.views.me import me


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the person's own keys, the newest first."""
    found = list(Atkomstnyckel.objects.filter(person=me(request)).select_related("person"))
    return render(request, "exchange/nyckel_list.html", {"keys": found})


@never_cache
def create(request: HttpRequest) -> HttpResponse:
    """Make a key and show its text, once: in the answer to the form, and nowhere after that."""
    person = me(request)
    form = KeyForm(request.POST if request.method == "POST" else None, user=person)
    if form.is_valid():
        try:
            return _made(request, person, form)
        except ValidationError as error:
            add_errors(form, error)
    context = {
        "form": form,
        "parent": _("Åtkomstnycklar"),
        "heading": _("Skapa åtkomstnyckel"),
        "submit": _("Skapa nyckel"),
        "cancel": reverse("exchange:nyckel_list"),
    }
    return render(request, "form_page.html", context, status=422 if form.is_bound else 200)


def _made(request: HttpRequest, person: User, form: KeyForm) -> HttpResponse:
    posted = posting(form)
    with transaction.atomic():
        if made := posted and made_before(request, posted):
            return HttpResponseRedirect(made)
        key, text = keys.create(person, **form.arguments())
        if posted:
            remember(request, posted, reverse("exchange:nyckel_list"))
    return render(request, "exchange/nyckel_made.html", {"key": key, "text": text})


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a key of one's own; an Administratör may take back anybody's."""
    key = Atkomstnyckel.objects.select_related("person").filter(pk=pk).first()
    if key is None or (key.person_id != me(request).pk and not _may_any(request)):
        raise Http404
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


def _may_any(request: HttpRequest) -> bool:
    return access.may(request.user, "change_user")
