"""Since when each finding has lasted: compared with the rules whenever reminders are sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from exchange.reminders.models import Forekomst
from governance import rules
from governance.models import Forvaltningsobjekt, Informationssystem

LOCK = 0x5265674954_02
"""Advisory: of two commands at once, one brings in what has changed, and the other then finds it."""

Key = tuple[str, str, int]


@dataclass(frozen=True)
class Open:
    """A finding that lasts, with the occurrence by which people are told of it."""

    forekomst: int
    finding: rules.Finding
    appoints: bool = False
    """Whether it is told to somebody who can appoint whoever would act, since nobody can today."""

    @property
    def objekt(self) -> Forvaltningsobjekt:
        """Return the object whose roles count."""
        thing = self.finding.thing
        return thing.objekt if isinstance(thing, Informationssystem) else thing


def kind_of(thing: Any) -> str:
    """Return what a thing is called in an occurrence."""
    return str(thing._meta.model_name)


def bring_up_to_date() -> list[Open]:
    """Note what has come about and what is gone, and return the findings that last now."""
    found = {(f.rule.code, kind_of(f.thing), int(f.thing.pk)): f for f in _findings()}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        known = _known()
        gone = [pk for key, pk in known.items() if key not in found]
        Forekomst.objects.filter(pk__in=gone).update(gone_at=timezone.now())
        new = [Forekomst(rule=r, kind=k, thing=t) for r, k, t in found if (r, k, t) not in known]
        Forekomst.objects.bulk_create(new, batch_size=1000)
        known |= {(each.rule, each.kind, each.thing): each.pk for each in new}
    return [Open(known[key], finding) for key, finding in found.items()]


def _known() -> dict[Key, int]:
    rows = Forekomst.objects.filter(gone_at__isnull=True)
    return {(r, k, t): pk for r, k, t, pk in rows.values_list("rule", "kind", "thing", "pk")}


def _findings() -> Iterator[rules.Finding]:
    """Return every finding of the register, worst first: one query a rule."""
    for rule in rules.all_rules():
        things = rules.breaking(rule.model._default_manager.all(), rule)
        if rule.model is Informationssystem:
            things = things.select_related("objekt")
        for thing in things:
            yield rules.Finding(rule, thing)
