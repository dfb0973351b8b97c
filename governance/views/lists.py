"""The lists of förvaltningsobjekt and of system, and what every list has."""

from collections import Counter
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance import access, rules
from governance.lists import prepared
from governance.lists.filters import objekt_filter, system_filter
from governance.lists.listing import Listing
from governance.lists.pages import Pages
from governance.models import Informationssystem

PAGE = 50
FORMATS = (("Excel", "xlsx"), ("CSV", "csv"), ("JSON", "json"))


@require_safe
def objekt_list(request: HttpRequest) -> HttpResponse:
    """Show the objects that the address asks for, with who answers for each."""
    listing = objekt_filter(request.user, request.GET)
    page = paged(request, listing)
    count_findings(page, findings_below(request.user, [o.pk for o in page.object_list]))
    context = {
        **shown(listing, page, "objekt"),
        "may_create": access.may(request.user, "add_forvaltningsobjekt"),
    }
    return render(request, "governance/objekt_list.html", context)


@require_safe
def system_list(request: HttpRequest) -> HttpResponse:
    """Show the systems that the address asks for."""
    listing = system_filter(request.user, request.GET)
    page = paged(request, listing)
    count_findings(page, Counter())
    return render(request, "governance/system_list.html", shown(listing, page, "system"))


def findings_below(user: access.Person, objects: list[int]) -> Counter[int]:
    """Return how many findings there are about the systems of each object, as the person sees them."""
    broken = tuple(rules.all_rules(Informationssystem))
    rows = prepared.fetch(_below, broken, reader=user, ids=objects)
    below: Counter[int] = Counter()
    for objekt, *breaks in rows:
        below[objekt] += sum(breaks)
    return below


def _below(reader: access.Person, broken: tuple[rules.Rule, ...]) -> QuerySet[Any]:
    systems = Informationssystem.objects.filter(prepared.among_ids("objekt")).order_by()
    columns = [f"breaks_{rule.code}" for rule in broken]
    return rules.flagged(access.visible(reader, systems)).values_list("objekt", *columns)


def paged(request: HttpRequest, listing: Listing) -> Page[Any]:
    """Return the page that the address names, its rows carrying what they break."""
    listing.count()
    pages = Pages(listing.total, PAGE, more=listing.more)
    page = pages.get_page(request.GET.get("page"))
    first = page.start_index() - 1
    fetch = listing.page_from_end if page.from_end else listing.page
    page.object_list = fetch(first, first + PAGE if listing.more else page.end_index())
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
        "live": (_("Fler än %(count)d träffar") if listing.more else _("%(count)d träffar"))
        % {"count": listing.total},
    }


def exports(what: str) -> list[tuple[str, str]]:
    """Return the addresses of the export of the same list."""
    return [(label, reverse("exchange:export", args=[what, fmt])) for label, fmt in FORMATS]
