"""Programs that are told of what happens: for Administratörer."""

from functools import partial

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange.forms.nycklar import WithdrawForm
from exchange.forms.prenumerationer import SubscribeForm
from exchange.webhooks import subscribing
from exchange.webhooks.models import WAITS, Prenumeration
from governance import access
from governance.views.editing import Done, edit_view
from roles.views.me import me

LIST = "exchange:prenumeration_list"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the addresses, and what did not arrive."""
    access.require(request.user, subscribing.MANAGE)
    failed = Q(deliveries__arrived_at=None, deliveries__tries__gt=0)
    given_up = failed & Q(deliveries__next_at=None, deliveries__tries__gt=len(WAITS))
    waiting = failed & Q(deliveries__next_at__isnull=False)
    found = Prenumeration.objects.annotate(
        given_up=Count("deliveries", filter=given_up),
        waiting=Count("deliveries", filter=waiting),
        last=Max("deliveries__arrived_at"),
    )
    return render(request, "exchange/prenumeration_list.html", {"subscriptions": found})


@never_cache
def create(request: HttpRequest) -> HttpResponse:
    """Begin to tell an address, and show its secret once."""
    access.require(request.user, subscribing.MANAGE)
    return edit_view(
        request,
        partial(SubscribeForm, user=request.user),
        partial(subscribing.begin, me(request)),
        partial(_made, request),
        context={
            "parent": _("Program som får veta"),
            "heading": _("Lägg till program"),
            "lead": _(
                "Programmet får veta att något har hänt och var, aldrig vad uppgifterna säger. "
                "Det som rör skyddsvärda system får det inte veta."
            ),
            "submit": _("Lägg till program"),
            "cancel": reverse(LIST),
        },
    )


def _made(request: HttpRequest, made: tuple[Prenumeration, str]) -> Done:
    one, secret = made
    context = {"subscription": one, "secret": secret}
    page = render(request, "exchange/prenumeration_made.html", context)
    return Done("", reverse(LIST), answer=page)


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the address nothing more."""
    one = access.get_permitted(request.user, None, Prenumeration.objects.all(), pk)
    access.require(request.user, subscribing.MANAGE)
    return edit_view(
        request,
        partial(WithdrawForm, user=request.user, version=0),
        lambda version: subscribing.end(me(request), one),
        lambda ended: Done(_("%s får inte veta mer.") % ended.name, reverse(LIST)),
        context={
            "parent": _("Program som får veta"),
            "heading": _("Sluta skicka till %s") % one.name,
            "lead": _("Det som väntar skickas inte heller. Det går inte att ångra."),
            "submit": _("Sluta skicka"),
            "cancel": reverse(LIST),
        },
    )
