"""How grants are written; that they equal the catalogue is held by the state machine."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from roles import grants
from tests.factories import appoint, make_active, make_objekt, make_system, make_user

pytestmark = pytest.mark.django_db


class Undo(Exception):
    """Takes back what a block wrote."""


def statistics_of_emptiness() -> None:
    """Leave what an automatic ANALYZE leaves after rows that were taken back: pages, and no rows."""
    try:
        with transaction.atomic():
            for _ in range(3):
                make_active()
            raise Undo
    except Undo:
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE roles_user, roles_roleassignment, roles_objektgrant")
        cursor.execute("SELECT relpages > 0, reltuples FROM pg_class WHERE relname = 'roles_user'")
        assert cursor.fetchone() == (True, 0)


WHOLE = ("SetOp", "Aggregate", "Append")
"""What works on all the rows of one side at once."""


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


@pytest.mark.parametrize("sql", [grants.MEND, grants.DIFFER])
def test_the_image_is_worked_out_once_whatever_the_statistics_say(sql: str) -> None:
    statistics_of_emptiness()
    objects = [make_active() for _ in range(5)]
    for scope in ([objects[0].pk], None):
        for statement, parameters in grants._statements(sql, scope, None):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
                (found,) = cursor.fetchone()
            plan = found if isinstance(found, list) else json.loads(found)
            whole = [n["Actual Loops"] for n in nodes(plan[0]["Plan"]) if n["Node Type"] in WHOLE]
            assert whole
            assert max(whole) <= 1


def test_a_sync_of_some_objects_leaves_the_grants_of_others_alone() -> None:
    mended, other = make_active(), make_active()
    system = make_system(mended)
    appoint(mended, "systemforvaltare", make_user(), systems=[system])
    held = {o.pk: set(o.grants.values_list("user", "permission")) for o in (mended, other)}
    on_system = set(system.grants.values_list("user", "permission"))
    assert all([*held.values(), on_system])
    for rows in (mended.grants, other.grants, system.grants):
        rows.all().delete()
    assert grants.sync([mended.pk]).missing == len(held[mended.pk]) + len(on_system)
    assert set(mended.grants.values_list("user", "permission")) == held[mended.pk]
    assert set(system.grants.values_list("user", "permission")) == on_system
    assert not other.grants.exists()
    assert grants.sync(None).missing == len(held[other.pk])
    assert not grants.check()


def test_a_sync_takes_back_what_nobody_holds() -> None:
    objekt, empty = make_active(), make_objekt()
    grant = objekt.grants.first()
    assert grant is not None
    stray = type(grant).objects.create(
        content_object=empty, user=grant.user, permission=grant.permission
    )
    assert grants.check().superfluous == 1
    assert grants.sync([objekt.pk]).superfluous == 0
    assert grants.sync([empty.pk]).superfluous == 1
    assert not type(grant).objects.filter(pk=stray.pk).exists()
