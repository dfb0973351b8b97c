"""What a person may know of: skyddsvärda systems, and whatever leads to them, are hidden from most."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from governance.access.rights import Person, general_permissions, granted, involved
from governance.models import Informationssystem

SEE_EVERYTHING = "view_skyddsvard"
SETTLED = 1_000
"""How many hidden systems a question may list by id."""

M = TypeVar("M", bound=Model)


def sees_everything(user: Person) -> bool:
    """Whether no system is hidden from the person: Revisorer, Administratörer and RegIT itself."""
    return user is None or SEE_EVERYTHING in general_permissions(user)


def known_skyddsvarda(user: Person) -> QuerySet[Informationssystem]:
    """Return the skyddsvärda systems that the person may know of.

    Found from what is granted to the person: far more may be hidden.
    """
    systems = Informationssystem.objects.filter(skyddsvard=True).order_by()
    if sees_everything(user) or settled(user) is not None:
        return visible(user, systems)
    return involved(user, systems, planned_for_anybody=True)


def hidden_systems(user: Person) -> QuerySet[Informationssystem]:
    """Return the skyddsvärda systems that this person may not know of."""
    return Informationssystem.objects.filter(_hidden(user))


def _hidden(user: Person) -> Q:
    """Select, among systems, those that this person may not know of."""
    known = settled(user)
    if known is not None:
        return known if isinstance(known, Q) else Q(pk__in=known)
    return Q(skyddsvard=True) & ~granted(user, Informationssystem)


def settled(user: Person) -> Any:
    """Return the systems that are hidden from the person, where `settle` has found them out."""
    return getattr(user, "_hidden_systems", None)


def settle(user: Person) -> bool:
    """Decide now what is hidden from the person for the rest of the request, and say whether it was.

    For what is then read from a replica: a question about rights must not be asked there. Not done
    where so many systems are hidden that they cannot be listed in a question.
    """
    if not sees_everything(user) and settled(user) is None:
        hidden = list(hidden_systems(user).values_list("pk", flat=True)[: SETTLED + 1])
        if len(hidden) > SETTLED:
            return False
        user._hidden_systems = hidden
    return True


def visible(user: Person, queryset: QuerySet[M]) -> QuerySet[M]:
    """Narrow to what this person may know of, in list, search, count, picture, export and history.

    A model, or the model behind a history table, names in `visible_through` the paths to the
    systems that its rows reveal; "" is the row itself.
    """
    if sees_everything(user):
        return queryset
    for hidden in _reveals_hidden(user, queryset.model):
        queryset = queryset.exclude(hidden)
    return queryset


def concealed(user: Person, queryset: QuerySet[M]) -> QuerySet[M]:
    """Narrow to what `visible` leaves out."""
    if sees_everything(user):
        return queryset.none()
    found = Q(pk__in=[])
    for hidden in _reveals_hidden(user, queryset.model):
        found |= hidden
    return queryset.filter(found)


def _reveals_hidden(user: Person, model: type[Model]) -> Iterable[Q]:
    """Return, for each path of the model, the condition that it leads to a hidden system."""
    register: Any = getattr(model, "instance_type", model)
    historical = register is not model
    for path in getattr(register, "visible_through", ()):
        step = register._meta.get_field(path) if path and "__" not in path else None
        if not path and not historical:
            yield _hidden(user)
        elif step or not path:
            column = f"{path}_id" if path else "id"
            hides = Q(Exists(hidden_systems(user).filter(pk=OuterRef(column))))
            # Said apart, so that only rows with a system are asked about: most lead to none, and
            # PostgreSQL would else find out all that is hidden.
            yield Q(**{f"{column}__isnull": False}) & hides if step and step.null else hides
        elif historical:
            yield Q(_ever_revealed(user, register, path, "id"))
        else:
            rows = register._base_manager.filter(pk=OuterRef("pk"))
            yield Q(Exists(rows.filter(**{f"{path}__in": hidden_systems(user).values("pk")})))


def _ever_revealed(user: Person, model: Any, path: str, column: str) -> Exists:
    """Tell whether any history row of the thing that a column names leads to a hidden system.

    What a row leads to may be gone by now; its own history still tells.
    """
    head, _sep, tail = path.partition("__")
    step = model._meta.get_field(head)
    if step.one_to_many:
        model, key, onward = step.related_model, f"{step.field.name}_id", "id"
    else:
        key, onward = "id", f"{head}_id"
    rows = model.history.model.objects.order_by().filter(**{key: OuterRef(column)})
    if step.one_to_many and tail:
        head, _sep, tail = tail.partition("__")
        onward = f"{head}_id"
        step = model._meta.get_field(head)
    if not tail:
        return Exists(rows.filter(**{f"{onward}__in": hidden_systems(user).values("pk")}))
    return Exists(rows.filter(_ever_revealed(user, step.related_model, tail, onward)))
