"""History rows in words that people use: what happened to a thing, old → new field by field.

A model says with `register_wording` what its things are called and, where a sentence says more
than a table, which sentence. roles does so for people and assignments at start-up.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any

from django.db.models import Field, Model
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.history.names import SAID_APART, Names
from governance.models.gesture import Gesture


@dataclass
class Turn:
    """What one gesture did to one thing: its last row, and the row before the gesture if any."""

    model: type[Model]
    row: Any
    before: Any
    created: bool

    @property
    def gesture_id(self) -> Any:
        """Return the gesture."""
        return self.row.gesture_id

    @property
    def removed(self) -> bool:
        """Whether the thing was there before and is gone afterwards."""
        return bool(self.row.history_type == "-")

    def changed(self) -> list["Field[Any, Any]"]:
        """Return the fields whose value is another; of a new or removed thing, those with a value."""
        table: Any = type(self.row)
        fields = _told_of(table)
        if self.created or self.removed or self.before is None:
            return [f for f in fields if getattr(self.row, f.attname) not in (None, "", [])]
        was, now = self.before, self.row
        return [f for f in fields if not _same(getattr(was, f.attname), getattr(now, f.attname))]


@cache
def _told_of(table: Any) -> "tuple[Field[Any, Any], ...]":
    """Return the fields of a history model that say something of the thing."""
    return tuple(of for of in table._meta.fields if of.name not in SAID_APART)


def _same(was: Any, now: Any) -> bool:
    """Whether two values are the same; no text and nothing are."""
    return bool(was == now) or (was in ("", None) and now in ("", None))


@dataclass(frozen=True)
class Change:
    """One field: what it is called, what it said and what it says."""

    label: str
    old: str
    new: str

    @property
    def only(self) -> str:
        """Return the one value of a new or a removed thing."""
        return self.new or self.old


@dataclass
class Item:
    """What happened to one thing. A sentence stands for itself; else noun, name and verb are said."""

    noun: str
    name: str
    verb: str
    page: Callable[[], str] = str
    """What tells where its page is: asked only where that is shown."""
    sentence: str = ""
    own: bool = False
    """Whether it is the very thing whose history is read."""
    changes: list[Change] = field(default_factory=list)
    one_value: bool = False
    """Whether only one value a field is worth showing: a new or a removed thing."""
    objekt: str = ""
    model: type[Model] | None = None
    order: tuple[int, bool, int] = (0, False, 0)

    @cached_property
    def url(self) -> str:
        """Return the address of its page, or nothing."""
        return self.page()

    def said(self) -> str:
        """Return the whole as one line of text."""
        return self.sentence or f"{self.noun} {self.name} {self.verb}"


Telling = Callable[[Turn, Names, Item, Model | None], None]
"""Refines the item: a name, an address, the object it belongs to, a sentence instead of a table."""

_tellings: dict[type[Model], Telling] = {}


def register_wording(model: type[Model], telling: Telling) -> None:
    """Say how a model's things are called and told of."""
    _tellings[model] = telling


def describe(turn: Turn, names: Names, subject: Model | None) -> Item | None:
    """Put into words what a gesture did to a thing; nothing when it left the thing as it was."""
    made_and_gone = turn.created and turn.removed
    fields = turn.changed()
    members = changed_members(turn, names)
    if made_and_gone or not (fields or members or turn.removed):
        return None
    row = turn.row
    item = Item(
        noun=capfirst(str(turn.model._meta.verbose_name)),
        name=str(getattr(row, "name", "")),
        verb=verb(turn),
        one_value=turn.created or turn.removed or turn.before is None,
        model=turn.model,
        order=(
            list(_tellings).index(turn.model) if turn.model in _tellings else 99,
            turn.created,
            row.id,
        ),
    )
    item.own = isinstance(subject, turn.model) and subject.pk == row.id
    for of in fields:
        item.changes += change(turn, of, names)
    item.changes += members
    if turn.model in _tellings:
        _tellings[turn.model](turn, names, item, subject)
    return item


def verb(turn: Turn) -> str:
    """Return what happened to the thing."""
    if turn.removed:
        return _("togs bort")
    return _("registrerades") if turn.created else _("ändrades")


def change(turn: Turn, of: "Field[Any, Any]", names: Names) -> list[Change]:
    """Return what a field said before and says now, each in words."""
    if of.name == "ovriga_uppgifter":
        return labelled_changes(turn, of)
    label = capfirst(str(of.verbose_name))
    before = None if turn.created or turn.removed else turn.before
    old, new = names.said(before, of), names.said(turn.row, of)
    return [Change(label, new, "")] if turn.removed else [Change(label, old, new)]


def labelled_changes(turn: Turn, of: "Field[Any, Any]") -> list[Change]:
    """Compare lists of [heading, value] heading by heading."""
    old = (
        {} if turn.created or turn.before is None else by_heading(getattr(turn.before, of.attname))
    )
    new = {} if turn.removed else by_heading(getattr(turn.row, of.attname))
    return [
        Change(heading, old.get(heading, ""), new.get(heading, ""))
        for heading in dict.fromkeys([*old, *new])
        if old.get(heading) != new.get(heading)
    ]


def by_heading(pairs: Any) -> dict[str, str]:
    """Return the values of each heading as one text."""
    found: dict[str, list[str]] = {}
    for heading, said in pairs or ():
        found.setdefault(str(heading), []).append(str(said))
    return {heading: ", ".join(said) for heading, said in found.items()}


def changed_members(turn: Turn, names: Names) -> list[Change]:
    """Return what many-to-many fields said before and say now; who may not be known of is left out."""
    now = getattr(turn.row, "members", {})
    was = getattr(turn.before, "members", {}) if turn.before is not None else {}
    found = []
    for of, members in now.items():
        new, old = names.members(of, members), names.members(of, was.get(of, ()))
        if old != new and not turn.removed:
            found.append(Change(capfirst(str(of.verbose_name)), old, new))
    return found


def swedish_day(at: datetime) -> date:
    """Return the Swedish day of a moment."""
    return timezone.localtime(at).date()


def dmy(day: date) -> str:
    """Write a day for running text: 12 maj 2026."""
    return date_format(day, "j F Y")


def address(thing: Any) -> str:
    """Return the address of a thing's page, or nothing where it has none."""
    try:
        return str(thing.get_absolute_url()) if hasattr(thing, "get_absolute_url") else ""
    except NoReverseMatch:
        return ""


def page_of(model: type[Model], pk: Any) -> Callable[[], str]:
    """Return what tells the address of a thing that nobody has in hand."""
    return lambda: address(model(pk=pk))


def genitive(name: str) -> str:
    """Return whose it is: Karin Öbergs, Lars."""
    return name if name[-1:].lower() in ("s", "x", "z") else f"{name}s"


def headline(gesture: Gesture) -> str:
    """Return who did what kind of thing: Karin Öberg ändrade uppgifter."""
    kind = gesture.get_kind_label()
    return f"{person_of(gesture)} {kind[:1].lower()}{kind[1:]}"


def person_of(gesture: Gesture) -> str:
    """Return who did it; RegIT itself where nobody in person did."""
    return str(gesture.actor) if gesture.actor_id else "RegIT"
