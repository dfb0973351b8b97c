"""What a nämnd answers for: its objects, their systems, and every open finding (clauses 6.0, 6.1.b)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.utils import timezone

from governance import access, rules
from governance.models import Forvaltningsobjekt, Informationssystem, Namnd
from roles.catalogue import NAMND
from roles.models import RoleAssignment
from roles.rules import on


@dataclass
class Figures:
    """How many objects a nämnd owns today, and how many findings are open on them."""

    objects: int = 0
    findings: int = 0


@dataclass(frozen=True)
class Broken:
    """A rule and the things of a nämnd that break it."""

    rule: rules.Rule
    things: list[Any] = field(default_factory=list)

    @property
    def is_about_systems(self) -> bool:
        """Whether the things are systems and not objects."""
        return self.rule.model is Informationssystem


def owned_by(namnd: Namnd, day: date | None = None) -> QuerySet[Forvaltningsobjekt]:
    """Return the objects that the nämnd is legal owner of on the day (today)."""
    return Forvaltningsobjekt.objects.filter(
        Exists(_owners(OuterRef("pk"), day).filter(namnd=namnd))
    )


def systems_of(user: access.Person, namnd: Namnd) -> QuerySet[Informationssystem]:
    """Return the systems of the nämnd's objects that the person may know of."""
    systems = Informationssystem.objects.filter(objekt__in=owned_by(namnd).order_by().values("pk"))
    return access.visible(user, systems)


def figures(user: access.Person) -> dict[int, Figures]:
    """Return the figures of every nämnd by its id: two queries, however many there are."""
    found: dict[int, Figures] = defaultdict(Figures)
    systems = access.visible(user, Informationssystem.objects.all())
    for queryset, column in ((Forvaltningsobjekt.objects.all(), "pk"), (systems, "objekt")):
        for row in _counted(queryset, column):
            of = found[row.pop("owner")]
            if queryset.model is Forvaltningsobjekt:
                of.objects = row["number"]
            of.findings += sum(row.values()) - row["number"]
    return found


def broken(user: access.Person, namnd: Namnd) -> list[Broken]:
    """Return the open findings of a nämnd's objects and systems by rule, worst first: two queries."""
    found = [
        *rules.findings_of(owned_by(namnd)),
        *rules.findings_of(systems_of(user, namnd)),
    ]
    return _by_rule(rules.worst_first(found))


def _by_rule(findings: Iterable[rules.Finding]) -> list[Broken]:
    grouped: dict[str, Broken] = {}
    for finding in findings:
        grouped.setdefault(finding.rule.code, Broken(finding.rule)).things.append(finding.thing)
    return list(grouped.values())


def _owners(objekt: OuterRef, day: date | None = None) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(
        on(day or timezone.localdate()), role=NAMND, objekt=objekt
    ).order_by()


def _counted(queryset: QuerySet[Any], column: str) -> Iterable[dict[str, int]]:
    """Count the rows, and those that break each rule, by the nämnd that owns their object."""
    day = timezone.localdate()
    owner = Subquery(_owners(OuterRef(column)).values("namnd")[:1], output_field=IntegerField())
    counts = {
        f"breaks_{rule.code}": Count("pk", filter=rule.broken(day))
        for rule in rules.all_rules(queryset.model)
    }
    rows = queryset.order_by().annotate(owner=owner).filter(owner__isnull=False).values("owner")
    counted: Iterable[dict[str, int]] = rows.annotate(number=Count("pk"), **counts)
    return counted
