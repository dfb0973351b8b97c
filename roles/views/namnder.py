"""Nämnder: the list, the page of one with what it answers for, and who may act for it."""

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.access import get_permitted, may, visible
from governance.forms.removal import RemovalForm
from governance.models import Informationssystem, Namnd
from governance.views.editing import Done, edit_view
from governance.views.lists import exports
from roles import namnder, people
from roles.forms.namnd import RepresentantForm
from roles.listings import NamndListing
from roles.models import Representant
from roles.views.me import me

PAGE = 50
INFORMATION_SHOWN = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the nämnder with how much they own, and how much of it needs attention."""
    listing = NamndListing(request.user, request.GET)
    page = Paginator(list(listing.rows()), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": listing,
        "page": page,
        "total": page.paginator.count,
        "exports": exports("namnder"),
        "counted_at": listing.figures[1],
        "default_sort": "" if "q" in listing.chosen else "namn",
        "may_create": may(request.user, "add_namnd"),
    }
    return render(request, "roles/namnd_list.html", context)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a nämnd answers for: objects, findings, who acts for it, and its information."""
    namnd = get_permitted(request.user, None, Namnd.objects.all(), pk)
    information = visible(
        request.user, Informationssystem.objects.filter(informationen_ags_av=namnd)
    )
    page = Paginator(namnder.owned_by(namnd), PAGE).get_page(request.GET.get("page"))
    broken, counted_at = namnder.broken(request.user, namnd)
    context = {
        "namnd": namnd,
        "page": page,
        "total": page.paginator.count,
        "broken": broken,
        "findings": sum(one.number for one in broken),
        "counted_at": counted_at,
        "representanter": namnd.representanter.select_related("person"),
        "information": information.select_related("objekt")[:INFORMATION_SHOWN],
        "information_number": information.order_by().count(),
        "may_change": may(request.user, "change_namnd", namnd),
    }
    return render(request, "roles/namnd_detail.html", context)


def representant_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a person act for a nämnd."""
    namnd = get_permitted(request.user, "change_namnd", Namnd.objects.all(), pk)
    return edit_view(
        request,
        partial(RepresentantForm, user=request.user),
        partial(people.add_representant, me(request), namnd),
        lambda made: _done(namnd, _("%s företräder nu nämnden.") % made.person),
        template="roles/representant_add.html",
        context={"namnd": namnd, "owned": namnder.owned_by(namnd).count()},
    )


def representant_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then end a person's right to act for a nämnd."""
    found = Representant.objects.select_related("namnd", "person")
    representant = get_permitted(request.user, "change_namnd", found, pk)
    namnd, person = representant.namnd, representant.person
    others = namnd.representanter.filter(person__is_active=True).exclude(pk=representant.pk)

    def done(_nothing: None) -> Done:
        return _done(namnd, _("%s företräder inte längre nämnden.") % person)

    return edit_view(
        request,
        partial(RemovalForm, user=request.user),
        partial(people.remove_representant, me(request), representant),
        done,
        template="roles/representant_remove.html",
        context={
            "namnd": namnd,
            "person": person,
            "others": others.exists(),
            "owned": namnder.owned_by(namnd).count(),
        },
    )


def _done(namnd: Namnd, message: str) -> Done:
    history = reverse("governance:namnd_history", args=[namnd.pk])
    return Done(message, namnd.get_absolute_url(), history)
