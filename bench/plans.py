"""Reads the plans of the hottest queries, and fails on a sequential scan of a large table.

python -m bench.plans SIZE
"""

import argparse
import json
import math
import os
from collections.abc import Iterator
from typing import Any, NamedTuple

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

LARGE = 10_000
"""Rows from which a table is large: below, reading it whole may well be the quickest."""
COUNTS = ("SELECT COUNT(", "SELECT COALESCE((SELECT COUNT(")
"""What numbers a whole list reads it whole; it is measured, and not a scan by mistake."""


STREAMED = {"Append", "Result", "Subquery Scan"}
"""Steps of a plan that read no more rows than are asked of them."""
PART = 5
"""A table is not read whole where only one row of so many is wanted."""


class Scan(NamedTuple):
    """A query of a page that reads a whole large table."""

    page: str
    table: str
    rows: int
    sql: str


def hot(pk: int) -> Iterator[tuple[str, int]]:
    """Yield the addresses whose queries are read, each with who opens it."""
    from bench.generate import HUNDRED, OUTSIDER, RARE, REVISOR

    yield "/objekt/", OUTSIDER
    yield "/objekt/?page=99999", OUTSIDER
    yield f"/objekt/?q={RARE}", OUTSIDER
    yield "/system/", OUTSIDER
    yield "/system/?page=99999", OUTSIDER
    yield f"/objekt/{pk}/", OUTSIDER
    yield "/objekt/50/", HUNDRED
    yield f"/system/{pk * 5}/", OUTSIDER
    yield f"/objekt/{pk}/historik/", OUTSIDER
    yield f"/system/{pk * 5}/historik/", OUTSIDER
    yield "/personer/777/historik/", OUTSIDER
    yield "/granskning/", REVISOR
    yield "/personer/777/", OUTSIDER


def scans(objects: int) -> list[Scan]:
    """Return each sequential scan of a large table by the hottest pages of a generated register."""
    large = _large_tables()
    return [
        Scan(page, table, large[table], sql)
        for page, user in hot(objects // 2)
        for sql in queries_of(page, user)
        for table in dict.fromkeys(scanned(_plan(sql)))
        if table in large
    ]


def check(objects: int) -> None:
    """Say that no large table is read whole, or end with an error that names each that is."""
    found = scans(objects)
    for scan in found:
        print(f"  {scan.page} reads {scan.table} ({scan.rows} rows): {scan.sql[:160]}")
    said = f"plans at {objects} objects: {len(found)} large tables read whole"
    if found:
        raise SystemExit(said)
    print(said, flush=True)


def queries_of(page: str, user: int) -> list[str]:
    """Return the queries that fetch a page's rows."""
    from roles.models import User

    client = Client()
    client.force_login(User.objects.get(pk=user))
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(page)
    if response.status_code != 200:
        raise RuntimeError(f"{page} answers {response.status_code}")
    found = [query["sql"] for query in queries.captured_queries]
    return [q for q in found if q.startswith(("SELECT", "(SELECT")) and not q.startswith(COUNTS)]


def scanned(plan: dict[str, Any], wanted: float = math.inf) -> Iterator[str]:
    """Yield the tables that a plan reads whole, or most of: where of its rows so many are wanted."""
    kind, rows = plan["Node Type"], plan["Plan Rows"]
    if kind == "Seq Scan" and PART * wanted > rows:
        yield plan["Relation Name"]
    if kind == "Limit":
        wanted = min(wanted, rows)
    elif kind not in STREAMED:
        wanted = math.inf
    for below in plan.get("Plans", ()):
        yield from scanned(below, wanted)


def _plan(sql: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql)
        (found,) = cursor.fetchone()
    plan = json.loads(found) if isinstance(found, str) else found
    return dict(plan[0]["Plan"])


def _large_tables() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reltuples::bigint FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace AND reltuples > %s",
            [LARGE],
        )
        return dict(cursor.fetchall())


def main() -> None:
    """Check the register with as many objects as the command line says; made where it is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int)
    size = parser.parse_args().size
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    from bench import databases

    databases.use(size)
    check(size)


if __name__ == "__main__":
    main()
