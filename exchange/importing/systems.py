"""Planning a sheet of systems: companies left out, rows matched, objects found or made, fields set."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.cleaning import company_in, fold
from exchange.importing.draft import Draft, Reading, change, field_errors
from exchange.importing.grouping import Groups, group_path
from exchange.importing.instructions import Instructions, company_of
from exchange.importing.matching import match
from exchange.importing.parties import Suppliers, find_namnd
from exchange.importing.plan import Change, Consequence, Fate
from exchange.importing.rows import SystemRow, cells_of
from exchange.importing.setting import set_fields, set_link, set_other
from exchange.mapping import read_entries
from exchange.mapping.systems import SYSTEM
from exchange.reading.book import Sheet
from governance.actions import system as system_actions
from governance.models import Informationssystem


def plan_systems(
    draft: Draft, sheets: Iterable[Sheet], instructions: Instructions
) -> list[SystemRow]:
    """Plan every row of the sheets and return those that will be systems."""
    rows: list[SystemRow] = []
    for sheet in sheets:
        rows += _readable_rows(draft, sheet, instructions)
    match(draft, rows)
    _warn_of_repeated_names(draft, rows)
    _place(draft, rows, instructions)
    suppliers = Suppliers(draft)
    for row in rows:
        if row.objekt:
            _plan_row(draft, row, suppliers)
    return [row for row in rows if row.system]


def _readable_rows(draft: Draft, sheet: Sheet, instructions: Instructions) -> list[SystemRow]:
    """Return the rows that can be planned; those of companies, broken ones and copies get their fate."""
    mapping = instructions.mappings[sheet.name]
    reading, cells = Reading.of(mapping), cells_of(sheet)
    seen: dict[tuple[tuple[str, str], ...], int] = {}
    rows = []
    for entry in read_entries(mapping, sheet):
        row = SystemRow(entry, reading, cells[entry.row])
        company = _company(row, instructions)
        if company:
            note = _("%s är ett kommunalt bolag. Bolagen har egna rutiner (avsnitt 2.2).") % company
            draft.line(entry, row.name, Fate.SKIPPED, note)
            continue
        first = seen.setdefault(tuple(row.cells.items()), entry.row)
        if draft.take_problems(entry):
            draft.line(entry, row.name, Fate.WRONG)
        elif first != entry.row:
            sentence = _("Raden är likadan som rad %s och läses in en gång.") % first
            draft.notes.warn(*row.spot("name"), sentence)
            draft.line(entry, row.name, Fate.SKIPPED, sentence)
        else:
            rows.append(row)
    return rows


def _company(row: SystemRow, instructions: Instructions) -> str | None:
    """Return the municipal company whose row it is, by its organisation or its owner (clause 2.2)."""
    owner = row.get("namnd")
    group = group_path(row, instructions.group_by) if instructions.group_by else ()
    marked = company_of((*row.path, *group, owner), instructions.companies)
    return marked or (company_in([owner]) if owner else None)


def _warn_of_repeated_names(draft: Draft, rows: list[SystemRow]) -> None:
    seen: dict[str, SystemRow] = {}
    for row in rows:
        first = seen.setdefault(fold(row.name), row)
        if first is not row:
            words = {"name": row.name, "row": first.entry.row}
            sentence = _("%(name)s finns också på rad %(row)s. Båda läses in; är de samma system?")
            draft.notes.warn(*row.spot("name"), sentence % words)


def _place(draft: Draft, rows: list[SystemRow], instructions: Instructions) -> None:
    """Give every row its object: the one it names, the one it is in, its group's, or its own."""
    groups = Groups(rows, instructions.group_by)
    made: dict[int, list[SystemRow]] = defaultdict(list)
    for row in rows:
        named = str(row.get("objekt"))
        if not named and row.existing:
            row.objekt = row.existing.objekt
            continue
        wanted = named or groups.name(row) or row.name
        row.objekt = draft.objects.one(wanted) or draft.new_object(wanted)
        if row.objekt.pk is None and id(row.objekt) not in draft.sources:
            made[id(row.objekt)].append(row)
    for of_one in made.values():
        objekt = of_one[0].objekt
        count = _("%s system") % len(of_one)
        draft.consequences.append(Consequence("objekt", str(objekt), count))


