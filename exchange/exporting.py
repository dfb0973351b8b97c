"""The register as tables with the sheets and columns of `exchange/mapping`: it imports again as it is.

What a person may not know of is left out (`access.visible`). Rows are fetched as they are written,
a chunk at a time: memory is the same however many there are. Beside the queries of a sheet there is
one for each chunk of objects or systems: who answers for those.

The whole register is five sheets; a list's export is the rows of the list. Objects and systems
name those who hold the mandatory roles today; the sheet Roller has every assignment, past and
coming ones too, with its days and decision.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.mapping import SUBJECTS, Field, Kind, Subject, other_heading
from exchange.people import account_text
from exchange.reading.book import Value as Cell
from exchange.writing import Table
from governance.access import Person, visible
from governance.lists.columns import Column as Shown
from governance.models import Forvaltningsobjekt, Informationsmangd, Informationssystem, Samband
from roles.catalogue import MANDATORY, ROLES
from roles.models import RoleAssignment
from roles.rules import on

CHUNK = 2000
OTHERS = "ovriga_uppgifter"
HELD = frozenset(role.code for role in MANDATORY)
# What a sheet may say of a system that the register keeps elsewhere: with the övriga uppgifter.
NOT_STORED = frozenset({"organisation"})
# Where the value of a field is, when it is no column of the row's own table.
PATHS = {
    ("system", "objekt"): "objekt__name",
    ("system", "informationen_ags_av"): "informationen_ags_av__name",
    ("system", "leverantor"): "leverantor__name",
    ("system", "leverantor_organisationsnummer"): "leverantor__organisationsnummer",
    ("roller", "objekt"): "objekt__name",
    ("roller", "systems"): "system__name",
    ("samband", "source"): "source__name",
    ("samband", "source_objekt"): "source__objekt__name",
    ("samband", "target"): "target__name",
    ("samband", "target_objekt"): "target__objekt__name",
    ("informationsmangder", "system"): "system__name",
    ("informationsmangder", "objekt"): "system__objekt__name",
}
NAMES = ("first_name", "last_name", "username")

Rows = QuerySet[Any]
Record = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A column: its heading, what it needs of the database, and a record's cell."""

    heading: str
    paths: tuple[str, ...]
    cell: Callable[[Record], Cell]


def register_tables(user: Person) -> list[Table]:
    """Return the whole register as this person may see it; None is RegIT itself and sees all."""
    return [
        objekt_table(Forvaltningsobjekt.objects.all()),
        system_table(visible(user, Informationssystem.objects.all())),
        _roller(visible(user, RoleAssignment.objects.all())),
        _samband(visible(user, Samband.objects.all())),
        _informationsmangder(visible(user, Informationsmangd.objects.all())),
    ]


def objekt_table(objects: Rows) -> Table:
    """Return these objects, each with the nämnd that owns it today."""
    return _table("objekt", objects, holders=Holders("pk", objects.db))


def objekt_tables(user: Person, objects: Rows) -> list[Table]:
    """Return these objects, and every assignment on them that the person may know of."""
    assignments = RoleAssignment.objects.using(objects.db).filter(objekt__in=_ids(objects))
    return [objekt_table(objects), _roller(visible(user, assignments))]


def system_table(systems: Rows) -> Table:
    """Return these systems, each with those who answer for it today."""
    holders = Holders("objekt_id", systems.db)
    return _table("system", systems, _other_columns(systems), holders=holders)


def system_tables(user: Person, systems: Rows) -> list[Table]:
    """Return these systems, their informationsmängder and their samband to what may be known of."""
    ids = _ids(systems)
    samband = Samband.objects.using(systems.db).filter(Q(source__in=ids) | Q(target__in=ids))
    return [
        system_table(systems),
        _samband(visible(user, samband)),
        _informationsmangder(Informationsmangd.objects.using(systems.db).filter(system__in=ids)),
    ]


def listed(name: str, listing: Any, using: str) -> Table:
    """Return the rows of a list with the columns of its page, read from the database of that alias."""
    columns: Iterable[Shown] = listing.cells
    cells = ([column.cell(row) for column in columns] for row in listing.rows(using))
    return Table(name, [str(column.heading) for column in columns], cells)


def _ids(rows: Rows) -> Rows:
    return rows.order_by().values("pk")


def _roller(assignments: Rows) -> Table:
    whens = [When(role=role.code, then=Value(number)) for number, role in enumerate(ROLES)]
    position = Case(*whens, output_field=IntegerField())
    order = ("objekt__sort_key", "objekt_id", position, "valid_from", "pk")
    return _table("roller", assignments.order_by(*order))


