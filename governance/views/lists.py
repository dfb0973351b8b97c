"""The lists of förvaltningsobjekt and of system."""

from collections import Counter
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance import access, rules
from governance.facets import Listing
from governance.filters import objekt_filter, system_filter
from governance.models import Informationssystem

PAGE = 50
FORMATS = (("Excel", "xlsx"), ("CSV", "csv"), ("JSON", "json"))


@require_safe
def objekt_list(request: HttpRequest) -> HttpResponse:
    """Show the objects that the address asks for, with who answers for each."""
    listing = objekt_filter(request.user, request.GET)
    page = paged(request, listing)
    systems = Informationssystem.objects.filter(objekt__in=[o.pk for o in page.object_list])
    below = rules.findings_of(access.visible(request.user, systems).order_by())
    count_findings(page, Counter(finding.thing.objekt_id for finding in below))
    context = {
        **shown(listing, page, "objekt"),
        "may_create": access.may(request.user, "add_forvaltningsobjekt"),
    }
    return render(request, "governance/objekt_list.html", context)


@require_safe
def system_list(request: HttpRequest) -> HttpResponse:
    """Show the systems that the address asks for."""
    listing = system_filter(request.user, request.GET)
    page = paged(request, listing, "objekt", "leverantor", "updated_by")
    count_findings(page, Counter())
    return render(request, "governance/system_list.html", shown(listing, page, "system"))


def paged(request: HttpRequest, listing: Listing, *related: str) -> Page[Any]:
    """Return the page that the address names, its rows carrying what they break."""
    listing.count()
    paginator = Paginator(listing.queryset, PAGE)
    paginator.count = listing.total  # counted already, with the choices
    page = paginator.get_page(request.GET.get("page"))
    rows = rules.flagged(listing.page(max(page.start_index() - 1, 0), page.end_index()))
    page.object_list = list(rows.select_related(*related) if related else rows)
    return page


def count_findings(page: Page[Any], below: Counter[int]) -> None:
    """Write on every row how many findings it has, what lies below it included."""
    own = Counter(finding.thing.pk for finding in rules.findings_in(page.object_list))
    for row in page.object_list:
        row.finding_count = own[row.pk] + below[row.pk]


def shown(listing: Listing, page: Page[Any], what: str) -> dict[str, Any]:
    """Return what every list's template needs."""
    return {
        "form": listing,
        "page": page,
        "total": listing.total,
        "exports": exports(what),
        "default_sort": listing.order,
        "filtered": bool(set(listing.chosen) - {"sort"}),
        "live": _("%(count)d träffar") % {"count": listing.total},
    }


def exports(what: str) -> list[tuple[str, str]]:
    """Return the addresses of the export of the same list."""
    return [(label, reverse("exchange:export", args=[what, fmt])) for label, fmt in FORMATS]
