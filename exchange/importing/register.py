"""What the register holds, as far as the person who imports may know of it, in a few queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from exchange.cleaning import fold
from governance import access
from governance.models import (
    Forvaltningsobjekt,
    Informationsmangd,
    Informationssystem,
    Leverantor,
    Namnd,
    Samband,
)
from roles.models import RoleAssignment, User

M = TypeVar("M", bound=Model)
DERIVED = ("search_text", "search_fold", "sort_key")


@dataclass
class Register:
    """Every row once: two who refer to the same object hold the same instance."""

    objects: dict[int, Forvaltningsobjekt] = field(default_factory=dict)
    systems: dict[int, Informationssystem] = field(default_factory=dict)
    people: dict[int, User] = field(default_factory=dict)
    namnder: dict[int, Namnd] = field(default_factory=dict)
    leverantorer: dict[int, Leverantor] = field(default_factory=dict)
    assignments: list[RoleAssignment] = field(default_factory=list)
    samband: list[Samband] = field(default_factory=list)
    information: list[Informationsmangd] = field(default_factory=list)

    @classmethod
    def load(cls, actor: Any) -> "Register":
        """Read the register: one query for each kind of thing."""
        found = cls(
            _by_id(actor, Forvaltningsobjekt.objects.defer(*DERIVED)),
            _by_id(actor, Informationssystem.objects.defer(*DERIVED)),
            _by_id(actor, User.objects.defer(*DERIVED)),
            _by_id(actor, Namnd.objects.defer(*DERIVED)),
            _by_id(actor, Leverantor.objects.defer(*DERIVED, "name_key")),
            list(access.visible(actor, RoleAssignment.objects.order_by("id"))),
            list(access.visible(actor, Samband.objects.order_by("id"))),
            list(access.visible(actor, Informationsmangd.objects.order_by("id"))),
        )
        found._join()
        return found

    def _join(self) -> None:
        """Let every row refer to the instances loaded here."""
        links: tuple[tuple[Iterable[Any], str, Mapping[int, Any]], ...] = (
            (self.systems.values(), "objekt", self.objects),
            (self.systems.values(), "leverantor", self.leverantorer),
            (self.systems.values(), "informationen_ags_av", self.namnder),
            (self.assignments, "objekt", self.objects),
            (self.assignments, "person", self.people),
            (self.assignments, "namnd", self.namnder),
            (self.assignments, "system", self.systems),
            (self.samband, "source", self.systems),
            (self.samband, "target", self.systems),
            (self.information, "system", self.systems),
            (self.information, "informationsagare", self.people),
        )
        for rows, name, known in links:
            for row in rows:
                pk = getattr(row, f"{name}_id")
                if pk is not None:
                    setattr(row, name, known[pk])


def _by_id(actor: Any, queryset: QuerySet[M]) -> dict[int, M]:
    return {row.pk: row for row in access.visible(actor, queryset.order_by("id"))}


class Named(dict[str, list[Any]]):
    """Things by folded name; several may share one."""

    def __init__(self, things: Any = ()) -> None:
        super().__init__()
        for thing in things:
            self.put(thing)

    def put(self, thing: Any, name: str = "") -> None:
        """Add a thing under its name, or under another one."""
        self.setdefault(fold(name or thing.name), []).append(thing)

    def all(self, name: str) -> list[Any]:
        """Return all of that name."""
        return self.get(fold(name), [])

    def one(self, name: str) -> Any:
        """Return the first of that name, or None."""
        return next(iter(self.all(name)), None)

    def names(self) -> list[str]:
        """Return the names as they are written."""
        return [things[0].name for things in self.values()]
