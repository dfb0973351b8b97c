"""One timeline of many history tables: gestures, newest first, each with the rows that it wrote.

How history leads to a thing is told by paths. governance registers its own below; roles registers
those of people and assignments at start-up, so that nothing here names a role.

What a person may not know of is left out: rows pass `access.visible`, a gesture without a visible
row is not shown, and what was written before a row is looked for among visible rows only. Where a
gesture also wrote rows that are hidden from the reader its reason is left out, silently: it is free
text about all that was done, and may name the hidden system.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from governance import access
from governance.expressions import Counted
from governance.history import (
    before,
    history_of,
    rows_of,
    wording,
)
from governance.history.filters import Filters, narrow
from governance.history.members import attach_members
from governance.history.names import Names
from governance.history.together import instances, union, with_rows
from governance.history.wording import Item, Turn
from governance.lists import prepared
from governance.models import (
    Gesture,
)

Leads = Callable[[Any], Q | tuple[Q, ...]]
EVERYTHING = Filters()
ANY = Q()
SHOWN_ROWS = 40
FIRST = ("before_id", "place", "count")
OF_GESTURES = prepared.among_ids("gesture_id", name="gestures", kind="uuid")

_paths: dict[type[Model] | None, dict[type[Model], Leads]] = {}


def register_path(subject: type[Model], model: type[Model], leads: Leads) -> None:
    """Let the history of `model` be part of the timeline of a `subject`: pk → Q over history rows.

    Where it leads by several ways, a Q each: one OR of them would have the whole table read.
    """
    _paths.setdefault(subject, {})[model] = leads


def register_tracked(*tracked: type[Model]) -> None:
    """Name the models whose history is the whole register's history."""
    for model in tracked:
        _paths.setdefault(None, {})[model] = lambda _pk: Q()


def tracked_models() -> list[type[Model]]:
    """Return every model whose history is told."""
    return list(_paths[None])


def subjects() -> list[type[Model]]:
    """Return every kind of thing that has a timeline of its own."""
    return [subject for subject in _paths if subject is not None]


@dataclass
class Entry:
    """A gesture in words: when, who and why are the gesture's; what it did are the items."""

    gesture: Gesture
    items: list[Item] = field(default_factory=list)
    more: int = 0
    reason: str = ""

    @property
    def day(self) -> date:
        """Return the Swedish day of the gesture."""
        return wording.swedish_day(self.gesture.at)

    @property
    def said(self) -> str:
        """Return who did what kind of thing."""
        return wording.headline(self.gesture)


