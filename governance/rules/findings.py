"""Findings as a page shows them: one rule, one entry, however many systems break it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from governance.models import Forvaltningsobjekt, Informationssystem
from governance.rules import Finding, Rule, worst_first

HERE = "#bekrafta"
"""Where on the object's own page its entry is confirmed."""
JUDGED = "#bedomning"
"""Where on the system's own page the two sides judge it."""


@dataclass
class Entry:
    """A rule with what breaks it, and where the reader may mend it (nothing without the mandate)."""

    rule: Rule
    things: list[tuple[Any, str]] = field(default_factory=list)

    @property
    def thing(self) -> Any:
        """What the finding is about, when it is one thing."""
        return self.things[0][0]

    @property
    def url(self) -> str:
        """Where it is mended, when it is one thing and the reader may."""
        return self.things[0][1] if len(self.things) == 1 else ""

    @property
    def text(self) -> str:
        """The sentence about one thing, or what the breach is called and how many there are."""
        if len(self.things) == 1:
            return Finding(self.rule, self.thing).text
        return gettext("%(name)s: %(count)d system") % {
            "name": gettext(self.rule.name),
            "count": len(self.things),
        }

    @property
    def action(self) -> str:
        """The text of the link."""
        return gettext(self.rule.action)


def entries(
    findings: Iterable[Finding], permissions: Mapping[tuple[type, Any], Collection[str]]
) -> list[Entry]:
    """Gather findings by rule, worst first. `permissions` tells, by (model, id), what the reader may."""
    gathered: dict[str, Entry] = {}
    for finding in worst_first(findings):
        rule, thing = finding.rule, finding.thing
        held = frozenset(permissions.get((type(thing), thing.pk), ()))
        url = mended_at(rule, thing) if not held.isdisjoint(rule.verbs) else ""
        gathered.setdefault(rule.code, Entry(rule)).things.append((thing, url))
    return list(gathered.values())


def mended_at(rule: Rule, thing: Forvaltningsobjekt | Informationssystem) -> str:
    """Return where the finding is mended; nothing when no page does."""
    if rule.url_name == "governance:objekt_detail":
        return HERE
    if rule.url_name == "governance:system_detail":
        return f"{thing.get_absolute_url()}{JUDGED}"
    if not rule.url_name:
        return ""
    on_objekt = rule.on_objekt and isinstance(thing, Informationssystem)
    pk = thing.objekt_id if on_objekt else thing.pk  # type: ignore[union-attr]
    try:
        page = reverse(rule.url_name, args=[pk, *rule.url_args])
    except NoReverseMatch:  # the part of the object that it leads to has no page
        return ""
    return f"{page}?{rule.url_query}" if rule.url_query else page
