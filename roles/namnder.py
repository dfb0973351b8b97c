"""What a nämnd answers for: its objects, their systems, and every open finding (clauses 6.0, 6.1.b)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from governance import access, rules
from governance.lists import rows
from governance.lists.search import unindexed
from governance.models import Forvaltningsobjekt, Informationssystem, Namnd
from roles import figures as kept
from roles.catalogue import NAMND
from roles.models import RoleAssignment
from roles.rules import on

NAMNDER = "nämnder"
FEW = 1_000
"""Most objects, and systems, of a nämnd whose findings are told one by one."""


@dataclass
class Figures:
    """How many objects a nämnd owns today, and how many findings are open on them, by rule."""

    objects: int = 0
    by_rule: Counter[str] = field(default_factory=Counter)

    @property
    def findings(self) -> int:
        """Return how many findings are open."""
        return self.by_rule.total()


@dataclass(frozen=True)
class Broken:
    """A rule and the things of a nämnd that break it; of too many only the number."""

    rule: rules.Rule
    things: list[Any] = field(default_factory=list)
    counted: int = 0

    @property
    def number(self) -> int:
        """Return how many they are."""
        return len(self.things) or self.counted

    @property
    def is_about_systems(self) -> bool:
        """Whether the things are systems and not objects."""
        return self.rule.model is Informationssystem


def owned_by(namnd: Namnd, day: date | None = None) -> QuerySet[Forvaltningsobjekt]:
    """Return the objects that the nämnd is legal owner of on the day (today), by name."""
    owned = Exists(_owners(OuterRef("pk"), day).filter(namnd=namnd))
    return Forvaltningsobjekt.objects.filter(owned).order_by(unindexed("sort_key"), "pk")


def systems_of(user: access.Person, namnd: Namnd) -> QuerySet[Informationssystem]:
    """Return the systems of the nämnd's objects that the person may know of."""
    systems = Informationssystem.objects.filter(objekt__in=owned_by(namnd).order_by().values("pk"))
    return access.visible(user, systems)


def figures(user: access.Person) -> tuple[dict[int, Figures], datetime | None]:
    """Return the figures of every nämnd by its id, and when they were counted if not just now."""
    objects, stands = Forvaltningsobjekt.objects.all(), kept.standing_for(user, NAMNDER, NAMNDER)
    of_objects = kept.kept(NAMNDER, lambda: _counted(objects, ""), stands)
    of_systems = kept.for_reader(
        NAMNDER, user, lambda systems: _counted(systems, "objekt__"), stands
    )
    found = {pk: Figures() for pk in Namnd.objects.values_list("pk", flat=True)}
    for model, of in ((Forvaltningsobjekt, of_objects), (Informationssystem, of_systems)):
        for namnd, numbers in of.numbers.items():
            figures = found.setdefault(int(namnd), Figures())
            if model is Forvaltningsobjekt:
                figures.objects = numbers["number"]
            codes = {
                rule.code: numbers.get(f"breaks_{rule.code}", 0) for rule in rules.all_rules(model)
            }
            figures.by_rule.update(codes)
    times = [of.counted_at for of in (of_objects, of_systems) if of.counted_at]
    return found, min(times, default=None)


def broken(user: access.Person, namnd: Namnd) -> tuple[list[Broken], datetime | None]:
    """Return the open findings of a nämnd's objects and systems by rule, worst first.

    A nämnd with more than FEW objects or systems gets numbers, as in the list of nämnder, and when
    they were counted if that was not just now.
    """
    objects = list(owned_by(namnd).order_by().values_list("pk", flat=True)[: FEW + 1])
    systems: list[int] = []
    if len(objects) <= FEW:
        of = systems_of(user, namnd).order_by()
        systems = list(of.values_list("pk", flat=True)[: FEW + 1])
    if max(len(objects), len(systems)) > FEW:
        every, counted_at = figures(user)
        by_rule = every[namnd.pk].by_rule
        found = [Broken(rule, [], by_rule[rule.code]) for rule in rules.all_rules()]
        return [one for one in found if one.number], counted_at
    findings = [
        *rules.findings_in(_in_order(rows.fetch(user, Forvaltningsobjekt, objects))),
        *rules.findings_in(_in_order(rows.fetch(user, Informationssystem, systems))),
    ]
    return _by_rule(rules.worst_first(findings)), None


def _in_order(things: Iterable[Any]) -> list[Any]:
    return sorted(things, key=lambda thing: (thing.sort_key, thing.pk))


def _by_rule(findings: Iterable[rules.Finding]) -> list[Broken]:
    grouped: dict[str, Broken] = {}
    for finding in findings:
        grouped.setdefault(finding.rule.code, Broken(finding.rule)).things.append(finding.thing)
    return list(grouped.values())


def _owners(objekt: OuterRef, day: date | None = None) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(
        on(day or timezone.localdate()), role=NAMND, objekt=objekt
    ).order_by()


def _counted(queryset: QuerySet[Any], path: str) -> dict[str, dict[str, int]]:
    """Count the rows, and those that break each rule, by the id of the nämnd that owns their object.

    `path` leads from a row to its object. A count of its own for each rule, all in one query: as
    filters of one count, PostgreSQL asks about each row for each rule.
    """
    day, held = timezone.localdate(), f"{path}assignments__"
    owned = queryset.order_by().filter(on(day, held), **{f"{held}role": NAMND})
    broken = [(f"breaks_{rule.code}", rule.broken(day)) for rule in rules.all_rules(queryset.model)]
    first, *others = (
        owned.filter(q).values_list(Value(name), f"{held}namnd").annotate(n=Count("pk"))
        for name, q in [("number", Q()), *broken]
    )
    found: dict[str, dict[str, int]] = {}
    for name, owner, number in first.union(*others, all=True):
        found.setdefault(str(owner), {})[name] = number
    return found
