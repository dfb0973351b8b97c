"""The page floor: the same template with everything already fetched."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.forms.models import ModelChoiceIterator
from django.template import loader
from django.template.library import InclusionNode, SimpleNode
from django.test.utils import CaptureQueriesContext

Rendering = tuple[tuple[Any, ...], dict[str, Any]]


class Kept:
    """What the tags of one page that ask the database returned, in the order of the page."""

    def __init__(self) -> None:
        self.replies: list[tuple[bool, Any]] = []
        self.replaying: Iterator[tuple[bool, Any]] | None = None

    def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call a tag's function, or return what it returned when it asked the database."""
        if self.replaying is not None:
            asked, reply = next(self.replaying)
            return (
                dict(reply)
                if isinstance(reply, dict)
                else reply
                if asked
                else function(*args, **kwargs)
            )
        with CaptureQueriesContext(connection) as queries:
            reply = function(*args, **kwargs)
        asked = bool(queries)
        self.replies.append((asked, reply if asked else None))
        return dict(reply) if isinstance(reply, dict) else reply


@contextmanager
def tags_kept(kept: Kept) -> Iterator[None]:
    """Let every tag of the block go through `kept`."""

    def through(render: Callable[..., Any]) -> Callable[..., Any]:
        def rendered(node: Any, context: Any) -> Any:
            function = node.func
            node.func = lambda *args, **kwargs: kept.call(function, *args, **kwargs)
            try:
                return render(node, context)
            finally:
                node.func = function

        return rendered

    choices = ModelChoiceIterator.__iter__

    def listed(iterator: Any) -> Iterator[Any]:
        found = iterator.field.__dict__.setdefault("_listed", [])
        if not found:
            found.extend(choices(iterator))
        return iter(found)

    with (
        patch.object(ModelChoiceIterator, "__iter__", listed),
        patch.object(SimpleNode, "render", through(SimpleNode.render)),
        patch.object(InclusionNode, "render", through(InclusionNode.render)),
    ):
        yield


def page_floor(get: Callable[[], Any]) -> Callable[[], Any] | None:
    """Return a function that renders a page again with what it had fetched; None without template.

    Raises RuntimeError when that needs the database after all.
    """
    renderings: list[Rendering] = []
    original = loader.render_to_string

    def noted(*args: Any, **kwargs: Any) -> Any:
        renderings.append((args, kwargs))
        return original(*args, **kwargs)

    with patch.object(loader, "render_to_string", noted):
        get()
    if not renderings:
        return None
    args, kwargs = renderings[-1]
    kept = Kept()
    with tags_kept(kept):
        original(*args, **kwargs)

    def again() -> Any:
        kept.replaying = iter(kept.replies)
        with tags_kept(kept):
            return original(*args, **kwargs)

    with CaptureQueriesContext(connection) as queries:
        again()
    if queries:
        raise RuntimeError(f"the template still asks: {queries.captured_queries[0]['sql'][:300]}")
    return again
