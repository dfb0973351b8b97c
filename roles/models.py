"""Who answers for what: people, assignments of roles, substitutes, representatives, and the grants."""

from typing import Any, ClassVar, cast

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from governance.gestures import gesture
from governance.models import Forvaltningsobjekt, GestureRow, Informationssystem, Namnd
from governance.models.base import Tracked, search_columns
from governance.models.gesture import tracked
from governance.models.querysets import TrackedQuerySet
from roles.catalogue import BY_CODE, MANDATORY, NAMND

ROLE_CHOICES = [(role.code, _(role.name)) for role in BY_CODE.values()]
MANDATORY_CODES = [role.code for role in MANDATORY]
NO_RECORD = frozenset({"password", "last_login"})


class UserManager(DjangoUserManager.from_queryset(TrackedQuerySet)):  # type: ignore[misc]
    """Creates people; from the console RegIT itself is the actor."""

    def create_superuser(self, username: str, *args: Any, **kwargs: Any) -> "User":
        """Create the first Administratör of an installation."""
        with gesture(None, "install"):
            return cast("User", super().create_superuser(username, *args, **kwargs))


class User(Tracked, AbstractUser):
    """A person who can hold roles. Without a usable password the account cannot log in yet."""

    unit = models.CharField(_("enhet"), max_length=200, blank=True)
    title = models.CharField(_("titel"), max_length=200, blank=True)
    phone = models.CharField(_("telefon"), max_length=50, blank=True)
    search_text, search_fold, sort_key = search_columns(
        "last_name", "first_name", "last_name", "username", "email", "unit"
    ).values()
    history = tracked(
        excluded_fields=["password", "last_login"], m2m_fields=["groups"], m2m_bases=(GestureRow,)
    )

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        ordering: ClassVar = ["sort_key", "first_name", "id"]
        indexes: ClassVar = [
            GinIndex(OpClass(F("search_fold"), "gin_trgm_ops"), name="user_search_fold")
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_absolute_url(self) -> str:
        """Return the address of the person's page."""
        return reverse("roles:person_detail", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a password or a login is no change of the register and leaves no history row."""
        if kwargs.get("update_fields") and NO_RECORD.issuperset(kwargs["update_fields"]):
            self.skip_history_when_saving = True
            try:
                super().save(*args, **kwargs)
            finally:
                del self.skip_history_when_saving
        else:
            super().save(*args, **kwargs)


class Representant(Tracked):
    """A person who may act for a nämnd (clause 6.1)."""

    namnd = models.ForeignKey(
        Namnd, verbose_name=_("nämnd"), on_delete=models.PROTECT, related_name="representanter"
    )
    person = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.PROTECT, related_name="represents"
    )
    history = tracked()

    class Meta:
        verbose_name = _("företrädare")
        verbose_name_plural = _("företrädare")
        ordering: ClassVar = ["person__sort_key", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["namnd", "person"],
                name="representant_once",
                violation_error_message=_("Personen företräder redan nämnden."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.namnd}"


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

    valid_from = models.DateField(_("från och med"))
    valid_to = models.DateField(_("till och med"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse an end before the start: a range the wrong way round is an error in PostgreSQL."""
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": ENDS_AFTER_START})

    def is_current(self, day: Any = None) -> bool:
        """Whether it lasts on the day (today)."""
        day = day or timezone.localdate()
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


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
            models.Index(fields=["objekt", "role", "valid_from"], name="assignment_objekt_role"),
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
                    ("objekt", RangeOperators.EQUAL),
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
                    ("objekt", RangeOperators.EQUAL),
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


class ObjektGrant(UserObjectPermissionBase):
    """What a person may do on an object today. Written by roles/grants.py alone."""

    content_object = models.ForeignKey(
        Forvaltningsobjekt, on_delete=models.CASCADE, related_name="grants"
    )

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = _("behörighet")
        verbose_name_plural = _("behörigheter")


class SystemGrant(UserObjectPermissionBase):
    """What a person may do on a named system today. Written by roles/grants.py alone."""

    content_object = models.ForeignKey(
        Informationssystem, on_delete=models.CASCADE, related_name="grants"
    )

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = _("behörighet")
        verbose_name_plural = _("behörigheter")


class GrantDay(models.Model):
    """The day up to which the calendar's changes have reached the grants; one row."""

    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.day}"
