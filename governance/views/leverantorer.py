"""Leverantörer: the list, the page of one, register and change."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.access import Forbidden, get_permitted, visible
from governance.actions import leverantor as actions
from governance.forms.leverantor import LeverantorForm
from governance.lists.leverantor import LeverantorListing
from governance.models import Leverantor
from governance.views.avtal import soon, with_days
from governance.views.editing import Done, edit_view
from governance.views.lists import paged, shown

PAGE = 50
TEMPLATE = "governance/leverantor_form.html"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the suppliers: search, order and page are in the address."""
    listing = LeverantorListing(request.user, request.GET)
    context = {
        **shown(listing, paged(request, listing), "leverantorer"),
        "may_register": actions.may_register(request.user),
    }
    return render(request, "governance/leverantor_list.html", context)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a supplier with its contacts and its systems that the person may know of."""
    leverantor = get_permitted(request.user, None, Leverantor.objects.all(), pk)
    systems = visible(request.user, leverantor.systems.select_related("objekt"))
    page = Paginator(systems, PAGE).get_page(request.GET.get("page"))
    context = {
        "leverantor": leverantor,
        "page": page,
        "total": page.paginator.count,
        "contacts": [line for line in leverantor.contacts.splitlines() if line.strip()],
        "may_change": actions.may_register(request.user),
        **agreements_with(request, leverantor),
    }
    return render(request, "governance/leverantor_detail.html", context)


def agreements_with(request: HttpRequest, leverantor: Leverantor) -> dict[str, Any]:
    """Return the supplier's agreements that the person may know of; of many the first."""
    rows = visible(request.user, leverantor.avtal.select_related("objekt"))
    return {
        "agreements": list(with_days(rows).order_by("sort_key", "pk")[:PAGE]),
        "avtal_total": rows.count(),
        **soon(),
    }


def create(request: HttpRequest) -> HttpResponse:
    """Register a supplier, once: doubles are refused with a link to the one that is there."""
    if not actions.may_register(request.user):
        raise Forbidden("add_leverantor")
    return edit_view(
        request,
        partial(LeverantorForm, user=request.user),
        partial(actions.create, request.user),
        lambda saved: _done(saved, _("%s är registrerad.")),
        template=TEMPLATE,
        context={},
    )


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a supplier."""
    leverantor = get_permitted(request.user, None, Leverantor.objects.all(), pk)
    if not actions.may_register(request.user):
        raise Forbidden("change_leverantor", leverantor)
    return edit_view(
        request,
        partial(LeverantorForm, user=request.user, instance=leverantor, version=leverantor.version),
        partial(actions.change, request.user, leverantor),
        lambda saved: _done(saved, _("%s är sparad.")),
        template=TEMPLATE,
        context={"leverantor": leverantor},
    )


def _done(leverantor: Leverantor, sentence: str) -> Done:
    history = reverse("governance:leverantor_history", args=[leverantor.pk])
    return Done(sentence % leverantor, leverantor.get_absolute_url(), history)
