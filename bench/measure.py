"""Measures the pages and the work at each size, and writes the table, JSON and picture.

python -m bench.measure [--remake] [--only TEXT] SIZE …

Without --only it also reads the plans of the hottest pages at the last size, and fails as
bench.plans does.
"""

import argparse
import json
import logging
import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import django

RUNS, WARM_UPS = 15, 3
PATIENCE = 20
"""Seconds that a query of a page may take at all."""
ENOUGH = 2.0
"""Seconds after which what is slow is measured no more times, though never less than thrice."""
RESULTS = Path(__file__).resolve().parents[1] / "docs" / "performance.json"

Row = dict[str, Any]


def in_turns(functions: dict[str, Callable[[], Any]]) -> list[dict[str, float]]:
    """Return how many milliseconds each function took, by its name, in each round.

    All are called in each round: whatever else the machine does meanwhile falls on all of them.
    """
    began, rounds = time.perf_counter(), []
    for number in range(WARM_UPS + RUNS):
        rounds.append({name: once(function) for name, function in functions.items()})
        if number >= 2 and time.perf_counter() - began > ENOUGH:
            break
    return rounds[WARM_UPS:] or rounds


def once(function: Callable[[], Any]) -> float:
    """Return how many milliseconds a call takes."""
    started = time.perf_counter()
    function()
    return (time.perf_counter() - started) * 1000


def over(rounds: list[dict[str, float]], floor: str) -> float | None:
    """Return how many times its floor the page took: the median of what each round says."""
    if floor not in rounds[0]:
        return None
    return statistics.median(took["ms"] / took[floor] for took in rounds)


def measure_page(page: Any) -> Row:
    """Measure a page, its queries and its two floors."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bench.floor import page_floor
    from bench.pages import by_hand
    from roles.models import User

    client = Client(raise_request_exception=True)
    client.force_login(User.objects.get(pk=page.user))

    def get() -> Any:
        response = client.get(page.path)
        if response.status_code != 200:
            raise RuntimeError(f"{page.path} answers {response.status_code}")
        return response

    get()
    with CaptureQueriesContext(connection) as queries:
        get()
    asked = len(queries)  # the log is emptied by the next request
    functions: dict[str, Callable[[], Any]] = {"ms": get}
    if floor := page_floor(get):
        functions["floor"] = floor
    if page.sql:
        functions["sql"] = partial(by_hand, page.sql)
    rounds = in_turns(functions)
    row: Row = {"name": page.name, "queries": asked, "most": page.most}
    row |= {name: statistics.median(took[name] for took in rounds) for name in functions}
    row["best"] = min(took["ms"] for took in rounds)
    return row | {"over_floor": over(rounds, "floor"), "over_sql": over(rounds, "sql")}


def measure_or_give_up(page: Any) -> Row:
    """Measure a page; one whose query takes too long is a row that says so."""
    from django.db import OperationalError, connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, false)", [f"{PATIENCE}s"])
    try:
        return measure_page(page)
    except OperationalError:
        note = f"given up: a query takes more than {PATIENCE} s"
        return {
            "name": page.name,
            "queries": 0,
            "most": page.most,
            "ms": 1e3 * PATIENCE,
            "note": note,
        }
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', '0', false)")


def measure(size: int, *, remake: bool = False, only: str = "") -> list[Row]:
    """Return a row for each page and each piece of work at this size."""
    from bench import databases, work
    from bench.pages import pages

    databases.use(size, remake=remake)
    rows = []
    for page in pages(size):
        if only in page.name:
            rows.append(measure_or_give_up(page))
            print(line(rows[-1]), flush=True)
    for name, function in work.everything(size):
        if only in name:
            rows.append({"name": name, **function()})
            print(line(rows[-1]), flush=True)
    return rows


def line(row: Row) -> str:
    """Return a row as a line of the table."""
    floor, sql = row.get("over_floor"), row.get("over_sql")
    return " ".join(
        [
            f"{row['name']:<28}",
            f"{row['queries']:>4}/{row.get('most') or '–':<4}",
            f"{row['ms']:>10.1f} ms",
            f"{floor:>6.1f} × page" if floor else f"{'':>13}",
            f"{sql:>7.1f} × SQL" if sql else f"{'':>13}",
            str(row.get("note") or ""),
        ]
    ).rstrip()


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--remake", action="store_true", help="generate the databases anew")
    parser.add_argument("--only", default="", help="what has this in its name; writes no files")
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    logging.basicConfig(format="%(message)s")
    logging.getLogger("bench").setLevel(logging.INFO)

    measured: dict[str, list[Row]] = {}
    for size in options.sizes:
        print(f"\n{size} objects", flush=True)
        measured[str(size)] = measure(size, remake=options.remake, only=options.only)
    if not options.only:
        from bench import plans
        from bench.report import write

        results: dict[str, list[Row]] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
        results = dict(sorted({**results, **measured}.items(), key=lambda item: int(item[0])))
        RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")
        write(results, RESULTS.parent)
        plans.check(options.sizes[-1])  # the one that is connected


if __name__ == "__main__":
    main()