def _plan_row(draft: Draft, row: SystemRow, suppliers: Suppliers) -> None:
    assert row.objekt is not None  # noqa: S101 - placed before
    system = row.existing or Informationssystem(objekt=row.objekt, name=row.name)
    errors_before = len(draft.notes.problems)
    changes = _set_all(draft, row, system, suppliers)
    wrong = _refusals(draft, row, system)
    if wrong or _errors_since(draft, errors_before):
        draft.line(row.entry, row.name, Fate.WRONG)
        return
    row.system = system
    if row.existing is None:
        draft.work.add(system)
        draft.systems.put(system)
        draft.line(row.entry, row.name, Fate.NEW, _("Objekt: %s") % row.objekt)
    else:
        fate = Fate.CHANGED if changes else Fate.SAME
        draft.line(row.entry, row.name, fate, _("Objekt: %s") % row.objekt).changes = changes


def _errors_since(draft: Draft, before: int) -> bool:
    return any(p.severity == "error" for p in draft.notes.problems[before:])


def _set_all(
    draft: Draft, row: SystemRow, system: Informationssystem, suppliers: Suppliers
) -> list[Change]:
    """Set what the row says; what it leaves empty stays as it is."""
    label = row.reading.label
    livscykel_before = system.livscykel
    named = [(SYSTEM.by_code["name"], row.name)]
    direct = [(SYSTEM.by_code[code], value) for code, value in row.direct()]
    changes = set_fields(draft, system, [*named, *direct], label)
    changes += _follow_livscykel(draft, row, system, livscykel_before)
    if system_actions.must_be_protected(system):
        changes += set_fields(draft, system, [(SYSTEM.by_code["skyddsvard"], True)], label)
    owner = str(row.get("informationen_ags_av"))
    if owner:
        namnd = find_namnd(draft, owner, row.spot("informationen_ags_av"))
        changes += set_link(
            draft, system, "informationen_ags_av", namnd, label("informationen_ags_av")
        )
    supplier = suppliers.find(
        str(row.get("leverantor")),
        str(row.get("leverantor_organisationsnummer")),
        row.spot("leverantor"),
        row.spot("leverantor_organisationsnummer"),
    )
    changes += set_link(draft, system, "leverantor", supplier, label("leverantor"))
    changes += set_other(draft, system, row.other())
    return changes + _move(draft, row, system)


def _follow_livscykel(
    draft: Draft, row: SystemRow, system: Informationssystem, before: str
) -> list[Change]:
    """Date a change of life cycle in the register: what the row does not say, the rules say."""
    if system.pk is None or system.livscykel == before:
        return []
    since = row.get("livscykel_since") or draft.today
    dates = {"livscykel_since": since}
    dates |= system_actions.dates_of_livscykel(system, system.livscykel, since)
    unsaid = [(SYSTEM.by_code[c], day) for c, day in dates.items() if not row.get(c)]
    return set_fields(draft, system, unsaid, row.reading.label)


def _move(draft: Draft, row: SystemRow, system: Informationssystem) -> list[Change]:
    """Move the system to the object that the row names, with the roles held on it alone."""
    if system.pk is None or row.objekt is system.objekt:
        return []
    moved = change(row.reading.label("objekt"), system.objekt, row.objekt)
    draft.work.assign(system, "objekt", row.objekt)
    for assignment in draft.named_assignments.get(system.pk, []):
        draft.post(assignment.objekt, assignment.role).remove(assignment)
        draft.work.assign(assignment, "objekt", row.objekt)
        draft.post(assignment.objekt, assignment.role).append(assignment)
    return [moved]


def _refusals(draft: Draft, row: SystemRow, system: Informationssystem) -> bool:
    """Note what the register refuses about the system; return whether it does."""
    found = [(code, text) for code, texts in field_errors(system).items() for text in texts]
    try:
        system_actions.check_belongs(system)
    except ValidationError as error:
        found.append(("lagrar_elektroniskt", error.messages[0]))
    found += _closed(draft, row, system)
    for code, text in found:
        known = code if code in SYSTEM.by_code else "name"
        draft.notes.error(*row.spot(known), text)
    return bool(found)


def _closed(draft: Draft, row: SystemRow, system: Informationssystem) -> list[tuple[str, str]]:
    """Return what an object that is wound up refuses, with the field that asks for it."""
    assert row.objekt is not None  # noqa: S101 - placed before
    noted = draft.work.changed.get((Informationssystem, system.pk or 0))
    changed = noted.fields if noted else ()
    try:
        if row.existing is None or "objekt" in changed:
            system_actions.check_open(row.objekt)
        elif "livscykel" in changed:
            system_actions.check_livscykel(row.objekt, system.livscykel)
    except ValidationError as error:
        code = "livscykel" if row.existing and "objekt" not in changed else "objekt"
        return [(code, error.messages[0])]
    return []
