"""What models of the register have in common: version and last change, and searchable names."""

from typing import Any

from django.conf import settings
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
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
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

    def permission_anchors(self) -> list[models.Model]:
        """Return the rows on which a grant counts for this one."""
        return []
