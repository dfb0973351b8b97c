"""What models of the register have in common: version and last change, and searchable names."""

from collections.abc import Collection, Sequence
from functools import reduce
from operator import and_
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models import F, Value
from django.db.models.expressions import Expression
from django.db.models.functions import Cast, Coalesce, Concat, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance import gestures
from governance.models.querysets import TrackedManager

# Both cases, so that the result does not depend on what the server's lower() does with them.
FOLD_FROM = "ÅÄÖÆØÉÈÊËÁÀÂÃÇÍÌÎÏÑÓÒÔÕÚÙÛÜÝåäöæøéèêëáàâãçíìîïñóòôõúùûüýÿ"
FOLD_TO = "aaoaoeeeeaaaaciiiinoooouuuuyaaoaoeeeeaaaaciiiinoooouuuuyy"
FOLDED = str.maketrans(FOLD_FROM, FOLD_TO)
SORT_FROM = "ÅÄÖÆØåäöæøÉÈÊËÜéèêëü"
SORT_TO = "{|}|}{|}|}eeeeyeeeey"
UPPER_SWEDISH, LOWER_SWEDISH = "ÅÄÖÉÜÆØ", "åäöéüæø"


class Translate(models.Func):
    """PostgreSQL's translate(text, from, to)."""

    function = "TRANSLATE"

    def __init__(self, text: Any, source: str, target: str, **extra: Any) -> None:
        field = models.TextField()
        super().__init__(
            text, Value(source, field), Value(target, field), output_field=field, **extra
        )


def lowered(text: Any) -> Expression:
    """Lower case, Swedish letters included, whatever the server's locale."""
    return Translate(Lower(text), UPPER_SWEDISH, LOWER_SWEDISH)


def folded(text: Any) -> Expression:
    """Lower case with å, ä, ö and accents folded to plain letters: what a hurried person types."""
    return Translate(Lower(text), FOLD_FROM, FOLD_TO)


def sort_key(text: Any) -> Expression:
    """A key that sorts a … z å ä ö by bytes, case-insensitively."""
    return Translate(Lower(text), SORT_FROM, SORT_TO)


def fold(text: str) -> str:
    """Fold a Python string exactly as the database folds its search column."""
    return text.translate(FOLDED).lower()


def joined(*fields: str) -> Expression:
    """The fields as one text, separated by line feeds; NULL counts as empty."""
    text = models.TextField()
    parts: list[Expression] = []
    for name in fields:
        parts += [
            Value("\n", output_field=text),
            Coalesce(Cast(F(name), text), Value("", output_field=text), output_field=text),
        ]
    return parts[1] if len(parts) == 2 else Concat(*parts[1:], output_field=text)


def search_columns(name: str, *others: str) -> dict[str, models.GeneratedField]:
    """Return the generated columns of a searchable model: search_text, search_fold and sort_key."""
    text = joined(name, *others)

    def column(expression: Expression, **kwargs: Any) -> models.GeneratedField:
        field = models.TextField(**kwargs)
        return models.GeneratedField(expression=expression, output_field=field, db_persist=True)

    return {
        "search_text": column(lowered(text)),
        "search_fold": column(folded(text)),
        "sort_key": column(sort_key(F(name)), db_collation="C"),
    }


def is_condition(constraint: Any) -> bool:
    """Whether a constraint is about one row alone."""
    return isinstance(constraint, models.CheckConstraint)


class Tracked(models.Model):
    """A model of the register: version for the optimistic lock, and its last change for lists."""

    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(_("senast ändrat"), default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ändrat av"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    # Names of the paths to the systems that a row reveals: it is visible when all of them are.
    visible_through: tuple[str, ...] = ()

    objects = TrackedManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in the open gesture; NoGesture before anything is written when there is none."""
        if not getattr(self, "skip_history_when_saving", False):
            gestures.current()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete in the open gesture; NoGesture before anything is written when there is none."""
        gestures.current()
        return super().delete(*args, **kwargs)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Check what a row must fulfil by itself in one query; each on its own only when one fails."""
        self._fulfilled = self._fulfils_conditions(exclude)
        try:
            super().validate_constraints(exclude)
        finally:
            self._fulfilled = False

    def get_constraints(self) -> list[tuple[type[models.Model], Sequence[models.BaseConstraint]]]:
        """Return the constraints that are still to be checked, by model."""
        found = super().get_constraints()
        if not getattr(self, "_fulfilled", False):
            return found
        return [(of, [c for c in several if not is_condition(c)]) for of, several in found]

    def _fulfils_conditions(self, exclude: Collection[str] | None) -> bool:
        """Whether the row is known to fulfil every condition; not, where one is about what is excluded."""
        every: Any = super().get_constraints()
        conditions = [c.condition for _of, several in every for c in several if is_condition(c)]
        if len(conditions) < 2:
            return False
        values = self._get_field_expression_map(meta=self._meta, exclude=exclude)  # type: ignore[attr-defined]
        try:
            return bool(reduce(and_, conditions).check(values))
        except FieldError:
            return False

    def permission_anchors(self) -> list[models.Model]:
        """Return the rows on which a grant counts for this one."""
        return []
