"""Measures the sealing and verifying of the history at each size, and writes their table.

python -m bench.chain SIZE …

All that is unsealed is sealed and verified in a transaction that is rolled back, so that the next run
meets the same register. Smallest size first: the greatest memory of the process is told as it grows.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

from bench.counting import counting

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


@dataclass
class Work:
    """What one piece of work took."""

    seconds: float
    statements: int
    memory: float
    """MiB at the most, since the process began."""


def timed(function: Callable[[], Any]) -> Work:
    """Do it, and count its statements."""
    began = time.perf_counter()
    with counting() as statements:
        function()
    seconds = time.perf_counter() - began
    return Work(
        seconds, statements.number, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    )


def measure(size: int) -> list[str]:
    """Return the cells of a size, without the ratios: rows, gestures and both pieces of work."""
    from django.db import transaction

    from bench import databases
    from governance.history import history_models, sealing, verifying
    from governance.models import Gesture

    databases.use(size)
    rows = sum(model._default_manager.count() for model in history_models())
    works = []
    with transaction.atomic():
        works.append(timed(sealing.seal))
        report: list[Any] = []
        works.append(timed(lambda: report.append(verifying.verify())))
        if report[0].faults or report[0].unsealed:
            raise RuntimeError(f"not as it was sealed: {report[0].faults[:1]}")
        transaction.set_rollback(True)
    return _cells(rows, Gesture.objects.count(), *works)


def _cells(rows: int, gestures: int, seal: Work, verify: Work) -> list[str]:
    cells = [f"{rows:,}", f"{gestures:,}"]
    for work in (seal, verify):
        cells += [
            f"{work.seconds:,.1f}",
            f"{1e6 * work.seconds / rows:.1f}",
            f"{work.statements:,}",
            f"{gestures / work.statements:,.0f}",
        ]
    return [*cells, f"{verify.memory:,.0f}"]


def table(found: list[list[str]]) -> str:
    """Return a line a size, and how a row's time at the largest stands to that at the smallest."""
    head = ["history rows", "gestures"]
    for verb in ("seal", "verify"):
        head += [f"{verb}, s", "µs a row", "statements", "gestures a statement"]
    head += ["most memory, MiB"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---:|" * len(head)]
    lines += ["| " + " | ".join(cells) + " |" for cells in found]
    if len(found) > 1:
        seal, verify = (float(found[-1][n]) / float(found[0][n]) for n in (3, 7))
        lines += ["", f"A row takes {seal:.1f} × as long to seal at the largest size as at the "]
        lines[-1] += f"smallest, and {verify:.1f} × as long to verify."
    return "\n".join(lines)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="+")
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    from bench.report import put

    found = []
    for size in sorted(options.sizes):
        found.append(measure(size))
        print(" ".join(found[-1]), flush=True)
    print(table(found))
    put(PAGE, "make bench-chain", table(found))


if __name__ == "__main__":
    main()
