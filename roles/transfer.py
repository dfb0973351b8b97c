"""Hand over everything a person answers for, to one or several successors, in one gesture.

All or nothing, and set-based: a thousand assignments take as few statements as one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance import access, bulk, gestures
from governance.gestures import gesture
from governance.lists import prepared
from governance.lists.ahead import has_answer
from governance.lists.prepared import Question
from governance.models import Forvaltningsobjekt, Informationsmangd
from roles import grants, spells
from roles.assignments import (
    BASIS,
    Basis,
    assignment_of,
)
from roles.catalogue import BY_CODE, Role
from roles.cover import covered
from roles.models import RoleAssignment, Substitution, User
from roles.requirements import (
    ONE_DAY,
    check_day,
    check_holder,
    check_reason,
)
from roles.staffing import overlap

Thing = RoleAssignment | Substitution | Informationsmangd
NO_BASIS = Basis()
PREFIX = {RoleAssignment: "uppdrag", Substitution: "ersattare", Informationsmangd: "information"}


@dataclass(frozen=True)
class Item:
    """One thing that a person answers for, and what it takes to give it to somebody else."""

    thing: Thing

    @property
    def key(self) -> str:
        """Return what names the item in a form: uppdrag-12."""
        return f"{PREFIX[type(self.thing)]}-{self.thing.pk}"

    @property
    def objekt(self) -> Forvaltningsobjekt:
        """Return the object that the item belongs to."""
        if isinstance(self.thing, Substitution):
            return self.thing.assignment.objekt
        if isinstance(self.thing, Informationsmangd):
            return self.thing.system.objekt
        return self.thing.objekt

    @property
    def role(self) -> Role | None:
        """Return the role whose mandates go with the item; owned information has none."""
        if isinstance(self.thing, Informationsmangd):
            return None
        held = self.thing.assignment if isinstance(self.thing, Substitution) else self.thing
        return BY_CODE[held.role]

    @property
    def permission(self) -> str:
        """Return the permission that whoever hands it over must hold on the object."""
        return self.role.appointed_with if self.role else "change_forvaltningsobjekt"

    def __str__(self) -> str:
        if isinstance(self.thing, Substitution):
            return _("ersättare för %(role)s") % {"role": self.thing.assignment}
        if isinstance(self.thing, Informationsmangd):
            return _("informationsägare för %(what)s") % {"what": self.thing}
        return str(self.thing.get_role_display())


def items_of(person: User, on: date, *, seen_by: Any = None, lock: bool = False) -> list[Item]:
    """Return what the person answers for on the day or later, as far as `seen_by` may know of it.

    Ordered by object. What has ended by today stays with whoever held it, and so does a role of an
    object that is wound up: that is ended, and never handed over. With `lock`, owned information is
    locked as it is read; a role is held by the lock of its object.
    """
    assignments, stand_ins, owned = _things(person.pk, on, seen_by)
    if lock:
        owned = owned.order_by("pk").select_for_update(of=("self",), no_key=True)
    found = [Item(row) for rows in (assignments, stand_ins, owned) for row in rows]
    return sorted(found, key=lambda item: (item.objekt.sort_key, item.objekt.pk))


def _things(person: int, on: date, seen_by: Any) -> Iterable[QuerySet[Any]]:
    """Yield assignments, periods as substitute and owned information, in that order."""
    last = max(on, timezone.localdate())
    lasts = Q(valid_to__isnull=True) | Q(valid_to__gte=last)
    closed = Forvaltningsobjekt.Status.AVVECKLAT
    assignments = RoleAssignment.objects.filter(lasts, person=person)
    assignments = assignments.exclude(objekt__status=closed)
    stand_ins = Substitution.objects.filter(valid_to__gte=last, person=person)
    stand_ins = stand_ins.exclude(assignment__objekt__status=closed)
    owned = Informationsmangd.objects.filter(informationsagare=person)
    yield access.visible(seen_by, assignments.select_related("objekt", "system"))
    related = ("assignment__objekt", "assignment__person", "assignment__system")
    yield access.visible(seen_by, stand_ins.select_related(*related))
    yield access.visible(seen_by, owned.select_related("system__objekt"))


def may_give(actor: User, person: User) -> bool:
    """Whether the actor may hand over anything of the person's."""
    return any(has_answer(question, reader=actor) for question in questions(person))


