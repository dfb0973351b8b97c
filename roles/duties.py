"""What a person answers for: now, later and before, as far as the reader may know of it.

The same number of queries whatever a person holds, and no more than MOST rows of each kind: of
what is cut the number is told, and how to find the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Case, Count, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from governance import access
from governance.lists import prepared
from governance.lists.prepared import Question
from governance.models import Informationsmangd
from roles.catalogue import MANDATORY
from roles.models import Representant, RoleAssignment, Substitution, User

MOST = 100
"""Most assignments, periods as substitute and informationsmängder that are told one by one."""
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
    numbers: dict[str, int] = field(default_factory=dict)
    """How many there are of what was cut, by the name of the list."""

    @property
    def current_number(self) -> int:
        """Return how many assignments last today."""
        return self.numbers.get("current", len(self.current))

    @property
    def coming_number(self) -> int:
        """Return how many assignments are to begin."""
        return self.numbers.get("coming", len(self.coming))

    @property
    def information_number(self) -> int:
        """Return how many informationsmängder the person owns."""
        return self.numbers.get("information", len(self.information))

    @property
    def ended(self) -> int:
        """Return how many assignments and periods as substitute are over."""
        return self.numbers.get("past", len(self.past)) + len(self.stood_in)

    @property
    def lasting(self) -> int:
        """Return how many assignments last today or are to begin."""
        return self.current_number + self.coming_number

    def __bool__(self) -> bool:
        return bool(self.current or self.coming or self.standing_in or self.represents)


def duties(person: User, seen_by: Any, day: date | None = None, *, past: bool = True) -> Duties:
    """Return what the person answers for, as `seen_by` may know of it; `past=False` leaves out the past."""
    day = day or timezone.localdate()
    ask = partial(prepared.fetch, reader=seen_by, subject=person.pk)
    assignments = ask(_first_assignments, day, past)
    many = len(assignments) > MOST
    numbers = _numbers(_assignments(seen_by, person.pk, day, past), day) if many else {}
    assignments = assignments[:MOST]
    stand_ins = ask(_substitutions, None if past else day)
    follow = _successors(ask(_coming, day)) if assignments else {}
    lasting = [a for a in assignments if a.valid_to is None or a.valid_to >= day]
    information = ask(_first_information)
    if len(information) > MOST:
        numbers["information"] = _information(seen_by, person.pk).count()
    return Duties(
        current=_listed((a for a in lasting if a.valid_from <= day), follow),
        coming=_listed((a for a in lasting if a.valid_from > day), {}),
        past=_listed((a for a in assignments if a not in lasting), {}),
        standing_in=[s for s in stand_ins if s.valid_to and s.valid_to >= day],
        stood_in=[s for s in stand_ins if s.valid_to and s.valid_to < day],
        represents=ask(_represents),
        information=information[:MOST],
        numbers=numbers,
    )


def questions(person: User, day: date | None = None, *, past: bool = True) -> list[Question]:
    """Return what `duties` asks, for a page that asks whether there is anything before it asks what."""
    day = day or timezone.localdate()
    return [
        Question(_first_assignments, (day, past), person.pk),
        Question(_substitutions, (None if past else day,), person.pk),
        Question(_first_information, (), person.pk),
        Question(_represents, (), person.pk),
        Question(_coming, (day,), person.pk),
    ]


def _represents(_reader: Any) -> QuerySet[Representant]:
    rows = Representant.objects.filter(person=prepared.SUBJECT).select_related("namnd")
    return rows.order_by("namnd__sort_key")


def _information(reader: Any, person: int) -> QuerySet[Informationsmangd]:
    owned = access.visible(reader, Informationsmangd.objects.filter(informationsagare=person))
    return owned.select_related("system__objekt").order_by("system__sort_key", "content", "pk")


def _first_information(reader: Any) -> QuerySet[Informationsmangd]:
    return _information(reader, prepared.SUBJECT)[: MOST + 1]


def _assignments(reader: Any, person: int, day: date, past: bool) -> QuerySet[RoleAssignment]:
    """Return the assignments by object, what is over last: when some are cut, it is those."""
    coming = Substitution.objects.filter(valid_to__gte=timezone.localdate())
    rows = access.visible(reader, RoleAssignment.objects.filter(person=person))
    if not past:
        rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    over = Case(When(valid_to__lt=day, then=Value(1)), default=Value(0))
    return (
        rows.select_related("objekt", "system", "appointed_by")
        .prefetch_related(Prefetch("substitutions", coming.select_related("person")))
        .order_by(over, "objekt__sort_key", "objekt", "valid_from", "pk")
    )


def _first_assignments(reader: Any, day: date, past: bool) -> QuerySet[RoleAssignment]:
    return _assignments(reader, prepared.SUBJECT, day, past)[: MOST + 1]


def _numbers(rows: QuerySet[RoleAssignment], day: date) -> dict[str, int]:
    over = Q(valid_to__isnull=False, valid_to__lt=day)
    return rows.order_by().aggregate(
        current=Count("pk", filter=~over & Q(valid_from__lte=day)),
        coming=Count("pk", filter=~over & Q(valid_from__gt=day)),
        past=Count("pk", filter=over),
    )


def _substitutions(reader: Any, from_day: date | None) -> QuerySet[Substitution]:
    rows = access.visible(reader, Substitution.objects.filter(person=prepared.SUBJECT))
    if from_day:
        rows = rows.filter(valid_to__gte=from_day)
    return rows.select_related(
        "assignment__objekt", "assignment__person", "assignment__system"
    ).order_by("-valid_to", "valid_from", "pk")[:MOST]


def _coming(_reader: Any, day: date) -> QuerySet[RoleAssignment]:
    """Return who is appointed to a mandatory role on any of the person's objects from a later day."""
    of_person = RoleAssignment.objects.filter(person=prepared.SUBJECT).values("objekt")
    later = RoleAssignment.objects.filter(
        objekt__in=of_person, valid_from__gt=day, role__in=sorted(MANDATORY_CODES)
    )
    return later.select_related("person", "namnd").order_by("-valid_from")


def _successors(coming: Iterable[RoleAssignment]) -> dict[tuple[int, str], RoleAssignment]:
    """Return who takes over each role first, by object and role."""
    return {(assignment.objekt_id, assignment.role): assignment for assignment in coming}


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
