"""Översikt: what waits for a person, and how the register stands.

A fixed number of queries whatever the number of objects: everything is asked of sets, and lists
are cut with the rest a link away.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Model, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from governance import access, expressions, rules, todo
from governance.actions.objekt import CHANGE
from governance.lists import numbering, prepared
from governance.lists.prepared import Question
from governance.lists.rows import of as rows_of
from governance.models import Forvaltningsobjekt, Informationssystem, Livscykel
from roles import duties, figures
from roles.cards import APPOINT
from roles.catalogue import MANDATORY
from roles.models import User
from roles.vacancies import Vacancy, concerned, vacancies_of

SHOWN = 50
ASKED = SHOWN * 4
MOST = 1_000
"""Most objects, and systems, of one person that are asked what is to be mended in them."""
HEADING = "bekrafta"
LISTS: dict[type[Model], str] = {
    Forvaltningsobjekt: "governance:objekt_list",
    Informationssystem: "governance:system_list",
}
# What has a list of its own on the page, or is told one by one under Att göra.
ONE_BY_ONE = {"arende_undecided", "system_arende_undecided", "plan_unsigned", "plan_unsigned_it"}
STAFFING = {f"{state}_{role.code}" for role in MANDATORY for state in ("no", "left")}
TOLD = {"not_verified", *ONE_BY_ONE}


@dataclass(frozen=True)
class Counted:
    """A number of objects or systems, and the list of just these."""

    label: str
    number: int
    url: str
    rule: rules.Rule | None = None
    at_least: bool = False
    """Whether not all that could be counted was."""


@dataclass(frozen=True)
class ToStaff:
    """A mandatory role to fill, in a sentence with a link to the object, and what to do."""

    vacancy: Vacancy
    sentence: str
    action: str
    url: str


@dataclass
class Entry:
    """An object whose entry is to be verified, with what else there is to mend in it."""

    objekt: Forvaltningsobjekt
    also: list[Counted] = field(default_factory=list)
    after: str = HEADING
    """The id of the row that takes this one's place when it is verified."""

    @property
    def row(self) -> str:
        """Return the id of the row."""
        return f"rad-{self.objekt.pk}"


def listed(model: type[Model], **params: Any) -> str:
    """Return the address of the list of objects or systems with these filters."""
    return f"{reverse(LISTS[model])}?{urlencode(params)}"


def questions(user: User) -> list[Question]:
    """Return what the parts of the page ask, each of which is empty for most people."""
    broken = tuple(rules.all_rules(Forvaltningsobjekt))
    return [
        *duties.questions(user, past=False),
        *todo.questions(),
        Question(_concerned),
        Question(_oldest, (broken,)),
        Question(_own),
        figures.KNOWN_TO,
    ]


def own(user: User) -> dict[type[Model], list[int]]:
    """Return the ids of the objects and systems where the person holds a role, MOST and one at most.

    What an Administratör may do is not waiting.
    """
    found: dict[type[Model], list[int]] = {model: [] for model in LISTS}
    models = list(LISTS)
    for place, pk in prepared.fetch(_own, reader=user):
        found[models[place]].append(pk)
    return found


def to_verify(user: User) -> tuple[list[Entry], int, bool]:
    """Return the entries that the person is to verify, oldest first (6.3.U5).

    And how many there are in all, counted to MOST, and whether there are more than that.
    """
    broken = tuple(rules.all_rules(Forvaltningsobjekt))
    waiting = prepared.fetch(_oldest, broken, reader=user)
    entries = {objekt.pk: Entry(objekt) for objekt in waiting}
    for objekt_pk, counted in _else_to_mend(user, [e.objekt for e in entries.values()]):
        entries[objekt_pk].also.append(counted)
    rows = list(entries.values())
    for entry, following in pairwise(rows):
        entry.after = following.row
    of_all = waiting[0].of_all if waiting else 0
    return rows, min(of_all, MOST), of_all > MOST


def _to_verify(user: User) -> QuerySet[Any]:
    rule = rules.get_rule("not_verified")
    broken = rule.broken(timezone.localdate()) if rule else Q(pk__in=[])
    every: QuerySet[Any] = Forvaltningsobjekt.objects.all()
    return every.filter(broken, pk__in=access.mandated(user, CHANGE))


def _oldest(reader: User, _broken: tuple[rules.Rule, ...]) -> QuerySet[Any]:
    oldest = F("verified_on").asc(nulls_first=True)
    of_all = expressions.Counted(_to_verify(reader).order_by().values("pk")[: MOST + 1])
    rows: QuerySet[Any] = rules.flagged(_to_verify(reader)).annotate(of_all=of_all)
    return rows.order_by(oldest, "sort_key", "pk")[:SHOWN]


def _else_to_mend(user: User, objects: list[Forvaltningsobjekt]) -> Iterable[tuple[int, Counted]]:
    for found in rules.findings_in(objects):
        if found.rule.code != "not_verified":
            url = found.thing.get_absolute_url()
            yield found.thing.pk, Counted(_(found.rule.name), 1, url, found.rule)
    systems = rows_of(user, Informationssystem, "objekt", [o.pk for o in objects])
    numbers: dict[tuple[int, str], int] = {}
    for found in rules.findings_in(systems):
        key = (found.thing.objekt_id, found.rule.code)
        numbers[key] = numbers.get(key, 0) + 1
    for (objekt_pk, code), number in numbers.items():
        rule = rules.get_rule(code)
        if rule:
            url = listed(Informationssystem, objekt=objekt_pk, finding=code)
            yield objekt_pk, Counted(_(rule.name), number, url, rule)