def questions(person: User) -> list[Question]:
    """Return what `may_give` asks, for a page that asks several things at once."""
    return [Question(_to_give, (kind,), person.pk) for kind in range(3)]


def _to_give(reader: User, kind: int) -> QuerySet[Any]:
    """Return the first that the reader may hand over of one kind of things, in the order of _things."""
    rows = list(_things(prepared.SUBJECT, timezone.localdate(), reader))[kind]

    def on_objects(permission: str) -> QuerySet[Any]:
        objects = access.permitted(reader, permission, Forvaltningsobjekt.objects.order_by())
        return objects.values("pk")

    def appointed(path: str = "") -> Q:
        found = Q(pk__in=[])
        for role in BY_CODE.values():
            within = {f"{path}objekt__in": on_objects(role.appointed_with)}
            found |= Q(**{f"{path}role": role.code}, **within)
        return found

    theirs = (
        appointed(),
        appointed("assignment__"),
        Q(system__objekt__in=on_objects("change_forvaltningsobjekt")),
    )
    found: QuerySet[Any] = rows.filter(theirs[kind]).values_list("pk", flat=True)
    return found[:1]


def permitted(actor: User | None, items: Sequence[Item]) -> dict[str, bool]:
    """Return whether the person may hand over each item: one query for them all."""
    if actor is None:
        return {item.key: True for item in items}
    may = access.permissions_on(actor, {item.objekt.pk: item.objekt for item in items}.values())
    return {item.key: item.permission in may[item.objekt.pk] for item in items}


def transfer_all(
    actor: User | None,
    person: User,
    successors: Mapping[str, User],
    *,
    on: date,
    reason: str,
    basis: Basis = NO_BASIS,
) -> list[Item]:
    """Hand over the items that `successors` names, from the day `on`, and return them.

    Roles that last are split at the day, those that begin later change holder, and periods as
    somebody's substitute likewise; the person's own substitutes stand in no longer. An
    informationsägare has no dates and changes at once.

    Raises Forbidden when one item is not the actor's to give (6.1.c, 6.2.U2, 6.3.U1, 6.4.U2, 6.5.U1;
    6.3.U4 for informationsägare), and ValidationError, with a sentence that names the object, when
    one cannot be handed over. Then nothing is.
    """
    check_reason(reason)
    objects = {i.objekt.pk for i in _chosen(actor, person, successors, on)}
    with covered(*objects), gesture(actor, "transfer_all", reason):
        items = _chosen(actor, person, successors, on, lock=True)
        if not {item.objekt.pk for item in items} <= objects:
            raise ValidationError(_stale())
        require(actor, items)
        check(person, items, successors, on)
        _give_assignments(_of(items, RoleAssignment), successors, on, basis)
        _give_substitutions(_of(items, Substitution), successors, on)
        _give_information(_of(items, Informationsmangd), successors)
        grants.sync(objects)
    return items


def require(actor: User | None, items: Sequence[Item]) -> None:
    """Raise Forbidden for the first item that is not the actor's to give."""
    may = permitted(actor, items)
    for item in items:
        if not may[item.key]:
            raise access.Forbidden(item.permission, item.objekt)


def check(person: User, items: Sequence[Item], successors: Mapping[str, User], on: date) -> None:
    """Raise ValidationError with a sentence for each item that cannot be handed over."""
    check_day(on)
    for successor in set(successors.values()):
        if successor == person:
            raise ValidationError(_("Välj en annan person än %(who)s.") % {"who": person})
        check_holder("", successor)
    found = problems(items, successors, on)
    if found:
        raise ValidationError(list(found.values()))


