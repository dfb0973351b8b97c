"""Grants: the image of the catalogue, and the only module that writes them.

A person's grants on an object are exactly the union of the mandates of the roles held there today,
as holder, representative of the nämnd or substitute. Every statement is set-based.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils import timezone

from governance.models import Forvaltningsobjekt, Informationssystem
from governance.verbs import SYSTEM_VERBS
from roles.catalogue import GROUPS, ROLES
from roles.models import GrantDay, ObjektGrant, RoleAssignment, Substitution, SystemGrant

ADVISORY_LOCK = 0x5265674954  # "RegIT"

HELD = """
WITH held AS MATERIALIZED (
  SELECT a.objekt_id, a.system_id, a.role, a.person_id
  FROM roles_roleassignment a
  WHERE a.person_id IS NOT NULL AND {in_scope}
  UNION ALL
  SELECT a.objekt_id, a.system_id, a.role, r.person_id
  FROM roles_roleassignment a JOIN roles_representant r ON r.namnd_id = a.namnd_id
  WHERE {in_scope}
  UNION ALL
  SELECT a.objekt_id, a.system_id, a.role, s.person_id
  FROM roles_roleassignment a JOIN roles_substitution s ON s.assignment_id = a.id
  WHERE %(day)s BETWEEN s.valid_from AND s.valid_to AND {in_scope}
), meant AS (
  SELECT h.{thing}_id AS content_object_id, h.person_id AS user_id, perm.id AS permission_id
  FROM held h
  JOIN (VALUES {catalogue}) AS c(role, codename) ON c.role = h.role
  JOIN auth_permission perm ON perm.codename = c.codename AND perm.content_type_id = %(type)s
  JOIN roles_user u ON u.id = h.person_id AND u.is_active
), granted AS (
  SELECT g.content_object_id, g.user_id, g.permission_id FROM {table} g WHERE {grant_in_scope}
)
"""
HOLDS_TODAY = """a.system_id IS {named}
  AND a.valid_from <= %(day)s AND (a.valid_to IS NULL OR a.valid_to >= %(day)s)"""
OBJECTS = "%(objects)s::bigint[]"


@dataclass(frozen=True)
class Kind:
    """One of the two grant tables, and which part of the catalogue it mirrors."""

    table: type[models.Model]
    model: type[models.Model]
    thing: str
    named: str
    scope: str
    codenames: frozenset[str] | None

    def head(self, everything: bool) -> str:
        """Return the common part of each statement: about everything, or about some objects."""
        pairs = [
            f"('{role.code}', '{codename}')"
            for role in ROLES
            for codename in sorted(role.permissions)
            if self.codenames is None or codename in self.codenames
        ]
        return HELD.format(
            thing=self.thing,
            in_scope=HOLDS_TODAY.format(named=self.named)
            + ("" if everything else f" AND a.objekt_id = ANY({OBJECTS})"),
            grant_in_scope="true" if everything else f"g.content_object_id = ANY({self.scope})",
            table=self.table._meta.db_table,
            catalogue=", ".join(pairs),
        )


KINDS = (
    Kind(
        ObjektGrant,
        Forvaltningsobjekt,
        "objekt",
        "NULL",
        OBJECTS,
        None,
    ),
    Kind(
        SystemGrant,
        Informationssystem,
        "system",
        "NOT NULL",
        "ARRAY(SELECT id FROM governance_informationssystem"
        " WHERE objekt_id = ANY(%(objects)s::bigint[]))",
        frozenset(codename for codename, _name in SYSTEM_VERBS),
    ),
)

# MATERIALIZED, for the statistics may still be those of an empty table, right after an import say:
# taking one row for granted, the planner would work out the whole image again for each grant.
MEND = """
, image AS MATERIALIZED (
  SELECT DISTINCT * FROM meant
), existing AS MATERIALIZED (
  SELECT * FROM granted
), gone AS MATERIALIZED (
  SELECT * FROM existing EXCEPT SELECT * FROM image
), lost AS (
  DELETE FROM {table} g USING gone
  WHERE g.content_object_id = gone.content_object_id AND g.user_id = gone.user_id
    AND g.permission_id = gone.permission_id
  RETURNING 1
), added AS (
  INSERT INTO {table} (content_object_id, user_id, permission_id)
  SELECT content_object_id, user_id, permission_id FROM image
  EXCEPT SELECT content_object_id, user_id, permission_id FROM existing
  ON CONFLICT DO NOTHING
  RETURNING 1
)
SELECT (SELECT count(*) FROM added), (SELECT count(*) FROM lost)
"""
# Both sides are grouped once, which spills to disk where memory is short: compared with each other
# both ways they took three times as long.
DIFFER = """
SELECT count(*) FILTER (WHERE NOT is_granted), count(*) FILTER (WHERE NOT is_meant)
FROM (
  SELECT bool_or(meant) AS is_meant, bool_or(NOT meant) AS is_granted
  FROM (SELECT *, true AS meant FROM meant UNION ALL SELECT *, false FROM granted) AS both_sides
  GROUP BY content_object_id, user_id, permission_id
) AS compared
"""


@dataclass(frozen=True)
class Difference:
    """How many grants were missing and how many were superfluous."""

    missing: int = 0
    superfluous: int = 0

    def __bool__(self) -> bool:
        return bool(self.missing or self.superfluous)

    def __add__(self, other: "Difference") -> "Difference":
        return Difference(self.missing + other.missing, self.superfluous + other.superfluous)


def _parameters(kind: Kind, objects: Iterable[int] | None, day: date | None) -> dict[str, Any]:
    return {
        "day": day or timezone.localdate(),
        "objects": list(objects or ()),
        "type": ContentType.objects.get_for_model(kind.model).pk,
    }


def _statements(
    sql: str, objects: Iterable[int] | None, day: date | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    objects = None if objects is None else list(objects)
    for kind in KINDS:
        statement = kind.head(objects is None) + sql.format(table=kind.table._meta.db_table)
        yield statement, _parameters(kind, objects, day)


def sync(objects: Iterable[int] | None, day: date | None = None) -> Difference:
    """Make the grants on these objects (None: all) equal to the catalogue today.

    Runs in the transaction of whatever changed an assignment. Returns what was mended.
    """
    total = Difference()
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        for statement, parameters in _statements(MEND, objects, day):
            cursor.execute(statement, parameters)
            total += Difference(*cursor.fetchone())
    return total


def check(day: date | None = None) -> Difference:
    """Return how the grants of the whole register differ from the catalogue; changes nothing."""
    total = Difference()
    with connection.cursor() as cursor:
        for statement, parameters in _statements(DIFFER, None, day):
            cursor.execute(statement, parameters)
            total += Difference(*cursor.fetchone())
    return total


def touched_by_calendar(after: date, until: date) -> set[int]:
    """Return the objects where a role or a substitution began or ended in the days after … until."""
    begins = models.Q(valid_from__gt=after, valid_from__lte=until)
    ended = models.Q(valid_to__gte=after, valid_to__lt=until)
    roles = RoleAssignment.objects.filter(begins | ended).values_list("objekt_id", flat=True)
    substitutes = Substitution.objects.filter(begins | ended)
    return {*roles, *substitutes.values_list("assignment__objekt_id", flat=True)}


def bring_up_to_date(day: date | None = None) -> Difference | None:
    """Bring in what the calendar alone changed since the last day; None when it is done already.

    Takes an advisory lock, so that of many first requests of a day one does the work.
    """
    day = day or timezone.localdate()
    if GrantDay.objects.filter(day__gte=day).exists():
        return None
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        last = GrantDay.objects.first()
        if last and last.day >= day:
            return None
        touched = touched_by_calendar(last.day, day) if last else None
        mended = Difference() if touched == set() else sync(touched, day)
        GrantDay.objects.update_or_create(defaults={"day": day})
        return mended


def forget_day() -> None:
    """Let the calendar begin anew, for whoever tells of the past in a register that is empty."""
    GrantDay.objects.all().delete()


def sync_all(day: date | None = None) -> Difference:
    """Mend the whole register, and note that the calendar's changes are in: the nightly work."""
    day = day or timezone.localdate()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        mended = sync(None, day)
        GrantDay.objects.update_or_create(defaults={"day": day})
        return mended


def sync_groups() -> None:
    """Give the groups outside the objects exactly what the catalogue says."""
    for name, codenames in GROUPS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(
            Permission.objects.filter(
                codename__in=codenames, content_type__app_label__in=["governance", "roles"]
            )
        )
