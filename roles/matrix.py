"""Who may do what on an object: people across, mandates down. The catalogue and the staffing say it.

tests/roles/test_matrix.py proves that it equals the grants.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from governance.models import Informationssystem
from roles import who
from roles.catalogue import NAMND, ROLES, Mandate, Role
from roles.models import RoleAssignment, User
from roles.panel import Panel

# The document's order, which is also that of the role cards: down one side, then the other.
ORDER = sorted(ROLES, key=lambda role: role.clause)


@dataclass
class Column:
    """A person with mandates on the object today, and in which roles."""

    person: User
    url: str
    mine: bool
    titles: list[str] = field(default_factory=list)
    held: dict[str, dict[int, Informationssystem] | None] = field(default_factory=dict)
    """Role code → None for the whole object, or the named systems by id."""

    @property
    def css(self) -> str:
        """Return the classes of the column's heading."""
        return "p me-col" if self.mine else "p"

    @property
    def systems(self) -> str:
        """Return the systems that a role is limited to."""
        named = {pk: s for held in self.held.values() if held for pk, s in held.items()}
        return ", ".join(map(str, named.values()))

    def add(self, assignment: RoleAssignment, title: str) -> None:
        """Count one more role, on the whole object or on one system."""
        if title not in self.titles:
            self.titles.append(title)
        if assignment.system is None:
            self.held[assignment.role] = None
        elif (systems := self.held.setdefault(assignment.role, {})) is not None:
            systems[assignment.system.pk] = assignment.system

    def permissions(self, system: int | None = None) -> frozenset[str]:
        """Return the codenames held on the whole object, or on one named system alone."""
        roles = [
            role
            for role in ROLES
            if role.code in self.held and _covers(self.held[role.code], system)
        ]
        return frozenset().union(*(role.permissions for role in roles))


def _covers(systems: dict[int, Informationssystem] | None, system: int | None) -> bool:
    return systems is None if system is None else systems is not None and system in systems


@dataclass(frozen=True)
class Cell:
    """Whether one person holds one mandate, and on which systems where it is not the whole object."""

    column: Column
    may: bool
    systems: tuple[Informationssystem, ...] = ()

    @property
    def css(self) -> str:
        """Return the classes of the cell."""
        return " ".join(filter(None, ["" if self.may else "no", "me-col" * self.column.mine]))

    @property
    def names(self) -> str:
        """Return the named systems."""
        return ", ".join(map(str, self.systems))


@dataclass(frozen=True)
class Line:
    """One mandate and who holds it."""

    mandate: Mandate
    cells: list[Cell]

    @property
    def mine(self) -> bool:
        """Whether the reader holds it."""
        return any(cell.may and cell.column.mine for cell in self.cells)


@dataclass(frozen=True)
class Group:
    """The mandates of one role, under the document's heading; no lines while nobody holds it."""

    role: Role
    lines: list[Line]


@dataclass(frozen=True)
class Matrix:
    """The whole table; `has_mine` says whether the reader is in it."""

    columns: list[Column]
    groups: list[Group]

    @property
    def has_mine(self) -> bool:
        """Whether the reader has a column."""
        return any(column.mine for column in self.columns)

    @property
    def width(self) -> int:
        """Return the number of columns, that of the mandates included."""
        return len(self.columns) + 1


def columns(panel: Panel) -> list[Column]:
    """Return everybody with mandates today, in the order of the roles."""
    found: dict[int, Column] = {}
    for role in ORDER:
        for assignment in panel.post(role.code).current:
            for person in panel.acting(assignment):
                column = found.get(person.pk)
                if column is None:
                    mine = person.pk == getattr(panel.user, "pk", None)
                    column = found[person.pk] = Column(person, who.page(person), mine)
                column.add(assignment, _title(role, assignment, person))
    return list(found.values())


def _title(role: Role, assignment: RoleAssignment, person: User) -> str:
    name = _(role.name)
    if role.code == NAMND:
        return _("Företräder nämnden")
    if assignment.person_id != person.pk:
        return _("Ersättare, %(role)s") % {"role": who.inside_sentence(name)}
    return name


def matrix(panel: Panel, *, mine: bool = False) -> Matrix:
    """Return the table of mandates that mirror a permission; `mine` keeps the reader's own lines."""
    people = columns(panel)
    groups = []
    for role in ORDER:
        held = any(role.code in column.held for column in people)
        lines = [_line(role, m, people) for m in role.mandates if m.permission and held]
        kept = [line for line in lines if line.mine or not mine]
        if kept or (role.mandatory and not held and not mine):
            groups.append(Group(role, kept))
    return Matrix(people, groups)


def _line(role: Role, mandate: Mandate, people: list[Column]) -> Line:
    return Line(mandate, [_cell(role, column) for column in people])


def _cell(role: Role, column: Column) -> Cell:
    if role.code not in column.held:
        return Cell(column, False)
    systems: Any = column.held[role.code]
    return Cell(column, True, tuple(systems.values()) if systems else ())
