"""Every mandatory role without a holder, or whose holder has left, and who may fill it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from governance.models import Forvaltningsobjekt
from governance.rules import get_rule
from roles import panel, who
from roles.catalogue import MANDATORY, NAMND, Role
from roles.models import User


@dataclass(frozen=True)
class Vacancy:
    """A role to fill: on which object, since when, and who may; `left` is the holder who has left."""

    objekt: Forvaltningsobjekt
    role: Role
    since: date | None
    left: User | None
    appointers: str


def concerned(objects: QuerySet[Forvaltningsobjekt], day: date) -> QuerySet[Forvaltningsobjekt]:
    """Narrow to objects that break one of the rules about mandatory roles."""
    codes = [f"no_{role.code}" for role in MANDATORY]
    codes += [f"left_{role.code}" for role in MANDATORY if role.code != NAMND]
    broken = Q(pk__in=[])
    for code in codes:
        rule = get_rule(code)
        broken |= rule.broken(day) if rule else Q(pk__in=[])
    return objects.filter(broken)


def vacancies(
    objects: QuerySet[Forvaltningsobjekt] | None = None, day: date | None = None
) -> list[Vacancy]:
    """Return the roles to fill, by object and in the order of the catalogue: six queries at most."""
    day = day or timezone.localdate()
    every = Forvaltningsobjekt.objects.all() if objects is None else objects
    return vacancies_of(list(concerned(every, day)), day)


def vacancies_of(objects: list[Forvaltningsobjekt], day: date) -> list[Vacancy]:
    """Return the roles to fill on these objects, which `concerned` has found: five queries at most."""
    if not objects:
        return []
    panels = panel.load(None, objects, day)
    return _with_days([v for objekt in objects for v in _of(panels[objekt.pk])])


def _of(loaded: panel.Panel) -> list[Vacancy]:
    made = []
    for post in loaded.staffing.mandatory:
        left = post.holder.person if post.holder else None
        if post.holder and (left is None or left.is_active):
            continue
        by = who.appointers_in_words(loaded, post.role.code)
        made.append(Vacancy(loaded.objekt, post.role, post.vacant_since, left, by))
    return made


def _with_days(found: list[Vacancy]) -> list[Vacancy]:
    """Say since when a holder has been gone: the day the account was deactivated."""
    left = [v.left for v in found if v.left]
    days = left_on(left) if left else {}
    return [
        Vacancy(v.objekt, v.role, days.get(v.left.pk), v.left, v.appointers) if v.left else v
        for v in found
    ]


def left_on(people: Iterable[User]) -> dict[Any, date]:
    """Return the day each of these inactive people left, by id: one query."""
    history = User.history.filter(id__in={p.pk for p in people}).order_by("history_date")
    days: dict[Any, date] = {}
    for pk, active, at in history.values_list("id", "is_active", "history_date"):
        if active:
            days.pop(pk, None)
        else:
            days.setdefault(pk, timezone.localtime(at).date())
    return days
