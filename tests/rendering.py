"""Renders a template as one person sees it, for tests of tags."""

from typing import Any

from django.template import Context, Template
from django.test import RequestFactory
from django.utils.html import strip_tags


def rendered(source: str, user: Any, *, query: str = "", **context: Any) -> str:
    """Return a template as this person sees it."""
    request = RequestFactory().get(f"/?{query}")
    request.user = user
    return Template("{% load staffing %}" + source).render(Context({"request": request, **context}))


def text(html: str) -> str:
    """Return the words of a page with single spaces."""
    return " ".join(strip_tags(html).split())
