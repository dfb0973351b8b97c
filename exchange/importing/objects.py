"""Planning a sheet of objects: found by name or made, their fields, nämnd and status."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exchange.importing.draft import Draft, Reading, Spot, change, field_errors
from exchange.importing.parties import find_namnd
from exchange.importing.plan import Fate
from exchange.importing.setting import set_fields
from exchange.importing.staffing import Request, Staffer
from exchange.mapping import Entry, Mapping, read_entries
from exchange.mapping.subjects import OBJEKT
from exchange.reading.book import Sheet
from governance.models import Forvaltningsobjekt
from roles import activation
from roles.assignments import Basis
from roles.catalogue import BY_CODE, NAMND
from roles.models import RoleAssignment

Status = Forvaltningsobjekt.Status
OWN_FIELDS = ("name", "verksamhetsprocess", "description")


@dataclass(frozen=True)
class ObjektRow:
    """A row of objects once planned: what it still asks for when everything else is known."""

    objekt: Forvaltningsobjekt
    entry: Entry
    reading: Reading

    def get(self, code: str) -> str:
        """Return a field's value as text."""
        return str(self.entry.values.get(code) or "")

    def spot(self, code: str) -> Spot:
        """Return where a field stands."""
        return self.reading.spot(self.entry, code)


def plan_objects(
    draft: Draft, sheets: Iterable[Sheet], mappings: dict[str, Mapping]
) -> list[ObjektRow]:
    """Plan every row of the sheets; nämnd and status wait until the roles are known."""
    rows = []
    for sheet in sheets:
        reading = Reading.of(mappings[sheet.name])
        lost: set[str] = set()
        for entry in read_entries(reading.mapping, sheet):
            _warn_of_other_columns(draft, entry, lost)
            row = _plan_row(draft, entry, reading)
            if row:
                rows.append(row)
    return rows


def _plan_row(draft: Draft, entry: Entry, reading: Reading) -> ObjektRow | None:
    name = str(entry.values.get("name") or "")
    if draft.take_problems(entry):
        draft.line(entry, name, Fate.WRONG)
        return None
    objekt = draft.objects.one(name)
    earlier = draft.sources.get(id(objekt))
    if earlier:
        sentence = _("%(name)s står redan på rad %(row)s. Ta bort den ena raden.")
        draft.notes.error(
            *reading.spot(entry, "name"), sentence % {"name": name, "row": earlier.row}
        )
        draft.line(entry, name, Fate.WRONG)
        return None
    fate = Fate.SAME if objekt else Fate.NEW
    objekt = objekt or draft.new_object(name)
    given = [(OBJEKT.by_code[c], entry.values.get(c)) for c in OWN_FIELDS]
    changes = set_fields(draft, objekt, [(f, v) for f, v in given if v], reading.label)
    line = draft.sources[id(objekt)] = draft.line(entry, name, fate)
    if fate is Fate.SAME and changes:
        line.fate, line.changes = Fate.CHANGED, changes
    for code, texts in field_errors(objekt).items():
        draft.notes.error(*reading.spot(entry, code if code in OWN_FIELDS else "name"), texts[0])
    return ObjektRow(objekt, entry, reading)


def _warn_of_other_columns(draft: Draft, entry: Entry, lost: set[str]) -> None:
    """Say that an object has no övriga uppgifter: what would be lost is named, once a column."""
    for heading, _value in entry.other:
        if heading not in lost:
            lost.add(heading)
            sentence = _("Kolumnen har inget fält på ett objekt och läses inte in.")
            draft.notes.warn(entry.sheet, None, heading, sentence)


def plan_namnder(draft: Draft, staffer: Staffer, rows: Iterable[ObjektRow]) -> None:
    """Plan the nämnd of each object: appointed where there is none, else handed over from today."""
    for row in rows:
        name = row.get("namnd")
        namnd = find_namnd(draft, name, row.spot("namnd")) if name else None
        line = draft.sources[id(row.objekt)]
        if namnd:
            request = Request(
                row.objekt, NAMND, namnd, None, None, None, Basis(), line, row.reading, row.entry
            )
            staffer.carry_out(request)


def plan_status(draft: Draft, row: ObjektRow) -> None:
    """Plan the object's status, last of all: entering management takes a process and five roles."""
    objekt = row.objekt
    status = row.get("status")
    if not status or status == objekt.status:
        return
    held, systems = _assignments(draft, objekt), draft.systems_of(objekt)
    refusals = activation.refusals(objekt, status, held, systems)
    for sentence in refusals:
        draft.notes.error(*row.spot("status"), sentence)
    line = draft.sources[id(objekt)]
    if refusals:
        line.fate = Fate.WRONG
        return
    draft.work.status.append((objekt, status))
    if line.fate is not Fate.NEW:
        line.fate = Fate.CHANGED
        labels = dict(Status.choices)
        old, new = labels[objekt.status], labels[status]
        line.changes.append(change(_("Status"), old, new))


def _assignments(draft: Draft, objekt: Forvaltningsobjekt) -> list[RoleAssignment]:
    return [a for role in BY_CODE for a in draft.post(objekt, role)]
