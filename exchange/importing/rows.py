"""A row of a sheet of systems while it is planned, and what it says beside the mapped fields."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from exchange.cleaning import key
from exchange.importing.draft import Reading, Spot
from exchange.mapping import Entry
from exchange.mapping.fields import Kind
from exchange.mapping.guess import OTHER_PREFIX
from exchange.mapping.systems import ROLES, SYSTEM
from exchange.reading.book import Row, Sheet
from governance.models import Forvaltningsobjekt, Informationssystem

ROLE_CODES = tuple(target.code for target in ROLES)
# Fields that are not simply set on the system.
INDIRECT = frozenset(
    (
        "name",
        "objekt",
        "organisation",
        "leverantor",
        "leverantor_organisationsnummer",
        "informationen_ags_av",
        *ROLE_CODES,
    )
)


@dataclass
class SystemRow:
    """An entry with its sheet's mapping, its own cells, and what it was matched with."""

    entry: Entry
    reading: Reading
    cells: dict[str, str]
    existing: Informationssystem | None = None
    objekt: Forvaltningsobjekt | None = None
    system: Informationssystem | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """Return the system's name."""
        return str(self.entry.values.get("name") or "")

    def get(self, code: str) -> Any:
        """Return a field's value; nothing where the cell is empty or the column not there."""
        return self.entry.values.get(code) or ""

    def spot(self, code: str) -> Spot:
        """Return where a field stands."""
        return self.reading.spot(self.entry, code)

    @property
    def path(self) -> tuple[str, ...]:
        """Return the organisation's path."""
        return tuple(self.entry.values.get("organisation") or ())

    def direct(self) -> Iterator[tuple[str, Any]]:
        """Return the fields that are set as they are. An empty cell changes nothing."""
        for code, value in self.entry.values.items():
            if code not in INDIRECT and value not in ("", None, ()):
                yield code, value

    def other(self) -> list[tuple[str, str]]:
        """Return the övriga uppgifter: what has no field on the system, under its own heading.

        The organisation, and contacts under a heading of the municipality's own, are kept too:
        they say more than the object and its roles do.
        """
        kept = [*self.entry.other]
        for heading, code in self.reading.mapping.columns.items():
            if not self.cells.get(heading):
                continue
            people = SYSTEM.by_code[code].kind is Kind.PEOPLE
            if code == "organisation" or (people and key(heading) != key(self.reading.label(code))):
                kept.append((heading, self.cells[heading]))
        place = {h.removeprefix(OTHER_PREFIX): index for index, h in enumerate(self.cells)}
        return sorted(kept, key=lambda pair: place[pair[0]])


def cells_of(sheet: Sheet) -> dict[int, dict[str, str]]:
    """Return the cells of each row as text, by heading."""
    return {row.number: _cells(sheet, row) for row in sheet.rows}


def _cells(sheet: Sheet, row: Row) -> dict[str, str]:
    return dict(zip(sheet.headings, map(str, row.values), strict=True))
