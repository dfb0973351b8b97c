"""The hottest pages keep to indexes, read in PostgreSQL's own plans; `make bench-plans` does so at full size."""

import logging
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from bench import generate, plans
from roles import grants
from roles.models import RoleAssignment

OBJECTS = 2_000


@pytest.mark.django_db
def test_the_hottest_pages_read_no_large_table_whole(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    generate.generate(OBJECTS)

    # The register that is measured is a lawful one: eight roles an object, grants as the catalogue says.
    assert RoleAssignment.objects.count() == OBJECTS * 8
    assert not grants.check()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    found = plans.scans(OBJECTS)
    assert not found, "\n".join(f"{s.page} reads {s.table} whole: {s.sql[:300]}" for s in found)

    # And the reading notices: with the indexes gone, the same pages are found out.
    assignments = RoleAssignment._meta
    with connection.cursor() as cursor:
        for index in assignments.indexes:
            cursor.execute(f'DROP INDEX "{index.name}"')
        cursor.execute("DROP INDEX roles_roleassignment_objekt_id_c886cbcd")
    assert assignments.db_table in {scan.table for scan in plans.scans(OBJECTS)}
    with pytest.raises(SystemExit, match="large tables read whole"):
        plans.check(OBJECTS)


@pytest.mark.django_db
def test_a_register_that_is_not_empty_is_left_alone() -> None:
    generate.generate(20)
    with pytest.raises(ValueError, match="not empty"):
        generate.generate(20)
    call_command("sync_grants", check=True)


def test_a_scan_that_stops_at_a_limit_reads_no_table_whole_unless_all_is_sorted_first() -> None:
    scan = {"Node Type": "Seq Scan", "Relation Name": "system", "Plan Rows": 10_000}

    def limited(rows: int, below: dict[str, Any]) -> list[str]:
        return list(plans.scanned({"Node Type": "Limit", "Plan Rows": rows, "Plans": [below]}))

    assert list(plans.scanned(scan)) == ["system"]
    assert limited(50, scan) == []
    assert limited(9_000, scan) == ["system"]
    assert limited(50, {"Node Type": "Sort", "Plan Rows": 10_000, "Plans": [scan]}) == ["system"]
