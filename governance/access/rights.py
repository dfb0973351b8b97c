"""What a person may do: by the grant tables (image of the catalogue) and by the two groups that
stand outside the objects. Inactive people have no rights.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any, TypeVar, cast

from django.contrib.auth.models import AnonymousUser, Permission
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import (
    BooleanField,
    Exists,
    Expression,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.http import HttpRequest
from django.utils.translation import gettext
from guardian.utils import get_user_obj_perms_model

from governance.expressions import IsOneOf
from governance.models import Forvaltningsobjekt, Informationssystem
from governance.verbs import NAMES

ADMINISTRATORER = "Administratörer"
REVISORER = "Revisorer"

M = TypeVar("M", bound=Model)
Person = Any  # a user, AnonymousUser, or None: RegIT itself


class Forbidden(PermissionDenied):
    """The thing may be seen, but not this done to it; the page says whose mandate it is.

    Where any of several permissions is enough, `called` says in words what they let one do.
    """

    def __init__(
        self, permission: str | tuple[str, ...], thing: Model | None = None, called: str = ""
    ) -> None:
        self.permission, self.thing, self.called = permission, thing, called
        super().__init__(permission)

    @property
    def name(self) -> str:
        """Return the mandate's name in words."""
        return self.called or gettext(str(NAMES.get(str(self.permission), self.permission)))


def general_permissions(user: Person) -> frozenset[str]:
    """Return what the person's groups allow on everything; a superuser counts as Administratör."""
    if not user.is_active or isinstance(user, AnonymousUser):
        return frozenset()
    cached = getattr(user, "_general_permissions", None)
    if cached is None:
        holds = Q(group__user=user)
        if user.is_superuser:
            holds |= Q(group__name=ADMINISTRATORER)
        codenames = Permission.objects.filter(holds).order_by().values_list("codename", flat=True)
        cached = user._general_permissions = frozenset(codenames)
    return cast(frozenset[str], cached)


def _grants(model: type[Model]) -> QuerySet[Any]:
    return cast(QuerySet[Any], get_user_obj_perms_model(cast(Any, model))._default_manager.all())


def may(user: Person, permission: str, thing: Model | None = None) -> bool:
    """Whether the person may do it to this thing: by a group, or by a grant on one of its anchors."""
    if user is None:
        return True
    if permission in general_permissions(user):
        return True
    if thing is None or not user.is_active or isinstance(user, AnonymousUser):
        return False
    anchors: dict[type[Model], list[Any]] = {}
    for anchor in thing.permission_anchors():  # type: ignore[attr-defined]
        anchors.setdefault(type(anchor), []).append(anchor.pk)
    return any(
        _grants(model)
        .filter(user=user, permission__codename=permission, content_object__in=pks)
        .exists()
        for model, pks in anchors.items()
    )


def require(user: Person, permission: str, thing: Model | None = None) -> None:
    """Raise Forbidden unless the person may."""
    if not may(user, permission, thing):
        raise Forbidden(permission, thing)


def permissions_on(user: Person, things: Iterable[M]) -> dict[Any, frozenset[str]]:
    """Return what the person may do to each of these objects or systems: one query."""
    things = list(things)
    general = general_permissions(user)
    anchors = {(type(a), a.pk) for t in things for a in t.permission_anchors()}  # type: ignore[attr-defined]
    held = _held_on(user, anchors) if user.is_active and anchors else {}
    return {
        thing.pk: general.union(
            *(held.get((type(a).__name__, a.pk), ()) for a in thing.permission_anchors())  # type: ignore[attr-defined]
        )
        for thing in things
    }


def rights_during(
    request: HttpRequest, things: Iterable[Model]
) -> dict[tuple[type[Model], Any], frozenset[str]]:
    """Return, by (model, id), what the reader of a page may do to each thing.

    Asks once a request for each object or system, however many parts of the page wonder. For pages
    that are read: an action asks anew.
    """
    things = list(things)
    kept: Any = request
    held: dict[tuple[type[Model], Any], frozenset[str]] = kept.__dict__.setdefault("_held", {})
    anchors = {thing: _anchors(thing) for thing in things}
    new = {anchor for each in anchors.values() for anchor in each} - held.keys()
    if new:
        found = _held_on(request.user, new) if request.user.is_active else {}
        held |= {(m, pk): frozenset(found.get((m.__name__, pk), ())) for m, pk in new}
    general = general_permissions(request.user)
    return {
        (type(thing), thing.pk): general.union(*(held[anchor] for anchor in each))
        for thing, each in anchors.items()
    }


def _anchors(thing: Model) -> set[tuple[type[Model], Any]]:
    return {(type(anchor), anchor.pk) for anchor in thing.permission_anchors()}  # type: ignore[attr-defined]


