"""Files to download: the rows of a list, exactly as it is filtered, and the template to fill in."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from exchange import exporting
from exchange.views.sending import attached, private, streamed
from exchange.writing import Table, csv_lines, json_parts, write_template, write_workbook
from governance import access, replica
from governance.access import Person
from governance.lists.avtal import AvtalListing
from governance.lists.filters import objekt_filter, system_filter
from governance.lists.kinds import KINDS
from governance.lists.leverantor import LeverantorListing
from governance.lists.todo import TodoList
from governance.models import Namnd
from roles.listings import NamndListing, PersonListing


class Kind(NamedTuple):
    """A list that can be exported: how it is read from an address, and the tables of its rows."""

    listing: Callable[[Person, QueryDict], Any]
    tables: Callable[[Person, Any, str], list[Table]]
    page: str


def of_register(make: Callable[[Person, Any], list[Table]]) -> Callable[..., list[Table]]:
    """Return what makes the tables of the mapping, which import again unchanged."""
    return lambda user, listing, using: make(user, listing.queryset.using(using))


def as_listed(name: Any) -> Callable[..., list[Table]]:
    """Return what makes one table of the list's own columns."""
    return lambda _user, listing, using: [exporting.listed(str(name), listing, using)]


LISTS = {
    "objekt": Kind(objekt_filter, of_register(exporting.objekt_tables), "governance:objekt_list"),
    "system": Kind(system_filter, of_register(exporting.system_tables), "governance:system_list"),
    "avtal": Kind(AvtalListing, as_listed(_("Avtal")), "governance:avtal_all"),
    "att-gora": Kind(TodoList, as_listed(_("Att göra")), "governance:todo"),
    "leverantorer": Kind(
        LeverantorListing, as_listed(_("Leverantörer")), "governance:leverantor_list"
    ),
    "personer": Kind(PersonListing, as_listed(_("Personer")), "roles:person_list"),
    "namnder": Kind(NamndListing, as_listed(_("Nämnder")), "roles:namnd_list"),
    **{
        name: Kind(kind.listing, as_listed(kind.title), f"governance:{name}_all")
        for name, kind in KINDS.items()
    },
}
"""What can be exported, by its name in the address."""


@require_safe
@private
def export(request: HttpRequest, kind: str, fmt: str) -> HttpResponseBase:
    """Send the rows of the list that has the same query string, as this person sees them."""
    if kind not in LISTS or fmt not in ("xlsx", "csv", "json"):
        raise Http404
    using = replica.alias_for(request.user)  # first: it settles what is hidden from the reader
    listing = LISTS[kind].listing(request.user, request.GET)
    tables = LISTS[kind].tables(request.user, listing, using)
    name = f"{kind}-{timezone.localdate():%Y-%m-%d}.{fmt}"
    if fmt == "csv":
        return streamed(csv_lines(tables[0]), "text/csv; charset=utf-8", name)
    if fmt == "json":
        return streamed(json_parts(tables), "application/json", name)
    try:
        return attached(partial(write_workbook, tables), name)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(LISTS[kind].page)


@require_safe
@private
def import_template(request: HttpRequest) -> HttpResponseBase:
    """Send the workbook to fill in, with the nämnder to choose among."""
    access.require(request.user, "import_register")
    namnder = list(Namnd.objects.values_list("name", flat=True))
    return attached(partial(write_template, namnder=namnder), "regit-mall.xlsx")
