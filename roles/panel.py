"""Who answers for an object today, as plain data for pages: three queries an object, whatever its size.

What is read here has passed access.visible: an assignment on a hidden system is not there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from governance import access
from governance.lists import prepared
from governance.models import Forvaltningsobjekt
from roles import rules
from roles.catalogue import MANDATORY, Role
from roles.models import Representant, RoleAssignment, Substitution, User
from roles.staffing import Post, Staffing


@dataclass
class Panel:
    """The staffing of one object on a day, as one person may see it, and what that person may do."""

    objekt: Forvaltningsobjekt
    staffing: Staffing
    user: Any
    permissions: frozenset[str] = frozenset()
    day: date = field(default_factory=timezone.localdate)

    def post(self, code: str) -> Post:
        """Return one role of the object."""
        return self.staffing.posts[code]

    def may_appoint(self, role: Role) -> bool:
        """Whether the person may appoint to the role; nobody is appointed to what is wound up."""
        return role.appointed_with in self.permissions and self.is_open

    @property
    def is_open(self) -> bool:
        """Whether the object is not wound up."""
        return self.objekt.status != Forvaltningsobjekt.Status.AVVECKLAT

    def substitution(self, assignment: RoleAssignment) -> Substitution | None:
        """Return who stands in today, or who will first."""
        coming = [s for s in assignment.substitutions.all() if (s.valid_to or self.day) >= self.day]
        return min(coming, key=lambda s: s.valid_from, default=None)

    def representatives(self, assignment: RoleAssignment) -> list[User]:
        """Return the people who act for the nämnd that holds the role."""
        if assignment.namnd is None:
            return []
        return [r.person for r in assignment.namnd.representanter.all()]

    def acting(self, assignment: RoleAssignment) -> list[User]:
        """Return everybody with the mandates of the assignment today, those who have left not counted.

        The holder, or the nämnd's representatives, and the substitute while the period lasts.
        """
        people = [assignment.person] if assignment.person else self.representatives(assignment)
        people += [s.person for s in assignment.substitutions.all() if s.is_current(self.day)]
        return [person for person in people if person.is_active]


def _assignments(user: access.Person, day: date) -> QuerySet[Any]:
    substitutions = Substitution.objects.filter(valid_to__gte=day).select_related("person")
    representatives = Representant.objects.select_related("person").order_by("person__sort_key")
    fetched: list[Any] = [
        Prefetch("substitutions", substitutions),
        Prefetch("namnd__representanter", representatives),
    ]
    return (
        access.visible(user, RoleAssignment.objects.filter(prepared.among_ids("objekt")))
        .select_related("person", "namnd", "system", "appointed_by")
        .prefetch_related(*fetched)
        .order_by("valid_from", "id")
    )


def load(
    user: access.Person,
    objects: Iterable[Forvaltningsobjekt],
    day: date | None = None,
    permissions: dict[int, frozenset[str]] | None = None,
) -> dict[int, Panel]:
    """Return the panel of each object by its id: as many queries for fifty as for one.

    `permissions` is what the person may do on each object, where that has been asked already.
    """
    objects = list(objects)
    day = day or timezone.localdate()
    held: dict[int, list[RoleAssignment]] = {objekt.pk: [] for objekt in objects}
    for assignment in prepared.fetch(_assignments, day, reader=user, ids=list(held)):
        held[assignment.objekt_id].append(assignment)
    if permissions is None:
        permissions = access.permissions_on(user, objects) if user is not None else {}
    return {
        objekt.pk: Panel(
            objekt,
            Staffing(held[objekt.pk], day),
            user,
            permissions.get(objekt.pk, frozenset()),
            day,
        )
        for objekt in objects
    }


Held = dict[str, RoleAssignment]


def holders(
    things: Sequence[Any], day: date | None = None, roles: tuple[str, ...] = ()
) -> list[tuple[Any, Held]]:
    """Pair each object, or system, with who holds its object's roles: one query for a page.

    The five mandatory roles, where no others are asked for. `held["forvaltningsledare"].person` and
    `held["namnd"].namnd`; a vacant role is not in it.
    """
    pks = {_objekt_pk(thing) for thing in things}
    found: dict[int, Held] = {pk: {} for pk in pks}
    day = day or timezone.localdate()
    for assignment in prepared.fetch(_holders, day, roles, reader=None, ids=pks):
        found[assignment.objekt_id][assignment.role] = assignment
    return [(thing, found[_objekt_pk(thing)]) for thing in things]


def _holders(_reader: access.Person, day: date, roles: tuple[str, ...]) -> QuerySet[Any]:
    asked = roles or [role.code for role in MANDATORY]
    held = RoleAssignment.objects.filter(prepared.among_ids("objekt"), role__in=asked)
    return held.filter(rules.on(day)).select_related("person", "namnd")


def _objekt_pk(thing: Any) -> int:
    return int(thing.pk if isinstance(thing, Forvaltningsobjekt) else thing.objekt_id)