def to_staff(user: User, mine: dict[type[Model], list[int]]) -> tuple[list[ToStaff], bool]:
    """Return the mandatory roles that nobody holds and the person may appoint to (6.2.d).

    And whether the page has room for them all: of many objects only the first are asked. `mine` is
    what `own` returns.
    """
    objects = prepared.fetch(_concerned, reader=user)
    may = access.permissions_on(user, objects)
    to_fill = [o for o in objects if any(r.appointed_with in may[o.pk] for r in MANDATORY)]
    found = vacancies_of(to_fill, timezone.localdate())
    rows = [_said(v) for v in found if v.role.appointed_with in may[v.objekt.pk]]
    asked_all = len(mine[Forvaltningsobjekt]) <= MOST and len(objects) < ASKED
    return rows, asked_all and len(rows) <= SHOWN


def _concerned(reader: User) -> QuerySet[Forvaltningsobjekt]:
    mine = _involved(reader, Forvaltningsobjekt)
    return concerned(mine, timezone.localdate())[:ASKED]


def _said(vacancy: Vacancy) -> ToStaff:
    objekt, role = vacancy.objekt, vacancy.role.code
    rule = rules.get_rule(f"{'left' if vacancy.left else 'no'}_{role}")
    before, __, after = _(rule.sentence if rule else "%(thing)s").partition("%(thing)s")
    link = format_html('<a href="{}">{}</a>', objekt.get_absolute_url(), objekt)
    action = _("Lämna över rollen") if vacancy.left else _(APPOINT[role])
    url = reverse("roles:appoint", args=[objekt.pk, role])
    return ToStaff(vacancy, format_html("{}{}{}", before, link, after), action, url)


def to_mend(
    user: User, mine: dict[type[Model], list[int]], *, staffing: bool = False
) -> list[Counted]:
    """Return the other findings that the person has the mandate to mend, counted by rule, worst first.

    `mine` is what `own` returns. `staffing` counts the empty roles too, where they are too many to
    be told one by one.
    Of more than MOST objects or systems only so many are asked about, and the numbers are the least
    there are.
    """
    found: list[Counted] = []
    for model, pks in mine.items():
        told = TOLD if staffing else TOLD | STAFFING
        chosen = [r for r in rules.all_rules(model) if r.code not in told]
        choices = numbering.Choices({"rule": [(r.code, partial(_to_mend_by, r)) for r in chosen]})
        numbers = numbering.Numbers(model, choices, {}, reader=user, ids=pks[:MOST])
        found += [
            Counted(_(r.name), number, listed(model, finding=r.code, mine=1), r, len(pks) > MOST)
            for r in chosen
            if (number := numbers.of("rule", r.code))
        ]
    return sorted(found, key=_worst_first)


def _own(reader: User) -> QuerySet[Any]:
    first, *others = (
        access.visible(reader, _involved(reader, model))
        .order_by("pk")
        .values_list(Value(place), "pk")[: MOST + 1]
        for place, model in enumerate(LISTS)
    )
    return first.union(*others, all=True)


def _involved(reader: User, model: type[Model]) -> QuerySet[Any]:
    every: QuerySet[Any] = model._default_manager.all()
    return access.involved(reader, every, planned_for_anybody=True, most=MOST + 1)


def _to_mend_by(rule: rules.Rule, reader: access.Person) -> Q:
    """Select what breaks the rule and the person has one of the mandates to mend."""
    things = rule.model._default_manager.order_by()
    mandates = (access.permitted(reader, verb, things).values("pk") for verb in rule.verbs)
    return rule.broken(timezone.localdate()) & any_of(Q(pk__in=pks) for pks in mandates)


def any_of(conditions: Iterable[Q]) -> Q:
    """Return what at least one of the conditions selects."""
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found


@dataclass(frozen=True)
class Register:
    """How the register stands: what is counted, and when where that was not just now."""

    objects: list[Counted]
    systems: list[Counted]
    findings: list[Counted]
    """How many objects or systems break each rule, worst first."""
    counted_at: datetime | None = None


def register(user: Any) -> Register:
    """Return the figures of the whole register, as far as the person may know of it."""
    of_objects, of_systems = figures.of_register(user)
    found = [
        Counted(_(rule.name), number, listed(model, finding=rule.code), rule)
        for model, of in ((Forvaltningsobjekt, of_objects), (Informationssystem, of_systems))
        for rule in rules.all_rules(model)
        if (number := of.numbers["rules"].get(rule.code, 0))
    ]
    times = [of.counted_at for of in (of_objects, of_systems) if of.counted_at]
    return Register(
        _by_choice(Forvaltningsobjekt, "status", Forvaltningsobjekt.Status.choices, of_objects),
        _by_choice(Informationssystem, "livscykel", Livscykel.choices, of_systems),
        sorted(found, key=_worst_first),
        min(times, default=None),
    )


def _worst_first(counted: Counted) -> tuple[bool, int]:
    rule = counted.rule
    return (rule is None or rule.severity != rules.BRIST, rule.order if rule else 0)


def _by_choice(model: type[Model], column: str, choices: Any, of: figures.Figures) -> list[Counted]:
    numbers = of.numbers[column]
    return [
        Counted(str(label), numbers[value], listed(model, **{column: value}))
        for value, label in choices
        if numbers.get(value)
    ]
