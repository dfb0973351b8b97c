"""Plans: which one is in force, what a plan says, its checksum, and how two versions differ."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from governance.checksum import checksum
from governance.models import (
    Aktivitet,
    Budgetpost,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Mal,
    Planavtal,
    Planrisk,
)
from governance.models.gesture import DERIVED
from governance.words import in_words

# Rows of a plan in the order in which it is read.
ROWS: tuple[type[Model], ...] = (Mal, Aktivitet, Budgetpost, Planrisk, Planavtal)
OWN = ("period_from", "period_to", "summary")
Key = tuple[str, str]


def in_force(
    objekt: Forvaltningsobjekt | None = None, day: date | None = None
) -> QuerySet[Forvaltningsplan]:
    """Return the adopted plan in force on a day (today), of one object or of every object."""
    day = day or timezone.localdate()
    plans = Forvaltningsplan.objects.filter(
        status=Forvaltningsplan.Status.FASTSTALLD, period_from__lte=day, period_to__gte=day
    )
    return plans.filter(objekt=objekt) if objekt else plans


# A plan that another has replaced still has costs booked in its time.
EVER_ADOPTED = (Forvaltningsplan.Status.FASTSTALLD, Forvaltningsplan.Status.ERSATT)


def ever_adopted(objekt: Forvaltningsobjekt) -> QuerySet[Forvaltningsplan]:
    """Return the plans of an object that were ever adopted, replaced since or not."""
    return Forvaltningsplan.objects.filter(objekt=objekt, status__in=EVER_ADOPTED)


def held_on(objekt: Forvaltningsobjekt, day: date) -> QuerySet[Forvaltningsplan]:
    """Return the plan of an object that held on a day: adopted by then, and not yet replaced."""
    held = Q(superseded_on__isnull=True) | Q(superseded_on__gt=day)
    return ever_adopted(objekt).filter(
        held, adopted_on__lte=day, period_from__lte=day, period_to__gte=day
    )


def commitments() -> QuerySet[Planavtal]:
    """Return which agreements are covered by the adopted plans that have begun."""
    return Planavtal.objects.filter(
        plan__status=Forvaltningsplan.Status.FASTSTALLD,
        plan__period_from__lte=timezone.localdate(),
    )


def adopted_for(objekt: Forvaltningsobjekt, day: date | None) -> Forvaltningsplan | None:
    """Return the adopted plan of the days around this one, replaced since or not, if any."""
    if day is None:
        return None
    around = ever_adopted(objekt).filter(period_from__lte=day, period_to__gte=day)
    return around.order_by("-number").first()


def said_by(row: Model) -> list[Any]:
    """Return the fields in which a row of a plan says something, in their order."""
    apart = {"id", "plan", *DERIVED}
    return [f for f in row._meta.concrete_fields if f.name not in apart]


def rows_of(
    plan: Forvaltningsplan, seen: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None
) -> dict[type[Model], list[Any]]:
    """Return the rows of a plan, a query a kind: all, or those that `seen` lets through."""
    found = {}
    for model in ROWS:
        links = [f.name for f in model._meta.fields if f.name in ("mal", "system", "avtal")]
        rows = model._default_manager.filter(plan=plan).order_by("pk").select_related(*links)
        found[model] = list(seen(rows) if seen else rows)
    return found


def content_hash(plan: Forvaltningsplan) -> str:
    """Return the SHA-256 of all that the plan says, its rows included, in one written form.

    Who signs, signs this. Ids count too: an activity moved to another goal is another plan.
    """
    content: dict[str, Any] = {
        "objekt": plan.objekt_id,
        "number": plan.number,
        **{name: _plain(getattr(plan, name)) for name in OWN},
    }
    for model, rows in rows_of(plan).items():
        content[model.__name__] = [
            {"id": row.pk, **{f.attname: _plain(getattr(row, f.attname)) for f in said_by(row)}}
            for row in rows
        ]
    return checksum(content)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else value


@dataclass
class Difference:
    """One row in two versions: a side is empty where the row is not there."""

    title: str
    old: dict[str, str] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Return what happened to the row: added, removed, changed or same."""
        if not self.old:
            return "added"
        if not self.new:
            return "removed"
        return "same" if self.old == self.new else "changed"

    def fields(self) -> list[tuple[str, str, str]]:
        """Return each field that differs with its two values; of a row on one side, all."""
        labels = list(dict.fromkeys([*self.old, *self.new]))
        both = [(label, self.old.get(label, ""), self.new.get(label, "")) for label in labels]
        return [row for row in both if row[1] != row[2]]


def compare(
    old: Forvaltningsplan, new: Forvaltningsplan, seen: Callable[[QuerySet[Any]], QuerySet[Any]]
) -> dict[str, list[Difference]]:
    """Return, a kind of row at a time, how two versions differ.

    A row of a copy is paired with the row it was copied from, whatever it is called since; other
    rows are paired by side and title. `seen` leaves out what the reader may not know of.
    """
    found = {
        str(Forvaltningsplan._meta.verbose_name): [
            Difference(str(new), _told(old, OWN), _told(new, OWN)),
        ]
    }
    before, after = rows_of(old, seen), rows_of(new, seen)
    copies = before if old.based_on_id == new.pk else after if new.based_on_id == old.pk else {}
    for model in ROWS:
        copied = _when_copied(model, copies.get(model, []))
        found[str(model._meta.verbose_name_plural)] = _paired(before[model], after[model], copied)
    return found


def _when_copied(model: Any, rows: list[Any]) -> dict[Any, Key]:
    """Return how rows of a copy are known by their first moment, from history: as what they copy."""
    if not any(hasattr(row, "title") for row in rows):
        return {}
    made = model.history.filter(history_type="+", id__in=[row.pk for row in rows])
    return {row.id: _key(row) for row in made}


def _paired(old: list[Any], new: list[Any], copied: dict[Any, Key]) -> list[Difference]:
    waiting: dict[Key, list[Any]] = {}
    for row in old:
        waiting.setdefault(copied.get(row.pk) or _key(row), []).append(row)
    pairs = []
    for row in new:
        same = waiting.get(copied.get(row.pk) or _key(row))
        before = same.pop(0) if same else None
        pairs.append(Difference(str(row), _told(before) if before else {}, _told(row)))
    gone = [row for rows in waiting.values() for row in rows]
    return pairs + [Difference(str(row), _told(row)) for row in gone]


def _key(row: Any) -> Key:
    return (getattr(row, "sida", ""), str(getattr(row, "title", row)).casefold())


def _told(thing: Any, names: tuple[str, ...] = ()) -> dict[str, str]:
    told = [f for f in said_by(thing) if not names or f.name in names]
    return {
        str(f.verbose_name).capitalize(): in_words(f, getattr(thing, f.name))
        for f in told
        if in_words(f, getattr(thing, f.name))
    }
