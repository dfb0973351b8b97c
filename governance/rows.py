"""The rows of a page of a list, by their ids, with all that the page shows: built once a process."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet

from governance import access, prepared, rules

Columns = Callable[[access.Person], dict[str, Any]]


def fetch(
    user: access.Person,
    model: type[Model],
    pks: list[Any],
    *,
    columns: Columns,
    related: tuple[str, ...] = (),
) -> list[Any]:
    """Return the rows in the order of their ids, carrying what they break: one query."""
    broken = tuple(rules.all_rules(model))
    rows = prepared.fetch(_rows, model, columns, related, broken, reader=user, ids=pks)
    by_pk = {row.pk: row for row in rows}
    return [by_pk[pk] for pk in pks if pk in by_pk]


def _rows(
    reader: access.Person,
    model: type[Model],
    columns: Columns,
    related: tuple[str, ...],
    _broken: tuple[rules.Rule, ...],
) -> QuerySet[Any]:
    rows = access.visible(reader, model._default_manager.filter(prepared.among_ids()))
    flagged = rules.flagged(rows.annotate(**columns(reader))).order_by()
    return flagged.select_related(*related) if related else flagged
