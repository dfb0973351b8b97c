"""Who a steering document is meant for, and who of them has acknowledged its edition (6.2.U5, 6.4.U5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from governance.access import Person, holders_of
from governance.actions.styrdokument import meant_for
from governance.models import Forvaltningsobjekt, Sida, Styrdokument
from governance.steering import sides


@dataclass(frozen=True)
class Reader:
    """Somebody who leads a side today, and when they acknowledged the edition in force."""

    sida: Sida
    person: Any
    at: datetime | None


@dataclass(frozen=True)
class Reached:
    """A document with everybody it is meant for today."""

    document: Styrdokument
    readers: list[Reader]

    @property
    def given(self) -> list[Reader]:
        """Return those who have acknowledged it."""
        return [reader for reader in self.readers if reader.at is not None]

    @property
    def lacking(self) -> list[Reader]:
        """Return those who have not acknowledged it."""
        return [reader for reader in self.readers if reader.at is None]

    def waits_for(self, person: Person) -> bool:
        """Whether this person has it to acknowledge."""
        waiting = not self.document.withdrawn_on
        return waiting and any(reader.person == person for reader in self.lacking)


def reached(objekt: Forvaltningsobjekt, documents: Iterable[Styrdokument]) -> list[Reached]:
    """Return each document with its readers: one query, beside the prefetched `kvittenser`."""
    held = holders_of(objekt, *sides.LEADS.values())
    return [Reached(document, _readers(document, held)) for document in documents]


def _readers(document: Styrdokument, held: dict[str, list[Any]]) -> list[Reader]:
    given = {
        (row.sida, row.person_id): row.acknowledged_at
        for row in document.kvittenser.all()
        if row.edition == document.edition
    }
    return [
        Reader(side, person, given.get((side, person.pk)))
        for side in meant_for(document)
        for person in held[sides.LEADS[side]]
    ]
