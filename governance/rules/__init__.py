"""Rules: one rule, one query. A finding is a thing that breaks a rule.

A rule's `broken` is a function of the day that returns a Q over Forvaltningsobjekt or
Informationssystem, made of own columns and Exists only, so that the same filter answers for one
thing, a nämnd, the whole register, a list filter, the export and the findings command.

The rules themselves are in the modules beside this one, by subject, and register at start-up.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from governance.models import Forvaltningsobjekt, Informationssystem

BRIST, PAMINNELSE = "brist", "paminnelse"
SEVERITIES = {BRIST: _("Brist"), PAMINNELSE: _("Påminnelse")}


@dataclass(frozen=True)
class Rule:
    """One named rule: where it comes from, how bad a breach is, in words, and what selects it."""

    code: str
    clause: str
    severity: str
    name: str
    """What the breach is called in filters and figures: "Ingen klassning"."""
    sentence: str
    """A whole sentence with %(thing)s for what breaks it."""
    model: type[Model]
    broken: Callable[[date], Q]
    mends: str
    """The verb of whoever can do something about it."""
    action: str = ""
    """What to do, as the text of a link."""
    url_name: str = ""
    """Where: a url name that takes the thing's id; further arguments in url_args."""
    url_args: tuple[str, ...] = ()
    url_query: str = ""
    """What follows the question mark there: the filter that shows just this."""
    order: int = 100
    also: tuple[str, ...] = ()
    """Further verbs, any one of which is enough."""
    on_objekt: bool = False
    """Whether url_name takes the id of a system's object."""

    @property
    def word(self) -> str:
        """Return the severity in a word."""
        return SEVERITIES[self.severity]

    @property
    def verbs(self) -> tuple[str, ...]:
        """Return the verbs of everybody who can do something about it."""
        return (self.mends, *self.also)


@dataclass(frozen=True)
class Finding:
    """A thing that breaks a rule."""

    rule: Rule
    thing: Any

    @property
    def text(self) -> str:
        """Return the sentence about this thing."""
        from django.utils.translation import gettext

        return gettext(self.rule.sentence) % {"thing": self.thing}


_rules: dict[str, Rule] = {}


def register(*rules: Rule) -> None:
    """Add rules at start-up; a code can be used once."""
    for rule in rules:
        if rule.code in _rules:
            raise ValueError(f"two rules are called {rule.code}")
        _rules[rule.code] = rule


def all_rules(model: type[Model] | None = None) -> list[Rule]:
    """Return the rules (about one model), worst first."""
    chosen = [r for r in _rules.values() if model is None or r.model is model]
    return sorted(chosen, key=lambda r: (r.severity != BRIST, r.order, r.code))


def get_rule(code: str) -> Rule | None:
    """Return the rule of that code, if there is one."""
    return _rules.get(code)


def breaking(queryset: QuerySet[Any], rule: Rule, day: date | None = None) -> QuerySet[Any]:
    """Narrow objects or systems to those that break the rule; objects also by their systems' rules."""
    day = day or timezone.localdate()
    if queryset.model is rule.model:
        return queryset.filter(rule.broken(day))
    if queryset.model is Forvaltningsobjekt:
        systems = Informationssystem.objects.filter(rule.broken(day), objekt=OuterRef("pk"))
        return queryset.filter(Exists(systems))
    objects = Forvaltningsobjekt.objects.filter(rule.broken(day), pk=OuterRef("objekt_id"))
    return queryset.filter(Exists(objects))


def flagged(queryset: QuerySet[Any], day: date | None = None) -> QuerySet[Any]:
    """Let every row carry which rules it breaks, for `findings_in`."""
    day = day or timezone.localdate()
    rows: QuerySet[Any] = queryset.annotate(
        **{
            f"breaks_{rule.code}": Case(
                When(rule.broken(day), then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            )
            for rule in all_rules(queryset.model)
        }
    )
    return rows


def findings_in(things: Iterable[Any]) -> list[Finding]:
    """Return the findings about flagged objects or systems, worst first: no query."""
    things = list(things)
    found_rules = all_rules(type(things[0])) if things else []
    return [Finding(r, t) for r in found_rules for t in things if getattr(t, f"breaks_{r.code}")]


def findings_of(queryset: QuerySet[Any], day: date | None = None) -> list[Finding]:
    """Return every finding about the objects or systems of the queryset, worst first: one query."""
    return findings_in(flagged(queryset, day))


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings from several queries: worst first, then by the rule's own order."""
    return sorted(findings, key=lambda f: (f.rule.severity != BRIST, f.rule.order, f.rule.code))


def count_by_rule(queryset: QuerySet[Any], day: date | None = None) -> list[tuple[Rule, int]]:
    """Return how many of the objects or systems break each rule: one query for them all."""
    day = day or timezone.localdate()
    rules = all_rules(queryset.model)
    # A count of its own for each rule, side by side: as filters of one count, PostgreSQL cannot
    # join, and asks about each row for each rule.
    rows = queryset.order_by().annotate(one=Value(1)).values("one")
    counts = {
        rule.code: Subquery(rows.filter(rule.broken(day)).annotate(n=Count("pk")).values("n"))
        for rule in rules
    }
    found = queryset.model._default_manager.order_by().values_list(*counts.values())[:1]
    numbers = next(iter(found), [0] * len(rules))
    return [(rule, number or 0) for rule, number in zip(rules, numbers, strict=True)]


def active() -> Q:
    """Select objects in management."""
    return Q(status=Forvaltningsobjekt.Status.I_FORVALTNING)
