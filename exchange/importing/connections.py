"""Planning sheets of samband and informationsmängder: things that hang on systems."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.cleaning import fold, nearest
from exchange.importing.draft import Draft, Reading, change, field_errors
from exchange.importing.people import Directory
from exchange.importing.plan import Fate
from exchange.importing.setting import set_fields
from exchange.mapping import SUBJECTS, Entry, Mapping, read_entries
from exchange.reading.book import Sheet
from governance.actions.base import refuse_left
from governance.models import Informationsmangd, Informationssystem, Samband

Plain = dict[str, Any]


def plan_samband(draft: Draft, sheets: Iterable[Sheet], mappings: dict[str, Mapping]) -> None:
    """Plan every connection: there already, changed or new."""
    known = _Known(draft.register.samband, _samband_key)
    for sheet in sheets:
        reading = Reading.of(mappings[sheet.name])
        for entry in read_entries(reading.mapping, sheet):
            _plan_samband(draft, entry, reading, known)


def plan_information(
    draft: Draft, people: Directory, sheets: Iterable[Sheet], mappings: dict[str, Mapping]
) -> None:
    """Plan every informationsmängd: there already, changed or new."""
    known = _Known(draft.register.information, _information_key)
    for sheet in sheets:
        reading = Reading.of(mappings[sheet.name])
        for entry in read_entries(reading.mapping, sheet):
            _plan_information(draft, people, entry, reading, known)


class _Known:
    """Things by what makes them the same; each is given to one row."""

    def __init__(self, things: Iterable[Any], key: Any) -> None:
        self.key = key
        self.things: dict[Any, list[Any]] = {}
        self.rows: dict[Any, int] = {}
        for thing in things:
            self.things.setdefault(key(thing), []).append(thing)

    def take(self, wanted: Any, prefer: Any) -> Any:
        """Return the one that is the same, the most alike first, or None."""
        found = sorted(self.things.get(wanted, ()), key=prefer, reverse=True)
        if found:
            self.things[wanted].remove(found[0])
        return next(iter(found), None)


def _samband_key(samband: Samband) -> tuple[Any, ...]:
    other = id(samband.target) if samband.target else fold(samband.outside_party)
    return id(samband.source), other, samband.direction, samband.kind


def _information_key(mangd: Informationsmangd) -> tuple[Any, ...]:
    return id(mangd.system), fold(mangd.content)


def _plan_samband(draft: Draft, entry: Entry, reading: Reading, known: _Known) -> None:
    values = {code: value for code, value in entry.values.items() if value}
    ends = (str(values.get("target") or ""), str(values.get("outside_party") or ""))
    name = f"{values.get('source', '')} – {ends[0] or ends[1]}"
    wrong = draft.take_problems(entry)
    source = _system(draft, entry, reading, "source", "source_objekt")
    target = _system(draft, entry, reading, "target", "target_objekt") if ends[0] else None
    if bool(ends[0]) == bool(ends[1]):
        text = _("Ange antingen ett annat system eller en utomstående part.")
        draft.notes.error(*reading.spot(entry, "target"), text)
        wrong = True
    if source and source is target:
        text = _("Ett system kan inte ha samband med sig självt. Rätta ett av namnen.")
        draft.notes.error(*reading.spot(entry, "target"), text)
        wrong = True
    if wrong or source is None or (ends[0] and target is None):
        draft.line(entry, name, Fate.WRONG)
        return
    made = Samband(source=source, target=target, outside_party=ends[1])
    _settle(draft, entry, reading, known, made, values, name)


def _plan_information(
    draft: Draft, people: Directory, entry: Entry, reading: Reading, known: _Known
) -> None:
    values = {code: value for code, value in entry.values.items() if value}
    name = f"{values.get('system', '')}: {values.get('content', '')}"
    wrong = draft.take_problems(entry)
    system = _system(draft, entry, reading, "system", "objekt")
    persons = values.pop("informationsagare", ())
    spot = reading.spot(entry, "informationsagare")
    owner = people.find(persons[0], spot, strict=True) if persons else None
    if wrong or system is None or (persons and owner is None):
        draft.line(entry, name, Fate.WRONG)
        return
    if len(persons) > 1:
        draft.notes.warn(*spot, _("En informationsmängd har en informationsägare: den första."))
    made = Informationsmangd(system=system, content=str(values["content"]))
    found = _settle(draft, entry, reading, known, made, values, name)
    if found and owner and found.informationsagare is not owner:
        try:
            refuse_left(owner, "informationsagare")
        except ValidationError as error:
            draft.notes.warn(*spot, error.messages[0])
            return
        old = found.informationsagare
        draft.work.assign(found, "informationsagare", owner)
        if found.pk:
            line = draft.lines[-1]
            line.fate = Fate.CHANGED
            label = reading.label("informationsagare")
            line.changes.append(change(label, old or "", owner))


def _settle(
    draft: Draft,
    entry: Entry,
    reading: Reading,
    known: _Known,
    made: Any,
    values: Plain,
    name: str,
) -> Any:
    """Find what the row is about, or plan it new; return it, or None for a row twice."""
    subject = SUBJECTS[reading.mapping.subject]
    model_fields = {field.name for field in made._meta.fields}
    links = {"source", "target", "system", "informationsagare"}
    given = [(subject.by_code[c], v) for c, v in values.items() if c in model_fields - links]
    for target, value in given:
        setattr(made, target.code, value)
    wanted = known.key(made)
    first = known.rows.setdefault((wanted, getattr(made, "information", "")), entry.row)
    errors = [text for texts in field_errors(made).values() for text in texts]
    if first != entry.row:
        errors.append(_("Raden säger samma sak som rad %s. Ta bort den ena.") % first)
    if errors:
        draft.notes.error(entry.sheet, entry.row, "", errors[0])
        draft.line(entry, name, Fate.WRONG)
        return None
    found = known.take(
        wanted, lambda t: getattr(t, "information", "") == getattr(made, "information", "")
    )
    if found is None:
        draft.work.add(made)
        draft.line(entry, name, Fate.NEW)
        return made
    changes = set_fields(draft, found, given, reading.label)
    line = draft.line(entry, name, Fate.CHANGED if changes else Fate.SAME)
    line.changes = changes
    return found


def _system(
    draft: Draft, entry: Entry, reading: Reading, code: str, objekt_code: str
) -> Informationssystem | None:
    """Return the system a row names; of several with the name, the one of the object it names."""
    name = str(entry.values.get(code) or "")
    if not name:
        return None
    found = draft.systems_named(name)
    objekt = str(entry.values.get(objekt_code) or "")
    of_objekt = [s for s in found if fold(s.objekt.name) == fold(objekt)] if objekt else []
    if not found:
        like = nearest(name, draft.systems.names())
        hint = _("Menade du ”%s”?") % like if like else _("Lägg till det i bladet System.")
        sentence = _("Det finns inget system som heter ”%s”.") % name
        draft.notes.error(*reading.spot(entry, code), f"{sentence} {hint}")
        return None
    chosen: Informationssystem = (of_objekt or found)[0]
    if len(found) > 1 and not of_objekt:
        words = {"count": len(found), "name": name, "objekt": chosen.objekt}
        text = _("%(count)s system heter %(name)s. Här avses det i %(objekt)s.")
        draft.notes.warn(*reading.spot(entry, code), text % words)
    return chosen
