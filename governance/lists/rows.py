"""Objects and systems by their ids, with what they break and all that a page shows of them.

The queries are built once a process (governance/lists/prepared.py).
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404

from governance import access, rules
from governance.lists import prepared

Columns = Callable[[access.Person], dict[str, Any]]


def no_columns(_reader: access.Person) -> dict[str, Any]:
    """Return that nothing is shown beside the row's own."""
    return {}


def fetch(
    user: access.Person,
    model: type[Model],
    pks: list[Any],
    *,
    columns: Columns = no_columns,
    related: tuple[str, ...] = (),
) -> list[Any]:
    """Return what the person may see, in the order of the ids, carrying what it breaks: one query."""
    broken = tuple(rules.all_rules(model))
    rows = prepared.fetch(_rows, model, "pk", columns, related, broken, reader=user, ids=pks)
    by_pk = {row.pk: row for row in rows}
    return [by_pk[pk] for pk in pks if pk in by_pk]


def get(user: access.Person, model: type[Model], pk: Any, *, related: tuple[str, ...] = ()) -> Any:
    """Fetch one, carrying what it breaks, as `access.get_permitted` does to see it; raises Http404."""
    for found in fetch(user, model, [pk], related=related):
        return found
    raise Http404


def of(
    user: access.Person,
    model: type[Model],
    path: str,
    pks: list[Any],
    *,
    related: tuple[str, ...] = (),
) -> list[Any]:
    """Return those that `path` leads from to one of the ids, in their usual order: one query."""
    broken = tuple(rules.all_rules(model))
    return prepared.fetch(_rows, model, path, no_columns, related, broken, reader=user, ids=pks)


def _rows(
    reader: access.Person,
    model: type[Model],
    path: str,
    columns: Columns,
    related: tuple[str, ...],
    _broken: tuple[rules.Rule, ...],
) -> QuerySet[Any]:
    rows = access.visible(reader, model._default_manager.filter(prepared.among_ids(path)))
    flagged = rules.flagged(rows.annotate(**columns(reader)))
    if path == "pk":
        flagged = flagged.order_by()
    return flagged.select_related(*related) if related else flagged
