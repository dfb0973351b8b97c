"""What the API needs to know of one kind of thing: its fields, and the actions that write it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from roles.models.assignments import Spell

HIDDEN = {"id", "version", "search_text", "search_fold", "sort_key", "name_key", "updated_by"}

Action = Callable[..., Any]
Related = Mapping[str, type[models.Model] | list[type[models.Model]]]
"""Arguments that are the id of a thing or, in a list, the ids of several; beside the model's own."""


@dataclass(frozen=True)
class Act:
    """Something that one action does to a thing: POST /{noun}/{id}/{name}."""

    name: str
    summary: Any
    action: Action
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Argument → (type, default), as pydantic takes them; ... where it may not be left out."""
    related: Related = field(default_factory=dict)
    versioned: bool = False
    """Whether the action compares versions: If-Match is then heeded."""
    begins: bool = False
    """Whether it makes another thing of the kind, which is then what is told: 201."""
    ends: bool = False
    """Whether the thing may be gone afterwards: then 204."""


@dataclass(frozen=True)
class Part:
    """Something more to read of a thing: GET /{noun}/{id}/{name}."""

    name: str
    summary: Any
    schema: Any
    tell: Callable[[Any, Any], Any]
    """(person, thing) → what the schema says, as far as the person may know of it."""


@dataclass(frozen=True)
class Noun:
    """A kind of thing. Without `create` or `change` it is only read."""

    path: str
    model: type[models.Model]
    fields: Sequence[str] = ()
    """What is told; everything that the model keeps, where nothing is named."""
    writable: Sequence[str] | None = None
    """What may be written; what the model's own forms may, where nothing is named."""
    changeable: Sequence[str] | None = None
    """What may be changed later, where that is less."""
    parent: str = ""
    """The foreign key that creation gives to its action first."""
    further: Sequence[str] = ()
    """Foreign keys that only creation takes."""
    related: Related = field(default_factory=dict)
    """What else only creation takes."""
    also: Mapping[str, tuple[Any, Callable[[Any], Any]]] = field(default_factory=dict)
    """What is told beside fields of the model: its type, and how it is told."""
    within: Sequence[str] = ()
    """Foreign keys and choices that the list can be narrowed by."""
    listing: Any = None
    """The list whose filters apply, as class: (person, address) → `filtered()`."""
    prefetched: Sequence[str] = ()
    """What else is fetched with a page of them."""
    create: Action | None = None
    change: Action | None = None
    remove: Action | None = None
    acts: Sequence[Act] = ()
    parts: Sequence[Part] = ()

    @property
    def told(self) -> list[str]:
        """Return the names of what is told."""
        if self.fields:
            return list(self.fields)
        concrete = [f for f in self.model._meta.get_fields() if getattr(f, "concrete", False)]
        return [f.name for f in concrete if f.name not in HIDDEN]

    @property
    def written(self) -> list[str]:
        """Return the names of what may be written."""
        if self.writable is not None:
            return list(self.writable)
        known = [self.model._meta.get_field(name) for name in self.told]
        return [f.name for f in known if f.editable and f.name != self.parent]

    @property
    def lasts(self) -> bool:
        """Whether it has a first and a last day, so that the list can be narrowed to a day."""
        return issubclass(self.model, Spell)

    @property
    def queryset(self) -> models.QuerySet[Any]:
        """Return all of the kind."""
        return self.complete(self.model._default_manager.all())

    def complete(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return the rows with what is told of each in a constant number of queries."""
        many = [f.name for f in self.model._meta.many_to_many if f.name in self.told]
        many += self.prefetched
        return rows.prefetch_related(*many) if many else rows
