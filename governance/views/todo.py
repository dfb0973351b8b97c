"""Att göra: everything that waits for the person who is logged in, a page for each kind."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance import todo
from governance.lists.todo import SOME, TodoList
from governance.views.lists import exports


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show a kind of what waits a page at a time, or the oldest of every kind and how many they are."""
    listing = TodoList(request.user, request.GET)
    page = listing.page(request.GET.get("page"))
    kinds = [] if page is not None else todo.kinds(request.user, SOME)
    total = sum(kind.number for kind in kinds) if page is None else page.paginator.count
    context: dict[str, Any] = {
        "form": listing,
        "page": page,
        "kinds": kinds,
        "total": total,
        "exports": exports("att-gora"),
    }
    return render(request, "governance/todo.html", context)
