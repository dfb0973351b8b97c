"""The page that describes the API: every operation, from its own description."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exchange.api.app import api
from exchange.webhooks import subscribing
from governance import access


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """List the operations by noun, with what each takes."""
    may_subscribe = access.may(request.user, subscribing.MANAGE)
    context = {"nouns": _nouns(), "may_subscribe": may_subscribe}
    return render(request, "exchange/api.html", context)


@cache
def _nouns() -> dict[str, list[dict[str, Any]]]:
    """Return the operations by noun. Describing them all takes seconds, and never changes."""
    schema = api.get_openapi_schema()
    bodies = schema["components"]["schemas"]
    nouns: dict[str, list[dict[str, Any]]] = {}
    for path, operations in schema["paths"].items():
        for method, about in operations.items():
            nouns.setdefault(about["tags"][0], []).append(
                {
                    "method": method.upper(),
                    "path": path,
                    "summary": about["summary"],
                    "takes": _takes(about, bodies),
                }
            )
    return nouns


def _takes(about: dict[str, Any], bodies: dict[str, Any]) -> list[tuple[str, bool]]:
    """Return the names that an operation takes, and whether they must be there."""
    asked = [p for p in about.get("parameters", []) if p["in"] != "path"]
    found = [(p["name"], bool(p.get("required"))) for p in asked]
    for media in about.get("requestBody", {}).get("content", {}).values():
        schema = media["schema"]
        named = next(iter(schema.get("allOf", [schema]))).get("$ref")
        body = bodies[named.rpartition("/")[2]] if named else schema
        needed = body.get("required", [])
        found += [(name, name in needed) for name in body.get("properties", {})]
    return found
