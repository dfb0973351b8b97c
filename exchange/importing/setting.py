"""Setting what a row says on a thing, and saying in words what differs."""

from collections.abc import Callable, Iterable
from typing import Any

from exchange.importing.draft import Draft, change
from exchange.importing.plan import Change
from exchange.mapping import NotUnderstood, convert
from exchange.mapping.fields import Field, Kind
from exchange.problems import Notes
from exchange.reading.values import clean
from governance.actions.base import same
from governance.models.base import Tracked
from governance.words import in_words

TEXTS = (Kind.LINE, Kind.TEXT, Kind.LINES, Kind.ROWS)


def set_fields(
    draft: Draft, row: Tracked, fields: Iterable[tuple[Field, Any]], label: Callable[[str], str]
) -> list[Change]:
    """Set the fields that differ and return the changes; the label is the field's own name."""
    changes = []
    for field, value in fields:
        old = getattr(row, field.code)
        if row.pk is None:  # all of it is new: nobody is told what was before
            setattr(row, field.code, value)
        elif not alike(field, old, value):
            draft.work.assign(row, field.code, value)
            model_field: Any = row._meta.get_field(field.code)
            words = in_words(model_field, old), in_words(model_field, value)
            changes.append(change(label(field.code), *words))
    return changes


def alike(field: Field, old: Any, new: Any) -> bool:
    """Whether the value in the register, had it been in the cell, would be the cell's value."""
    if same(old, new):
        return True
    if field.kind not in TEXTS or not old:
        return False
    try:
        return same(convert(field, clean(str(old), Notes(), ("", None, ""))), new)
    except NotUnderstood:
        return False


def set_link(draft: Draft, row: Tracked, name: str, value: Any, label: str) -> list[Change]:
    """Set a foreign key that differs and return the change."""
    old = getattr(row, name)
    if value is None or old is value:
        return []
    draft.work.assign(row, name, value)
    return [change(label, old or "", value)]


def set_other(draft: Draft, system: Any, pairs: Iterable[tuple[str, str]]) -> list[Change]:
    """Give the system the övriga uppgifter; those it has already keep their place."""
    before = {str(label): str(text) for label, text in system.ovriga_uppgifter}
    after = before | dict(pairs)
    differing = [label for label, text in after.items() if before.get(label) != text]
    if differing:
        merged = [[label, text] for label, text in after.items()]
        draft.work.assign(system, "ovriga_uppgifter", merged)
    return [change(label, before.get(label, ""), after[label]) for label in differing]
