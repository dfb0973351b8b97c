"""Files to download: the rows of a list, exactly as it is filtered, and the template to fill in."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from exchange import exporting
from exchange.views.sending import attached, private, streamed
from exchange.writing import csv_lines, json_parts, write_template, write_workbook
from governance import access, replica
from governance.lists.filters import objekt_filter, system_filter
from governance.models import Namnd


@require_safe
@private
def export(request: HttpRequest, kind: str, fmt: str) -> HttpResponseBase:
    """Send the rows of the list of objects or of systems that has the same query string."""
    listings = {"objekt": objekt_filter, "system": system_filter}
    if kind not in listings or fmt not in ("xlsx", "csv", "json"):
        raise Http404
    using = replica.alias_for(request.user)  # first: it settles what is hidden from the reader
    rows = listings[kind](request.user, request.GET).queryset.using(using)
    name = f"{kind}-{timezone.localdate():%Y-%m-%d}.{fmt}"
    if fmt == "csv":
        table = exporting.objekt_table(rows) if kind == "objekt" else exporting.system_table(rows)
        return streamed(csv_lines(table), "text/csv; charset=utf-8", name)
    make = exporting.objekt_tables if kind == "objekt" else exporting.system_tables
    tables = make(request.user, rows)
    if fmt == "json":
        return streamed(json_parts(tables), "application/json", name)
    try:
        return attached(partial(write_workbook, tables), name)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(f"governance:{kind}_list")


@require_safe
@private
def import_template(request: HttpRequest) -> HttpResponseBase:
    """Send the workbook to fill in, with the nämnder to choose among."""
    access.require(request.user, "import_register")
    namnder = list(Namnd.objects.values_list("name", flat=True))
    return attached(partial(write_template, namnder=namnder), "regit-mall.xlsx")
