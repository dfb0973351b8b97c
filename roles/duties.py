"""What a person answers for: now, later and before, as far as the reader may know of it.

The same number of queries whatever a person holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from governance import access
from governance.models import Informationsmangd
from roles.catalogue import MANDATORY
from roles.models import Representant, RoleAssignment, Substitution, User

MANDATORY_CODES = {role.code for role in MANDATORY}


@dataclass(frozen=True)
class Duty:
    """One assignment with what is to come: who takes over, and who stands in."""

    assignment: RoleAssignment
    successor: RoleAssignment | None = None
    stand_ins: tuple[Substitution, ...] = ()
    first_of_object: bool = True


@dataclass
class Duties:
    """All that one person answers for."""

    current: list[Duty] = field(default_factory=list)
    coming: list[Duty] = field(default_factory=list)
    past: list[Duty] = field(default_factory=list)
    standing_in: list[Substitution] = field(default_factory=list)
    stood_in: list[Substitution] = field(default_factory=list)
    represents: list[Representant] = field(default_factory=list)
    information: list[Informationsmangd] = field(default_factory=list)

    @property
    def ended(self) -> int:
        """Return how many assignments and periods as substitute are over."""
        return len(self.past) + len(self.stood_in)

    @property
    def lasting(self) -> int:
        """Return how many assignments last today or are to begin."""
        return len(self.current) + len(self.coming)

    def __bool__(self) -> bool:
        return bool(self.current or self.coming or self.standing_in or self.represents)


def duties(person: User, seen_by: Any, day: date | None = None, *, past: bool = True) -> Duties:
    """Return what the person answers for, as `seen_by` may know of it; `past=False` leaves out the past."""
    day = day or timezone.localdate()
    assignments = list(_assignments(person, seen_by, None if past else day))
    stand_ins = list(_substitutions(person, seen_by, None if past else day))
    follow = _successors(assignments, day)
    lasting = [a for a in assignments if a.valid_to is None or a.valid_to >= day]
    information = Informationsmangd.objects.filter(informationsagare=person)
    represents = Representant.objects.filter(person=person).select_related("namnd")
    return Duties(
        current=_listed((a for a in lasting if a.valid_from <= day), follow),
        coming=_listed((a for a in lasting if a.valid_from > day), {}),
        past=_listed((a for a in assignments if a not in lasting), {}),
        standing_in=[s for s in stand_ins if s.valid_to and s.valid_to >= day],
        stood_in=[s for s in stand_ins if s.valid_to and s.valid_to < day],
        represents=list(represents.order_by("namnd__sort_key")),
        information=list(
            access.visible(seen_by, information.select_related("system__objekt")).order_by(
                "system__sort_key", "content", "pk"
            )
        ),
    )


def _assignments(person: User, seen_by: Any, from_day: date | None) -> QuerySet[RoleAssignment]:
    coming = Substitution.objects.filter(valid_to__gte=timezone.localdate())
    rows = access.visible(seen_by, RoleAssignment.objects.filter(person=person))
    if from_day:
        rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=from_day))
    return (
        rows.select_related("objekt", "system", "appointed_by")
        .prefetch_related(Prefetch("substitutions", coming.select_related("person")))
        .order_by("objekt__sort_key", "objekt", "valid_from", "pk")
    )


def _substitutions(person: User, seen_by: Any, from_day: date | None) -> QuerySet[Substitution]:
    rows = access.visible(seen_by, Substitution.objects.filter(person=person))
    if from_day:
        rows = rows.filter(valid_to__gte=from_day)
    return rows.select_related(
        "assignment__objekt", "assignment__person", "assignment__system"
    ).order_by("valid_from", "pk")


def _successors(
    assignments: Iterable[RoleAssignment], day: date
) -> dict[tuple[int, str], RoleAssignment]:
    """Return who takes over each mandatory role that is held, where somebody has been appointed."""
    held = {a.objekt_id: a for a in assignments if a.role in MANDATORY_CODES}
    later = RoleAssignment.objects.filter(
        objekt__in=held, valid_from__gt=day, role__in=MANDATORY_CODES
    ).select_related("person", "namnd")
    found: dict[tuple[int, str], RoleAssignment] = {}
    for assignment in later.order_by("-valid_from"):
        found[assignment.objekt_id, assignment.role] = assignment
    return found


def _listed(
    assignments: Iterable[RoleAssignment], follow: dict[tuple[int, str], RoleAssignment]
) -> list[Duty]:
    listed: list[Duty] = []
    before = None
    for assignment in assignments:
        successor = follow.get((assignment.objekt_id, assignment.role))
        same = before == assignment.objekt_id
        listed.append(Duty(assignment, successor, tuple(assignment.substitutions.all()), not same))
        before = assignment.objekt_id
    return listed
