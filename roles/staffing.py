"""Assignments and a date → who holds what, and which gaps there are. Pure: asks no database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from roles.catalogue import BY_CODE, MANDATORY, OPERATIVE, Role

if TYPE_CHECKING:
    from roles.models import RoleAssignment

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Gap:
    """Days without a holder, both included; no end is for ever."""

    start: date
    end: date | None


def gaps(spells: Iterable[tuple[date, date | None]], start: date) -> list[Gap]:
    """Return the days from `start` for ever that no spell covers."""
    found: list[Gap] = []
    uncovered = start
    for begins, ends in sorted(spells, key=lambda s: s[0]):
        if ends is not None and ends < uncovered:
            continue
        if begins > uncovered:
            found.append(Gap(uncovered, begins - ONE_DAY))
        if ends is None:
            return found
        uncovered = ends + ONE_DAY
    return [*found, Gap(uncovered, None)]


def overlap(start: date, end: date | None, other: date, other_end: date | None) -> bool:
    """Whether two spells, last days included, have a day in common."""
    return (other_end is None or start <= other_end) and (end is None or other <= end)


@dataclass
class Post:
    """One role on one object: who held it, who holds it and who comes."""

    role: Role
    assignments: list["RoleAssignment"] = field(default_factory=list)
    day: date = date.min

    @property
    def current(self) -> list["RoleAssignment"]:
        """Return who holds the role on the day."""
        return [a for a in self.assignments if a.is_current(self.day)]

    @property
    def holder(self) -> "RoleAssignment | None":
        """Return the holder of a role that one holds."""
        return next(iter(self.current), None)

    @property
    def upcoming(self) -> list["RoleAssignment"]:
        """Return who has been appointed from a later day."""
        later = [a for a in self.assignments if a.valid_from > self.day]
        return sorted(later, key=lambda a: a.valid_from)

    @property
    def next(self) -> "RoleAssignment | None":
        """Return the first of those who come."""
        return next(iter(self.upcoming), None)

    @property
    def vacant_since(self) -> date | None:
        """Return the first day after the last holder, when nobody holds the role on the day."""
        ended = [a.valid_to for a in self.assignments if a.valid_to and a.valid_to < self.day]
        return max(ended) + ONE_DAY if ended and not self.current else None

    def gaps(self) -> list[Gap]:
        """Return the days from the day on without a holder."""
        return gaps([(a.valid_from, a.valid_to) for a in self.assignments], self.day)


class Staffing:
    """The posts of one object on a day."""

    def __init__(self, assignments: Iterable["RoleAssignment"], day: date) -> None:
        self.day = day
        self.posts = {code: Post(role, [], day) for code, role in BY_CODE.items()}
        for assignment in assignments:
            self.posts[assignment.role].assignments.append(assignment)

    @property
    def mandatory(self) -> list[Post]:
        """Return the five posts in the order of the catalogue."""
        return [self.posts[role.code] for role in MANDATORY]

    @property
    def operative(self) -> list[Post]:
        """Return the posts of operative roles that anybody holds or will hold."""
        posts = [self.posts[role.code] for role in OPERATIVE]
        return [post for post in posts if post.current or post.upcoming]

    def gaps(self) -> list[tuple[Role, Gap]]:
        """Return every gap in the mandatory roles from the day on."""
        return [(post.role, gap) for post in self.mandatory for gap in post.gaps()]