def problems(items: Sequence[Item], successors: Mapping[str, User], on: date) -> dict[str, str]:
    """Return a sentence for each item that cannot be given to its successor: one query."""
    held = RoleAssignment.objects.filter(
        person__in=set(successors.values()), objekt__in={item.objekt.pk for item in items}
    )
    by_post: dict[tuple[Any, ...], list[RoleAssignment]] = {}
    for other in held:
        by_post.setdefault(_post(other, other.person_id), []).append(other)
    found = {}
    for item in items:
        sentence = _problem(item, successors[item.key], on, by_post)
        if sentence:
            found[item.key] = sentence
    return found


def _problem(
    item: Item, successor: User, on: date, held: Mapping[tuple[Any, ...], list[RoleAssignment]]
) -> str:
    thing = item.thing
    words = {"objekt": item.objekt, "who": successor, "role": str(item)}
    if isinstance(thing, Informationsmangd):
        return ""
    if on <= thing.valid_from <= timezone.localdate():
        words["day"] = date_format(thing.valid_from, "j F Y")
        return _("%(objekt)s: uppdraget som %(role)s började %(day)s. Välj en senare dag.") % words
    if isinstance(thing, Substitution):
        same = thing.assignment.person_id == successor.pk
    else:
        start = max(on, thing.valid_from)
        others = held.get(_post(thing, successor.pk), [])
        same = any(overlap(start, thing.valid_to, o.valid_from, o.valid_to) for o in others)
    if same:
        return _("%(objekt)s: %(who)s har redan rollen. Välj någon annan.") % words
    return ""


def _post(assignment: RoleAssignment, person: int | None) -> tuple[Any, ...]:
    return assignment.objekt_id, assignment.role, assignment.system_id, person


def _chosen(
    actor: User | None,
    person: User,
    successors: Mapping[str, User],
    on: date,
    *,
    lock: bool = False,
) -> list[Item]:
    items = [i for i in items_of(person, on, seen_by=actor, lock=lock) if i.key in successors]
    if not successors:
        raise ValidationError(_("Välj en efterträdare för minst ett uppdrag."))
    if len(items) != len(successors):
        raise ValidationError(_stale())
    return items


def _stale() -> str:
    return _("Uppdragen har ändrats sedan sidan öppnades. Gå igenom listan igen.")


def _of(items: Sequence[Item], kind: type[Any]) -> list[Any]:
    return [item.thing for item in items if isinstance(item.thing, kind)]


def _give_assignments(
    assignments: Sequence[RoleAssignment],
    successors: Mapping[str, User],
    on: date,
    basis: Basis,
) -> None:
    actor: Any = gestures.current().actor
    moved, ended, new = [], [], []
    for held in assignments:
        successor = successors[Item(held).key]
        if held.valid_from >= on:
            held.person, held.appointed_by = successor, actor
            for name, value in asdict(basis).items():
                setattr(held, name, value)
            moved.append(held)
            continue
        rest = (held.objekt, held.role, successor, on, held.valid_to, basis, held.system)
        new.append(assignment_of(actor, *rest))
        held.valid_to = on - ONE_DAY
        ended.append(held)
    spells.end_stand_ins(assignments, on - ONE_DAY)
    spells.change(RoleAssignment, ended, ["valid_to"])
    spells.change(RoleAssignment, moved, ["person", "appointed_by", *BASIS])
    spells.create(RoleAssignment, new)


def _give_substitutions(
    substitutions: Sequence[Substitution], successors: Mapping[str, User], on: date
) -> None:
    moved, ended, new = [], [], []
    for substitution in substitutions:
        successor = successors[Item(substitution).key]
        if substitution.valid_from >= on:
            substitution.person = successor
            moved.append(substitution)
            continue
        new.append(
            Substitution(
                assignment=substitution.assignment,
                person=successor,
                valid_from=on,
                valid_to=substitution.valid_to,
            )
        )
        substitution.valid_to = on - ONE_DAY
        ended.append(substitution)
    spells.change(Substitution, ended, ["valid_to"])
    spells.change(Substitution, moved, ["person"])
    spells.create(Substitution, new)


def _give_information(owned: Sequence[Informationsmangd], successors: Mapping[str, User]) -> None:
    for mangd in owned:
        mangd.informationsagare = successors[Item(mangd).key]
    bulk.change(Informationsmangd, owned, ["informationsagare"])
