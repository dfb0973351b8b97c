"""The state of a plan in the making: the register as it will be, and what was noted on the way."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, GeneratedField, JSONField
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.cleaning import fold
from exchange.importing.plan import Change, Consequence, Fate, Line
from exchange.importing.register import Named, Register
from exchange.importing.work import Work
from exchange.mapping import SUBJECTS, Entry, Mapping
from exchange.problems import Notes, Problem, Severity
from governance.models import Forvaltningsobjekt, Informationssystem
from governance.models.base import Tracked
from roles.models import RoleAssignment, User

Spot = tuple[str, int | None, str]


@dataclass
class Draft:
    """What planning works on. Nothing here asks the database."""

    actor: User | None
    register: Register
    notes: Notes = field(default_factory=Notes)
    work: Work = field(default_factory=Work)
    lines: list[Line] = field(default_factory=list)
    consequences: list[Consequence] = field(default_factory=list)
    today: date = field(default_factory=timezone.localdate)
    objects: Named = field(default_factory=Named)
    systems: Named = field(default_factory=Named)
    aliases: Named = field(default_factory=Named)
    namnder: Named = field(default_factory=Named)
    # By what a person reads: (object, role code) → assignments; objects without ids have identities.
    posts: dict[tuple[int, str], list[RoleAssignment]] = field(default_factory=dict)
    sources: dict[int, Line] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.objects = Named(self.register.objects.values())
        self.namnder = Named(self.register.namnder.values())
        self.systems = Named(self.register.systems.values())
        for system in self.register.systems.values():
            for other in system.other_name_list():
                if fold(other) != fold(system.name):
                    self.aliases.put(system, other)
        for assignment in self.register.assignments:
            self.post(assignment.objekt, assignment.role).append(assignment)

    def post(self, objekt: Forvaltningsobjekt, role: str) -> list[RoleAssignment]:
        """Return who holds, held and will hold a role on an object, planned appointments included."""
        return self.posts.setdefault((id(objekt), role), [])

    def line(self, entry: Entry, name: str, fate: Fate, note: str = "") -> Line:
        """Note the fate of a row."""
        line = Line(entry.sheet, entry.row, name, fate, note=note)
        self.lines.append(line)
        return line

    def take_problems(self, entry: Entry) -> bool:
        """Note what is wrong with a row; return whether any of it must be mended."""
        for problem in entry.problems:
            self.note(problem)
        return any(p.severity is Severity.ERROR for p in entry.problems)

    def note(self, problem: Problem) -> None:
        """Note a problem, an error or a warning."""
        say = self.notes.error if problem.severity is Severity.ERROR else self.notes.warn
        say(problem.sheet, problem.row, problem.column, problem.sentence)

    def new_object(self, name: str, note: str = "", **fields: Any) -> Forvaltningsobjekt:
        """Plan a new object, an utkast."""
        objekt = Forvaltningsobjekt(name=name, status_since=self.today, **fields)
        self.work.add(objekt)
        self.objects.put(objekt)
        return objekt

    def new_assignment(self, assignment: RoleAssignment) -> None:
        """Plan an appointment."""
        self.work.add(assignment)
        self.post(assignment.objekt, assignment.role).append(assignment)

    def systems_named(self, name: str) -> list[Informationssystem]:
        """Return the systems of that name, else those that go by it as another name."""
        return self.systems.all(name) or self.aliases.all(name)

    def systems_of(self, objekt: Forvaltningsobjekt) -> list[Informationssystem]:
        """Return the systems that the object will have; asked when all systems are planned."""
        return self._systems_by_object.get(id(objekt), [])

    @cached_property
    def _systems_by_object(self) -> dict[int, list[Informationssystem]]:
        new: Iterable[Informationssystem] = self.work.new.get(Informationssystem, [])
        found = defaultdict(list)
        for system in (*self.register.systems.values(), *new):
            found[id(system.objekt)].append(system)
        return found

    @cached_property
    def named_assignments(self) -> dict[int, list[RoleAssignment]]:
        """Return the register's assignments on named systems, by the system's id."""
        found = defaultdict(list)
        for assignment in self.register.assignments:
            if assignment.system_id:
                found[assignment.system_id].append(assignment)
        return found


@dataclass(frozen=True)
class Reading:
    """A sheet's mapping, asked the other way round: which heading a field has."""

    mapping: Mapping
    headings: dict[str, str]

    @classmethod
    def of(cls, mapping: Mapping) -> "Reading":
        """Return the mapping with the heading of each field."""
        return cls(mapping, {code: heading for heading, code in mapping.columns.items()})

    def heading(self, code: str) -> str:
        """Return the heading of a field in the sheet, else the field's own name."""
        return self.headings.get(code) or _(SUBJECTS[self.mapping.subject].by_code[code].label)

    def label(self, code: str) -> str:
        """Return the field's own name."""
        return _(SUBJECTS[self.mapping.subject].by_code[code].label)

    def spot(self, entry: Entry, code: str) -> Spot:
        """Return where the field stands in the row."""
        return entry.sheet, entry.row, self.heading(code)


def shown(value: Any, most: int = 200) -> str:
    """Return a text as the preview shows it."""
    text = str(value)
    return text if len(text) <= most else text[: most - 1] + "…"


def change(label: str, old: Any, new: Any) -> Change:
    """Return a change in words."""
    return Change(label, shown(old), shown(new))


def field_errors(row: Tracked) -> dict[str, list[str]]:
    """Return what the model's own fields refuse, by field; asks no database.

    Foreign keys are the planner's own instances, and what must be unique is matched by it.
    """
    skipped = {
        f.name for f in row._meta.fields if isinstance(f, (ForeignKey, GeneratedField, JSONField))
    }
    try:
        row.clean_fields(exclude=skipped | {"password"})
    except ValidationError as error:
        return {name: list(messages) for name, messages in error.message_dict.items()}
    return {}
