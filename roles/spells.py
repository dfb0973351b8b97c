"""Writing assignments and substitutes, many as few: validated once, in two statements a table.

What only other rows can tell, that a role is held twice, is not asked for beforehand: the database's
constraints refuse it, and their own sentences are what the person reads.
"""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from governance import bulk
from governance.actions.base import refuse_unseen
from governance.refusals import in_words
from roles.models import RoleAssignment, Substitution
from roles.models.assignments import Spell

S = TypeVar("S", bound=Spell)


def change(model: type[S], rows: Sequence[S], fields: Sequence[str]) -> None:
    """Save the named fields of the rows, validated, with their history. Part of an action.

    Raises ValidationError with a sentence per field, as a row's own `full_clean` would.
    """
    _validate(rows)
    with in_words():
        bulk.change(model, rows, fields)


def create(model: type[S], rows: Sequence[S]) -> list[S]:
    """Save new rows, validated, with their history. Part of an action.

    Rows that make room for them are changed or removed first: a role is never held twice, not even
    between two statements. Raises ValidationError with a sentence per field.
    """
    _validate(rows)
    with in_words():
        return bulk.create(model, rows)


def end(assignments: Sequence[RoleAssignment], last: date) -> None:
    """Set the last day, and let the substitutes go no further. Part of an action."""
    for assignment in assignments:
        assignment.valid_to = last
    change(RoleAssignment, assignments, ["valid_to"])
    end_stand_ins(assignments, last)


def end_stand_ins(assignments: Sequence[RoleAssignment], last: date) -> None:
    """Let the holder's own substitutes go no further than the holder."""
    lasting = Substitution.objects.filter(assignment__in=assignments, valid_to__gt=last)
    not_begun = [s for s in lasting if s.valid_from > last]
    cut = [s for s in lasting if s.valid_from <= last]
    for substitution in cut:
        substitution.valid_to = last
    bulk.remove(Substitution, not_begun)
    bulk.change(Substitution, cut, ["valid_to"])


def _validate(rows: Sequence[Spell]) -> None:
    """Check what a row tells by itself; what it refers to is held by the caller."""
    for row in rows:
        refuse_unseen(row)
        held = {f.name for f in row._meta.concrete_fields if f.is_relation}
        row.full_clean(exclude=held, validate_unique=False, validate_constraints=False)