def _samband(rows: Rows) -> Table:
    return _table("samband", rows.order_by("source__sort_key", "source_id", "pk"))


def _informationsmangder(rows: Rows) -> Table:
    return _table("informationsmangder", rows.order_by("system__sort_key", "system_id", "pk"))


def _table(
    code: str, rows: Rows, more: Iterable[Column] = (), *, holders: "Holders | None" = None
) -> Table:
    subject = SUBJECTS[code]
    fields = [field for field in subject.fields if field.code not in NOT_STORED]
    columns = [*(_column(subject, field, holders) for field in fields), *more]
    paths = dict.fromkeys(path for column in columns for path in column.paths)
    cells = _cells(rows.values(*paths), columns, holders)
    return Table(_(subject.sheet), [column.heading for column in columns], cells)


def _cells(rows: Rows, columns: list[Column], holders: "Holders | None") -> Iterator[list[Cell]]:
    records = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(records, CHUNK)):
        if holders:
            holders.of(chunk)
        for record in chunk:
            yield [column.cell(record) for column in columns]


def _column(subject: Subject, field: Field, holders: "Holders | None") -> Column:
    heading = _(field.label)
    if holders and field.code in HELD:
        return Column(heading, (holders.path,), lambda record: holders.get(record, field.code))
    if field.code == "holder":
        return Column(heading, ("namnd__name", *_names("person")), holder_text)
    if field.kind is Kind.PEOPLE:
        paths = _names(field.code)
        return Column(heading, paths, lambda record: _person(*(record[p] for p in paths)))
    path = PATHS.get((subject.code, field.code), field.code)
    return Column(heading, (path,), lambda record: as_cell(field, record[path]))


def as_cell(field: Field, value: Any) -> Cell:
    """Return the value of a field as people write it, and as the import reads it."""
    if value is None or value == "":
        return ""
    if field.kind is Kind.DATE:
        return cast(Cell, value)
    if field.kind is Kind.YES_NO:
        return _("Ja") if value else _("Nej")
    if field.choices:
        return next((c.name for c in field.choices if c.code == value), str(value))
    return str(value)


def holder_text(record: Record) -> str:
    """Return who holds an assignment: the nämnd's name, or the person's and the account."""
    return record["namnd__name"] or _person(*(record[path] for path in _names("person")))


def _names(person: str) -> tuple[str, ...]:
    return tuple(f"{person}__{name}" for name in NAMES)


def _person(first: str | None, last: str | None, username: str | None) -> str:
    return account_text(f"{first} {last}", username) if username else ""


class Holders:
    """Who holds the mandatory roles today on the objects of the chunk of records in hand.

    `path` says where a record has its object, `using` which database is asked.
    """

    def __init__(self, path: str, using: str) -> None:
        self.path, self.using, self.day = path, using, timezone.localdate()
        self._found: dict[tuple[int, str], str] = {}

    def of(self, chunk: Iterable[Record]) -> None:
        """Have these records in hand, and no others: one query."""
        held = RoleAssignment.objects.using(self.using).filter(
            on(self.day), role__in=HELD, objekt__in={record[self.path] for record in chunk}
        )
        columns = ("objekt_id", "role", "namnd__name", *_names("person"))
        self._found = {
            (record["objekt_id"], record["role"]): holder_text(record)
            for record in held.order_by().values(*columns)
        }

    def get(self, record: Record, role: str) -> str:
        """Return the holder of the role on the record's object, or nothing."""
        return self._found.get((record[self.path], role), "")


def _other_columns(systems: Rows) -> list[Column]:
    """Return a column for every övrig uppgift, in the order they stand on the systems."""
    filled = systems.order_by("pk").exclude(**{OTHERS: []}).values_list(OTHERS, flat=True)
    headings: dict[str, None] = {}
    for others in filled.iterator(chunk_size=CHUNK):
        headings.update(dict.fromkeys(str(heading) for heading, _value in others))
    return [_other_column(heading) for heading in headings]


def _other_column(heading: str) -> Column:
    return Column(other_heading(heading), (OTHERS,), lambda record: _said(record).get(heading, ""))


def _said(record: Record) -> dict[str, str]:
    """Return the övriga uppgifter of a record by heading, gathered once for all its columns."""
    if "said" not in record:
        said: dict[str, str] = {}
        for heading, value in record[OTHERS]:
            before = said.get(str(heading))
            said[str(heading)] = f"{before}\n{value}" if before else str(value)
        record["said"] = said
    return cast(dict[str, str], record["said"])
