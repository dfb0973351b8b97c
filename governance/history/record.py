"""An object or a system as the register told of it when a day ended: its fields, and what it had.

What is shown is what the register said that day. What was registered later about that day is not
in it; `roles.as_of` tells of that beside it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Min, Model, Q
from django.utils.text import capfirst

from governance import access
from governance.history import as_of, as_thing, ever, rows_of
from governance.history.names import SAID_APART, Names
from governance.history.wording import Change, Turn, change
from governance.models import Forvaltningsobjekt, Informationsmangd, Informationssystem, Samband

TITLE = ("name", "status", "livscykel")


@dataclass(frozen=True)
class Record:
    """A thing on a day: the thing itself (never to be saved), its fields in words, what they name."""

    thing: Any
    fields: list[Change]
    names: Names

    @property
    def empty(self) -> list[str]:
        """Return the labels of the fields without a value."""
        return [one.label for one in self.fields if not one.new]


def first_moment(model: type[Model], pk: Any) -> datetime | None:
    """Return when the thing was registered."""
    moment: datetime | None = rows_of(model).filter(id=pk).aggregate(at=Min("history_date"))["at"]
    return moment


def record(reader: access.Person, model: type[Model], pk: Any, day: date) -> Record | None:
    """Return the thing as it was told of on the day; nothing when it was not in the register."""
    row = access.visible(reader, as_of(model, day, [pk])).first()
    if row is None:
        return None
    turn = Turn(model, row, None, created=True)
    names = Names(reader, [row], day)
    shown = [f for f in row._meta.fields if f.name not in (*SAID_APART, *TITLE)]
    fields = [one for of in shown for one in _told(turn, of, names)]
    return Record(as_thing(row), fields, names)


def _told(turn: Turn, of: Any, names: Names) -> list[Change]:
    told = change(turn, of, names)
    return told or [Change(capfirst(str(of.verbose_name)), "", "")]


def systems_on(reader: access.Person, objekt: Forvaltningsobjekt, day: date) -> list[Any]:
    """Return the systems that belonged to the object on the day, in order of name."""
    ids = ever(Informationssystem, objekt=objekt.pk)
    rows = access.visible(reader, as_of(Informationssystem, day, ids).filter(objekt=objekt.pk))
    return sorted(map(as_thing, rows), key=lambda system: str(system.name).casefold())


@dataclass(frozen=True)
class Surroundings:
    """What was registered about a system on a day."""

    informationsmangder: list[Any]
    samband: list[Any]


def surroundings(reader: access.Person, system: Any, day: date) -> Surroundings:
    """Return the informationsmängder and samband of a system on the day."""
    mangder = _rows(reader, Informationsmangd, day, Q(system=system.pk))
    samband = _rows(reader, Samband, day, Q(source=system.pk) | Q(target=system.pk))
    people = {m.informationsagare_id for m in mangder}
    owner = Informationsmangd._meta.get_field("informationsagare").related_model
    ends = {pk for s in samband for pk in (s.source_id, s.target_id)}
    names = Names(reader, day=day)
    names.find({owner: people, Informationssystem: ends})
    for mangd in mangder:
        mangd.informationsagare = names.thing(owner, mangd.informationsagare_id)
    for flow in samband:
        flow.source = names.thing(Informationssystem, flow.source_id)
        flow.target = names.thing(Informationssystem, flow.target_id)
    return Surroundings(mangder, samband)


def _rows(reader: access.Person, model: type[Model], day: date, about: Q) -> list[Any]:
    ids = rows_of(model).filter(about).values("id")
    rows = access.visible(reader, as_of(model, day, ids).filter(about))
    return [as_thing(row) for row in rows.order_by("id")]
