"""Who has which role on which object, from when, until when, and who stands in."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ExpressionWrapper, F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.days import DayField
from governance.models import Forvaltningsobjekt, Informationssystem, Namnd
from governance.models.base import Tracked
from governance.models.gesture import tracked
from roles.catalogue import BY_CODE, MANDATORY, NAMND
from roles.models.people import User

ROLE_CHOICES = [(role.code, _(role.name)) for role in BY_CODE.values()]
MANDATORY_CODES = [role.code for role in MANDATORY]


def validity() -> Func:
    """The days from valid_from to valid_to, both included; no valid_to is open."""
    return Func(
        F("valid_from"),
        F("valid_to"),
        Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    )


ENDS_AFTER_START = _("Sista dagen ligger före första dagen. Välj ett senare slutdatum.")


class Spell(Tracked):
    """Something that lasts from a first to a last day, both included."""

    valid_from = DayField(_("från och med"))
    valid_to = DayField(_("till och med"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse an end before the start, which is an error in PostgreSQL."""
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": ENDS_AFTER_START})

    def is_current(self, day: Any = None) -> bool:
        """Whether it lasts on the day (today)."""
        day = day or timezone.localdate()
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def objekt_apart() -> ExpressionWrapper:
    """Return the object's id as something that only a constraint's own index is found by.

    PostgreSQL thinks that such an index (GiST) finds an object's roles as cheaply as a usual one;
    it takes four times as long.
    """
    return ExpressionWrapper(F("objekt") + 0, output_field=models.BigIntegerField())


class RoleAssignment(Spell):
    """A role on an object, held by a person, or by the Namnd for the role namnd (clause 6.2.d)."""

    objekt = models.ForeignKey(
        Forvaltningsobjekt,
        verbose_name=_("förvaltningsobjekt"),
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    role = models.CharField(_("roll"), max_length=25, choices=ROLE_CHOICES)
    person = models.ForeignKey(
        User,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    namnd = models.ForeignKey(
        Namnd,
        verbose_name=_("nämnd"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assignments",
        db_index=False,
    )
    system = models.ForeignKey(
        Informationssystem,
        verbose_name=_("gäller bara systemet"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assignments",
        help_text=_("Operativa roller kan gälla utpekade system; tomt är hela objektet."),
    )
    decision_reference = models.CharField(
        _("beslut"),
        max_length=100,
        blank=True,
        help_text=_("Diarienummer, till exempel UN 2026/118."),
    )
    appointed_by = models.ForeignKey(
        User,
        verbose_name=_("utsedd av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    on_behalf_of = models.CharField(
        _("på uppdrag av"),
        max_length=200,
        blank=True,
        help_text=_("Den som överlåtit ägarskapet eller i vars ställe du utser (avsnitt 4)."),
    )
    consulted_resursagare = models.CharField(
        _("rådfrågad resursägare"),
        max_length=200,
        blank=True,
        help_text=_("Operativa roller bemannas i samråd med resursägaren (avsnitt 6.3)."),
    )
    history = tracked()

    visible_through = ("system",)

    class Meta:
        verbose_name = _("uppdrag")
        verbose_name_plural = _("uppdrag")
        ordering: ClassVar = ["objekt", "valid_from", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["objekt", "role", "valid_from"],
                include=["valid_to", "person"],
                name="assignment_objekt_role",
            ),
            # What a nämnd owns. The only index of the nämnd: beside one of the nämnd alone
            # PostgreSQL reads every nämnd's rows, in the belief that both leave few.
            models.Index(fields=["namnd", "role", "objekt"], name="assignment_owned"),
            models.Index(fields=["valid_from"], name="assignment_from"),
            models.Index(fields=["valid_to"], name="assignment_to"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role__in=list(BY_CODE)), name="assignment_role_known"
            ),
            models.CheckConstraint(
                condition=Q(role=NAMND, namnd__isnull=False, person__isnull=True)
                | ~Q(role=NAMND) & Q(namnd__isnull=True, person__isnull=False),
                name="assignment_one_holder",
                violation_error_message=_(
                    "Juridisk systemägare är en nämnd eller styrelse; de andra rollerna innehas av en person."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="assignment_ends_after_start",
                violation_error_message=ENDS_AFTER_START,
            ),
            models.CheckConstraint(
                condition=Q(system__isnull=True) | ~Q(role__in=MANDATORY_CODES),
                name="assignment_system_only_operative",
                violation_error_message=_("En obligatorisk roll gäller alltid hela objektet."),
            ),
            ExclusionConstraint(
                name="assignment_single_holder",
                expressions=[
                    (objekt_apart(), RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=MANDATORY_CODES),
                violation_error_message=_(
                    "Rollen har redan en innehavare de dagarna. Lämna över den i stället för att utse en till."
                ),
            ),
            ExclusionConstraint(
                name="assignment_no_double",
                expressions=[
                    (objekt_apart(), RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (Coalesce("system", Value(0)), RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                condition=~Q(role__in=MANDATORY_CODES),
                violation_error_message=_("Personen har redan den rollen de dagarna."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.holder}"

    @property
    def holder(self) -> "User | Namnd":
        """Return the person or the nämnd."""
        return self.person or self.namnd  # type: ignore[return-value]

    def permission_anchors(self) -> list[models.Model]:
        """Return the object: staffing is a matter of the whole object."""
        return [self.objekt]


class Substitution(Spell):
    """A ställföreträdare for the holder of a role, for a period, with the same rights meanwhile."""

    assignment = models.ForeignKey(
        RoleAssignment,
        verbose_name=_("uppdrag"),
        on_delete=models.PROTECT,
        related_name="substitutions",
    )
    person = models.ForeignKey(
        User, verbose_name=_("ersättare"), on_delete=models.PROTECT, related_name="substitutions"
    )
    history = tracked()

    visible_through = ("assignment__system",)

    class Meta:
        verbose_name = _("ersättare")
        verbose_name_plural = _("ersättare")
        ordering: ClassVar = ["valid_from", "id"]
        indexes: ClassVar = [
            models.Index(fields=["valid_from"], name="substitution_from"),
            models.Index(fields=["valid_to"], name="substitution_to"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=False, valid_to__gte=F("valid_from")),
                name="substitution_is_a_period",
                violation_error_message=_(
                    "Ange en period: sista dagen kan inte ligga före den första."
                ),
            ),
            ExclusionConstraint(
                name="substitution_one_at_a_time",
                expressions=[
                    ("assignment", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Det finns redan en ersättare de dagarna."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"

    def permission_anchors(self) -> list[models.Model]:
        """Return the object of the role."""
        return [self.assignment.objekt]
