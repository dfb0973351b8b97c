"""What the API needs to know of one kind of thing: its fields, and the actions that write it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from governance.lists.facets import Listing

HIDDEN = {"id", "version", "search_text", "search_fold", "sort_key", "name_key", "updated_by"}

Action = Callable[..., Any]


@dataclass(frozen=True)
class Act:
    """Something that one action does to a thing: POST /{noun}/{id}/{name}."""

    name: str
    summary: Any
    action: Action
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Argument → (type, default), as pydantic takes them; ... where it may not be left out."""
    related: Mapping[str, type[models.Model]] = field(default_factory=dict)
    """Arguments that are ids of things."""
    versioned: bool = False
    """Whether the action compares versions: If-Match is then heeded."""


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
    within: Sequence[str] = ()
    """Foreign keys that the list can be narrowed by."""
    listing: type[Listing] | None = None
    """The list whose filters apply."""
    create: Action | None = None
    change: Action | None = None
    remove: Action | None = None
    acts: Sequence[Act] = ()

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
    def queryset(self) -> models.QuerySet[Any]:
        """Return all of the kind, with what is told of each in a constant number of queries."""
        rows = self.model._default_manager.all()
        many = [f.name for f in self.model._meta.many_to_many if f.name in self.told]
        return rows.prefetch_related(*many) if many else rows
