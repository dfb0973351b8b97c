"""Who can act on a finding: whoever holds its verb today, else whoever appoints, else Administratörer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from exchange.reminders.occurrences import Open
from roles.catalogue import ROLES
from roles.models import ObjektGrant
from roles.people import administrators

Holders = dict[tuple[int, str], set[int]]


def receivers(findings: Iterable[Open]) -> dict[int, list[Open]]:
    """Return by person's id the findings that the person can act on, worst first: two queries."""
    findings = list(findings)
    held = holders({each.objekt.pk for each in findings})
    general = set(administrators().values_list("pk", flat=True))
    told: dict[int, list[Open]] = defaultdict(list)
    for each in findings:
        people, appoints = who_acts(each.objekt.pk, each.finding.rule.verbs, held)
        for person in people or general:
            told[person].append(replace(each, appoints=appoints))
    return told


def holders(objects: set[int]) -> Holders:
    """Return who holds each verb on each object, active people only, from the grants alone."""
    rows = ObjektGrant.objects.filter(content_object__in=objects, user__is_active=True)
    held: Holders = defaultdict(set)
    for objekt, verb, person in rows.values_list(
        "content_object_id", "permission__codename", "user_id"
    ):
        held[objekt, verb].add(person)
    return held


def who_acts(objekt: int, verbs: tuple[str, ...], held: Holders) -> tuple[set[int], bool]:
    """Return who holds one of the verbs; where nobody does, who appoints to the roles that would.

    And whether it is those who appoint. Nobody means that even the last who appoints is missing: an
    Administratör's to mend.
    """
    asked: set[str] = set()
    while verbs:
        people = set().union(*(held.get((objekt, verb), set()) for verb in verbs))
        if people:
            return people, bool(asked)
        asked |= set(verbs)
        verbs = tuple(sorted(set().union(*(appointed_with(verb) for verb in verbs)) - asked))
    return set(), True


def appointed_with(verb: str) -> set[str]:
    """Return the verbs that appoint to the roles that carry a verb."""
    return {role.appointed_with for role in ROLES if verb in role.permissions}
