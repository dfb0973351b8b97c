"""What the database refuses, in words: a constraint's own sentence, or that it was busy just now."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, OperationalError, models
from django.utils.translation import gettext as _

T = TypeVar("T")

RAISED = "23000"  # a trigger's RAISE, which brings its own sentence
CROSSED = ("40P01", "40001")  # two waited for each other: done once more, it goes through
BUSY = (*CROSSED, "57014", "55P03")  # or waited for too long


class Busy(ValidationError):
    """The database was there, but too busy with others; nothing is saved, and nothing was wrong."""

    def __init__(self) -> None:
        super().__init__(
            _("Flera arbetade med samma uppgifter samtidigt, och inget sparades. Försök igen.")
        )


def sentence_of(model: type[models.Model], name: str) -> str:
    """Return what a constraint of the model says when it is broken; nothing for another name."""
    error = _error_of(model, name)
    return " ".join(error.messages) if error else ""


def refusal(error: IntegrityError) -> ValidationError | None:
    """Return what the database refused, as `full_clean` would have said it; None without words."""
    about = getattr(error.__cause__, "diag", None)
    if about is None:
        return None
    if about.sqlstate == RAISED:
        return ValidationError({NON_FIELD_ERRORS: [str(about.message_primary)]})
    every = (model for model in apps.get_models() if model._meta.db_table == about.table_name)
    model = next(every, None)
    return _error_of(model, about.constraint_name or "") if model else None


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what a constraint or a trigger refuses in the block into a ValidationError.

    What has no sentence is a fault and goes on as it is. The transaction is broken by then: the
    action's own block takes all of it back.
    """
    try:
        yield
    except IntegrityError as error:
        said = refusal(error)
        if said is None:
            raise
        raise said from error


def _error_of(model: type[models.Model], name: str) -> ValidationError | None:
    """Return the error by field of a constraint, or of a column that is unique."""
    for constraint in model._meta.constraints:
        if constraint.name == name:
            return _at_fields(NON_FIELD_ERRORS, _said(model, constraint))
    for field in model._meta.local_concrete_fields:
        if field.unique and name == f"{model._meta.db_table}_{field.column}_key":
            return _at_fields(field.name, model().unique_error_message(model, (field.name,)))
    return None


def _said(model: type[models.Model], constraint: models.BaseConstraint) -> ValidationError | None:
    if constraint.violation_error_message != constraint.default_violation_error_message:
        return ValidationError(str(constraint.violation_error_message))
    if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
        return model().unique_error_message(model, constraint.fields)
    return None


def _at_fields(name: str, error: Any) -> ValidationError | None:
    return ValidationError({name: error.messages}) if error else None


def is_busy(fault: BaseException | None) -> bool:
    """Whether a fault means that the database answers, but was too busy with others for this."""
    return isinstance(fault, OperationalError) and _state(fault) in BUSY


def patiently(work: Callable[[], T]) -> T:
    """Do a whole transaction, and once more where it and another waited for each other.

    Raises Busy when it still does not go through. Whatever of it is left in memory from the first
    time must not matter to the second.
    """
    try:
        try:
            return work()
        except OperationalError as fault:
            if _state(fault) not in CROSSED:
                raise
        return work()
    except OperationalError as fault:
        if is_busy(fault):
            raise Busy from fault
        raise


def _state(fault: BaseException) -> str:
    return getattr(fault.__cause__, "sqlstate", None) or ""
