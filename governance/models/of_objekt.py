"""What the steering of an object is made of: rows of an object, its two sides, money."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Func, Q, Value
from django.utils.translation import gettext_lazy as _

from governance.models.base import Tracked
from governance.models.forvaltningsobjekt import Forvaltningsobjekt
from governance.steering.money import Kronor

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Sida(models.TextChoices):
    """The two sides of an object: its verksamhet and its IT (chapter 6 of the document)."""

    VERKSAMHET = "verksamhet", _("Verksamhet")
    IT = "it", _("IT")


class OfObjekt(Tracked):
    """A row about one object: grants on the object count for it."""

    objekt = models.ForeignKey(
        Forvaltningsobjekt,
        verbose_name=_("förvaltningsobjekt"),
        on_delete=models.PROTECT,
        related_name="%(class)s",
        editable=False,
    )

    class Meta:
        abstract = True

    def permission_anchors(self) -> list[models.Model]:
        """Return the object."""
        return [self.objekt]


def side() -> models.CharField:
    """Which side something belongs to."""
    return models.CharField(_("sida"), max_length=10, choices=Sida.choices)


def kronor(label: "StrOrPromise", **options: Any) -> Kronor:
    """An amount in Swedish kronor, öre included, never negative."""
    return Kronor(
        label, max_digits=14, decimal_places=2, validators=[MinValueValidator(0)], **options
    )


def person(label: "StrOrPromise", **options: Any) -> models.ForeignKey:
    """Who did it: set by the actions, never typed."""
    options = {"null": True, "blank": True, "editable": False, **options}
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        on_delete=models.PROTECT,
        related_name="+",
        **options,
    )


def period(first: str, last: str) -> Func:
    """The days from first to last, both included, as PostgreSQL's daterange."""
    return Func(first, last, Value("[]"), function="daterange", output_field=DateRangeField())


def known(name: str, field: str, values: list[str]) -> models.CheckConstraint:
    """Hold in the database that a field has one of its choices."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


def in_order(name: str, first: str, last: str) -> models.CheckConstraint:
    """Hold that the last day is not before the first."""
    return models.CheckConstraint(
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": models.F(first)}),
        name=name,
        violation_error_message=_("Sista dagen ligger före den första."),
    )


def not_negative(name: str, field: str) -> models.CheckConstraint:
    """Hold in the database that an amount is not negative."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0}),
        name=f"{name}_not_negative",
    )