class Timeline:
    """The history of one thing, or of the whole register, as one person may read it.

    `using` says where gestures and their rows are read (governance/replica.py). What they are called
    today, and whether a reason may be told, is asked of the database itself.
    """

    def __init__(
        self,
        reader: access.Person,
        subject: Model | None = None,
        filters: Filters = EVERYTHING,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        self.reader, self.subject, self.filters, self.using = reader, subject, filters, using
        self.paths = _paths[type(subject) if subject else None]
        self.kind = (type(subject) if subject else None), filters.model
        self.about: dict[str, Any] = {"subject": subject.pk} if subject else {}
        if filters.model:
            self.paths = {m: leads for m, leads in self.paths.items() if m is filters.model}

    def rows(self, model: type[Model]) -> QuerySet[Any]:
        """Return the visible history rows of one model that belong here."""
        here = Q()
        for way in self._ways(model):
            here |= way
        return access.visible(self.reader, rows_of(model).using(self.using).filter(here))

    def _ways(self, model: type[Model]) -> tuple[Q, ...]:
        leads = self.paths[model](self.subject.pk if self.subject else None)
        return leads if isinstance(leads, tuple) else (leads,)

    def gestures(self, wanted: Mapping[str, Any] | None = None) -> QuerySet[Gesture]:
        """Return the gestures that the reader may know of, in no order.

        `wanted` stands in for what the filters ask for.
        """
        every = Gesture.objects.using(self.using).select_related("actor").order_by()
        found = narrow(every, self.filters.wanted() if wanted is None else wanted)
        if self.subject is None and self.filters.model is None:
            if access.sees_everything(self.reader):
                return found
            return found.filter(self._wrote_here())
        return found.filter(pk__in=self._said("gesture_id")) if self.paths else found.none()

    def actors(self, most: int) -> QuerySet[Any]:
        """Return the people who did anything that is told here; its rows name them too.

        Each carries how many `rows` people wrote: of more than `most`, only so many are asked.
        """
        people: QuerySet[Any] = get_user_model()._default_manager.all()
        if not self.paths:
            return people.none()
        said = self._said("history_user", Q(history_user__isnull=False), each=True)[: most + 1]
        found: QuerySet[Any] = people.filter(pk__in=said).annotate(rows=Counted(said))
        return found

    def _said(self, column: str, those: Q = ANY, *, each: bool = False) -> QuerySet[Any]:
        """Return what the visible rows that belong here say in a column, once or by `each` of them.

        Each way finds its own.
        """
        first, *others = (
            access.visible(self.reader, rows_of(model).filter(way, those)).values(column)
            for model in self.paths
            for way in self._ways(model)
        )
        return first.union(*others, all=each)

    def _wrote_here(self) -> Q:
        """Select gestures with a visible row; by row, since most gestures have one."""
        here = Q()
        for model in self.paths:
            here |= Q(Exists(self.rows(model).filter(gesture=OuterRef("pk"))))
        return here

    def entries(
        self,
        gestures: Iterable[Gesture],
        limit: int = SHOWN_ROWS,
        wrote: set[type[Model]] | None = None,
    ) -> list[Entry]:
        """Put gestures into words; of each, at most `limit` rows a table, and how many more.

        As many queries however many gestures there are, and however many tables they wrote to:
        those of `wrote`, where the caller knows.
        """
        entries = {g.pk: Entry(g, reason=g.reason) for g in gestures}
        wrote = self._wrote(entries) if wrote is None else wrote
        models = tuple(model for model in self.paths if model in wrote)
        rows = self.ask(
            models, _first_rows, *self.kind, limit, extras=FIRST, gestures=list(entries)
        )
        for key, count in {(type(r), r.gesture_id): r.count for r in rows}.items():
            entries[key[1]].more += max(0, count - limit)
        return self.told(entries, rows, wrote)

    def told(
        self, entries: dict[Any, Entry], rows: list[Any], wrote: set[type[Model]]
    ) -> list[Entry]:
        """Put rows into words, each in the entry of its gesture; `wrote` is all that those wrote."""
        turns = self._joined(rows)
        told = [row for turn in turns for row in (turn.row, turn.before) if row is not None]
        names = Names(self.reader, told)
        for turn in turns:
            item = wording.describe(turn, names, self.subject)
            if item is not None:
                entries[turn.gesture_id].items.append(item)
        for entry in entries.values():
            entry.items.sort(key=lambda item: item.order)
        self._withhold_reasons(entries, wrote)
        return list(entries.values())

    def ask(
        self,
        models: tuple[type[Model], ...],
        build: Any,
        *args: Any,
        extras: Any = (),
        **values: Any,
    ) -> list[Any]:
        """Return history rows of several models in one query, built once for each kind of timeline."""
        if not models:
            return []
        rows = prepared.fetch(
            build,
            models,
            *args,
            reader=self.reader,
            using=self.using,
            **self.about,
            **values,
        )
        return instances(rows, [history_of(model) for model in models], extras, self.using)

    @staticmethod
    def _wrote(gestures: Iterable[Any]) -> set[type[Model]]:
        """Return the models of which any of the gestures wrote a row."""
        tables = {history_of(model): model for model in tracked_models()}
        return {tables[table] for table in with_rows(tables, gestures)}

    def first(self, model: type[Model], limit: int) -> QuerySet[Any]:
        """Return the first rows that each gesture wrote of a model, and how many it wrote."""
        place = Window(RowNumber(), partition_by=F("gesture"), order_by=F("history_id").asc())
        count = Window(Count("history_id"), partition_by=F("gesture"))
        rows = with_before(model, self.rows(model).filter(OF_GESTURES))
        first: QuerySet[Any] = rows.annotate(place=place, count=count).filter(place__lte=limit)
        return first

    def _joined(self, rows: list[Any]) -> list[Turn]:
        """Join rows of one gesture about one thing: its last row, and the one before its first."""
        earlier = self._earlier(rows)
        turns: dict[tuple[Any, Any, Any], Turn] = {}
        for row in sorted(rows, key=lambda row: int(row.history_id)):
            model = row.instance_type
            key = (model, row.gesture_id, row.id)
            if key in turns:
                turns[key].row = row
            else:
                was = earlier.get((model, row.before_id))
                turns[key] = Turn(model, row, was, row.history_type == "+")
        return list(turns.values())

    def _earlier(self, rows: list[Any]) -> dict[tuple[Any, Any], Any]:
        """Return the rows before these that the reader may know of, by model and id."""
        wanted: dict[type[Model], list[int]] = {}
        for row in rows:
            if row.before_id:
                wanted.setdefault(row.instance_type, []).append(row.before_id)
        models = tuple(model for model in self.paths if model in wanted)
        ids = {f"rows_{place}": wanted[model] for place, model in enumerate(models)}
        earlier = self.ask(models, _earlier_rows, **ids)
        attach_members([*rows, *earlier])
        return {(row.instance_type, row.history_id): row for row in earlier}

    def _withhold_reasons(self, entries: dict[Any, Entry], wrote: set[type[Model]]) -> None:
        """Leave out the reason of gestures that also wrote what the reader may not know of."""
        if access.sees_everything(self.reader):
            return
        models = tuple(model for model in tracked_models() if model in wrote)
        for pk in prepared.fetch(_hiding, models, reader=self.reader, gestures=list(entries)):
            entries[pk].reason = ""


def with_before(model: type[Model], rows: QuerySet[Any]) -> QuerySet[Any]:
    """Let each history row of a model carry the id of the row before it."""
    told: QuerySet[Any] = rows.annotate(before_id=before(model, "history_id"))
    return told


def of_kind(
    reader: access.Person, subject: type[Model] | None, model: type[Model] | None
) -> Timeline:
    """Return the timeline of any thing of a kind, for a query that is built once (`prepared`)."""
    thing = subject(pk=prepared.SUBJECT) if subject else None
    return Timeline(reader, thing, Filters(model=model))


def _first_rows(
    reader: access.Person,
    models: tuple[type[Model], ...],
    subject: type[Model] | None,
    only: type[Model] | None,
    limit: int,
) -> QuerySet[Any]:
    timeline = of_kind(reader, subject, only)
    return union([timeline.first(model, limit) for model in models], FIRST)


def _earlier_rows(reader: access.Person, models: tuple[type[Model], ...]) -> QuerySet[Any]:
    return union(
        [
            access.visible(
                reader,
                rows_of(model).filter(prepared.among_ids("history_id", name=f"rows_{place}")),
            )
            for place, model in enumerate(models)
        ]
    )


def _hiding(reader: access.Person, models: tuple[type[Model], ...]) -> QuerySet[Any]:
    """Return the ids of the gestures that also wrote rows that are hidden from the reader."""
    hidden = Q(pk__in=[])
    for model in models:
        reveals: Any = model
        if getattr(reveals, "visible_through", ()):
            rows = rows_of(model).filter(gesture=OuterRef("pk"))
            hidden |= Q(Exists(access.concealed(reader, rows)))
    among = prepared.among_ids("id", name="gestures", kind="uuid")
    return Gesture.objects.filter(among, hidden).values_list("pk", flat=True)
