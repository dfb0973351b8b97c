"""The lists of plans, costs, uppdrag, ärenden, reports, meetings and documents of the whole register."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.lists.columns import Cell, Column
from governance.lists.kinds import KINDS
from governance.views.lists import paged, shown


class Shown(NamedTuple):
    """A cell of the page: its column, what it says, and where it leads."""

    column: Column
    value: Cell
    url: str


@require_safe
def index(request: HttpRequest, name: str) -> HttpResponse:
    """Show what the address asks for of one kind, with the main columns of its export."""
    kind = KINDS[name]
    listing = kind.listing(request.user, request.GET)
    page = paged(request, listing)
    columns = [column for column in kind.listing.cells if not column.minor]
    context = {
        **shown(listing, page, name),
        "kind": kind,
        "one": _(kind.one),
        "many": _(kind.many),
        "columns": columns,
        "rows": list(in_cells(columns, page.object_list)),
    }
    return render(request, "governance/styrning.html", context)


def in_cells(columns: Iterable[Column], rows: Iterable[Any]) -> Iterator[list[Shown]]:
    """Yield the cells of each row."""
    for row in rows:
        yield [Shown(c, c.cell(row), c.url(row) if c.url else "") for c in columns]