def _held_on(
    user: Person, anchors: set[tuple[type[Model], Any]]
) -> dict[tuple[str, Any], set[str]]:
    """Return the codenames that the person's grants carry, by the anchor's model and id."""
    rows = [
        _grants(model)
        .filter(user=user, content_object__in=[pk for m, pk in anchors if m is model])
        .values_list(Value(model.__name__), "content_object_id", "permission__codename")
        for model in {model for model, _pk in anchors}
    ]
    held: dict[tuple[str, Any], set[str]] = {}
    for name, pk, codename in rows[0].union(*rows[1:], all=True):
        held.setdefault((name, pk), set()).add(codename)
    return held


def permitted(user: Person, permission: str, queryset: QuerySet[M]) -> QuerySet[M]:
    """Narrow objects or systems to those where the person holds the permission."""
    if user is None or permission in general_permissions(user):
        return queryset
    return queryset.filter(granted(user, queryset.model, permission=permission))


def mandated(user: Person, *permissions: str) -> QuerySet[Any]:
    """Return the ids of the objects where a role of the person's own carries one of the permissions.

    For `objekt__in`. What a group may do everywhere does not count.
    """
    held = _grants(Forvaltningsobjekt).filter(permission__codename__in=permissions)
    if not getattr(user, "is_active", False) or isinstance(user, AnonymousUser):
        held = held.none()
    return held.filter(user_id=getattr(user, "pk", None)).values("content_object_id")


def holders_of(objekt: Forvaltningsobjekt, *permissions: str) -> dict[str, list[Any]]:
    """Return the people who hold each mandate on an object today, substitutes included: one query.

    Read from the grants alone: a group outside the objects makes nobody a receiver or a member.
    """
    grants = _grants(Forvaltningsobjekt).filter(
        content_object=objekt, permission__codename__in=permissions, user__is_active=True
    )
    held: dict[str, list[Any]] = {permission: [] for permission in permissions}
    for grant in grants.select_related("user", "permission").order_by("user__last_name", "user"):
        held[grant.permission.codename].append(grant.user)
    return held


def people_with(objekt: Forvaltningsobjekt, *permissions: str) -> list[Any]:
    """Return the people who hold any of the mandates on an object today, each once: one query.

    In the order of the mandates: whom a letter or a report goes to.
    """
    held = holders_of(objekt, *permissions)
    return list(dict.fromkeys(person for people in held.values() for person in people))


def involved(
    user: Person,
    queryset: QuerySet[M],
    *,
    planned_for_anybody: bool = False,
    most: int | None = None,
) -> QuerySet[M]:
    """Narrow objects or systems to those where the person holds any role today: "mine".

    The ids are asked for on their own, not by Exists for each row: PostgreSQL then begins with what
    the person has. A query that is planned once for anybody (`prepared`) must be told to; it may
    stop at the objects that were registered first, where somebody holds roles on more than `most`.
    """
    if not getattr(user, "is_active", False) or isinstance(user, AnonymousUser):
        return queryset.none()
    is_one_of = partial(_is_one_of, most=most) if planned_for_anybody else _is_in
    objects = _grants(Forvaltningsobjekt).filter(user=user).values("content_object_id")
    if queryset.model is Forvaltningsobjekt:
        return queryset.filter(is_one_of("pk", objects))
    systems = _grants(Informationssystem).filter(user=user).values("content_object_id")
    return queryset.filter(is_one_of("pk", systems) | is_one_of("objekt", objects))


def _is_in(path: str, ids: QuerySet[Any]) -> Q:
    return Q(**{f"{path}__in": ids})


def _is_one_of(path: str, ids: QuerySet[Any], most: int | None) -> Q:
    """Select the rows whose path is one of the ids, which are found first: with IN, PostgreSQL reads
    every row if people have much on the whole.
    """
    first = ids.order_by("content_object_id").distinct()[:most]
    return Q(IsOneOf(F(path), ArraySubquery(first)))


def is_involved(user: Person, model: type[Model]) -> Expression:
    """Tell, inside a query, whether the person holds any role on some object, or system, today."""
    held = Q(Exists(_grants(Forvaltningsobjekt).filter(user=user)))
    if model is Informationssystem:
        held |= Q(Exists(_grants(Informationssystem).filter(user=user)))
    return ExpressionWrapper(held, BooleanField())


def granted(user: Person, model: type[Model], permission: str | None = None) -> Q:
    """Select the rows on which the person has a grant, directly or through the object."""
    if not getattr(user, "is_active", False) or isinstance(user, AnonymousUser):
        return Q(pk__in=[])
    wanted: dict[str, Any] = {"user": user}
    if permission:
        wanted["permission__codename"] = permission
    own = Q(Exists(_grants(model).filter(content_object=OuterRef("pk"), **wanted)))
    if model is Informationssystem:
        objekt = _grants(Forvaltningsobjekt).filter(content_object=OuterRef("objekt_id"), **wanted)
        return own | Q(Exists(objekt))
    return own
