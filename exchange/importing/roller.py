"""Planning a sheet of roles: appoint, hand over, leave as it is, by the rules of roles.assignments."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from exchange.cleaning import fold, nearest
from exchange.importing.draft import Draft, Reading, Spot
from exchange.importing.parties import find_namnd
from exchange.importing.people import Directory
from exchange.importing.plan import Fate
from exchange.importing.staffing import Request, Staffer
from exchange.mapping import Entry, Mapping, read_entries
from exchange.people import parse_people
from exchange.reading.book import Sheet
from governance.days import LAST_DAY, out_of_time
from governance.models import Forvaltningsobjekt, Informationssystem, Namnd
from roles.assignments import BASIS, Basis
from roles.catalogue import BY_CODE, NAMND
from roles.models import User


def plan_roles(
    draft: Draft,
    people: Directory,
    staffer: Staffer,
    sheets: Iterable[Sheet],
    mappings: dict[str, Mapping],
) -> None:
    """Plan every row of the sheets, the earliest first, whatever their order in the file."""
    requests: list[Request] = []
    seen: dict[tuple[Any, ...], int] = {}
    for sheet in sheets:
        reading = Reading.of(mappings[sheet.name])
        for entry in read_entries(reading.mapping, sheet):
            requests += _Row(draft, people, entry, reading).requests(seen)
    for request in sorted(requests, key=lambda r: (r.valid_from or draft.today, r.line.row)):
        staffer.carry_out(request)


@dataclass
class _Row:
    """A row of roles being understood: one request, or one for each named system."""

    draft: Draft
    people: Directory
    entry: Entry
    reading: Reading
    wrong: bool = field(default=False, init=False)

    def requests(self, seen: dict[tuple[Any, ...], int]) -> list[Request]:
        """Return what the row asks for; nothing where it has an error."""
        values = self.entry.values
        line = self.draft.line(self.entry, self._said(), Fate.SAME)
        role = str(values.get("role") or "")
        if self.draft.take_problems(self.entry):
            line.fate = Fate.WRONG
            return []
        objekt = self._objekt(str(values["objekt"]))
        holder = self._holder(role, str(values["holder"]))
        systems = self._systems(objekt) if objekt else []
        start, end = self._days(values)
        if systems and BY_CODE[role].mandatory:
            self._error("systems", _("En obligatorisk roll gäller alltid hela objektet."))
        if objekt and holder:
            self._refuse_copy(
                seen, (id(objekt), role, id(holder), start, end, tuple(map(id, systems)))
            )
        if self.wrong or not objekt or not holder:
            line.fate = Fate.WRONG
            return []
        basis = Basis(**{name: str(values.get(name) or "") for name in BASIS})
        return [
            Request(objekt, role, holder, start, end, system, basis, line, self.reading, self.entry)
            for system in (*systems,) or (None,)
        ]

    def _said(self) -> str:
        values = self.entry.values
        role = BY_CODE.get(str(values.get("role") or ""))
        parts = [
            str(values.get("objekt") or ""),
            _(role.name) if role else "",
            str(values.get("holder") or ""),
        ]
        return ", ".join(part for part in parts if part)

    def _spot(self, code: str) -> Spot:
        return self.reading.spot(self.entry, code)

    def _days(self, values: dict[str, Any]) -> tuple[date | None, date | None]:
        """Return the first and the last day; what cannot be is an error in its cell."""
        start, end = values.get("valid_from"), values.get("valid_to")
        if end and end > LAST_DAY:
            end = None  # how other systems write "until further notice"
        for name, day in (("valid_from", start), ("valid_to", end)):
            if fault := out_of_time(day):
                self._error(name, fault)
        if start and end and end < start:
            self._error("valid_to", _("Slutdatumet ligger före startdatumet. Rätta ett av dem."))
        return start, end

    def _error(self, code: str, sentence: str) -> None:
        self.wrong = True
        self.draft.notes.error(*self._spot(code), sentence)

    def _objekt(self, name: str) -> Forvaltningsobjekt | None:
        found: Forvaltningsobjekt | None = self.draft.objects.one(name)
        if found is None:
            like = nearest(name, self.draft.objects.names())
            hint = _("Menade du ”%s”?") % like if like else _("Lägg till det i bladet Objekt.")
            self._error("objekt", _("Det finns inget objekt som heter ”%s”.") % name + " " + hint)
        return found

    def _holder(self, role: str, text: str) -> User | Namnd | None:
        if role == NAMND:
            return find_namnd(self.draft, text, self._spot("holder"))
        people = parse_people(text)
        if len(people) != 1:
            self._error("holder", _("Skriv en person per rad: e-post, användarnamn eller namn."))
            return None
        return self.people.find(people[0], self._spot("holder"), strict=True)

    def _systems(self, objekt: Forvaltningsobjekt) -> list[Informationssystem]:
        named = str(self.entry.values.get("systems") or "").splitlines()
        own = (
            {fold(system.name): system for system in self.draft.systems_of(objekt)} if named else {}
        )
        for name in named:
            if fold(name) not in own:
                like = nearest(name, (system.name for system in own.values()))
                hint = _("Menade du ”%s”?") % like if like else _("Rätta namnet.")
                words = {"name": name, "objekt": objekt}
                self._error("systems", _("%(name)s ingår inte i %(objekt)s.") % words + " " + hint)
        return [own[fold(name)] for name in named if fold(name) in own]

    def _refuse_copy(self, seen: dict[tuple[Any, ...], int], said: tuple[Any, ...]) -> None:
        first = seen.setdefault(said, self.entry.row)
        if first != self.entry.row:
            self._error("objekt", _("Raden är likadan som rad %s. Ta bort den ena.") % first)
