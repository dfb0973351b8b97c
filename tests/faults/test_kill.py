"""kill -9 of whoever works, at a random moment of a change: after restart all of it or nothing.

The victims are the process that makes the change, the process of PostgreSQL that serves it, and
PostgreSQL as a whole. FAULT_RUNS is how many moments are tried for each change (`make test-faults`:
50), FAULT_SEED picks the moments.
"""

import logging
import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.report import put
from tests.faults.server import RUNS, SEED, Server, state

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
VICTIMS = ("worker", "backend", "postmaster")
CHANGES = ("hand_over", "transfer_all", "import_register")

pytestmark = pytest.mark.faults


@dataclass(frozen=True)
class Victim:
    """Something to kill while a change is made."""

    kind: str
    worker: subprocess.Popen[str]
    backend: int
    postmaster: int

    def kill(self) -> None:
        """End it as the kernel would: at once."""
        pid = {"worker": self.worker.pid, "backend": self.backend, "postmaster": self.postmaster}
        try:
            os.kill(pid[self.kind], signal.SIGKILL)
        except ProcessLookupError:  # the change was quicker
            assert self.kind != "postmaster"


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_is_killed_is_made_wholly_or_not_at_all(
    change: str, server: Server, sheet: Path, told: list[str]
) -> None:
    arguments = [change] + [str(sheet)] * (change == "import_register")
    before = state(server, "before")
    server.copy("before", "after")
    takes = duration(server, arguments)
    after = state(server, "after")
    assert before.content != after.content
    assert '"grants agree": true' in before.look
    assert '"grants agree": true' in after.look

    torn: list[str] = []
    moments, outcomes = random.Random(f"{SEED} {change}"), Counter[str]()  # noqa: S311
    for run in range(RUNS):
        kind, moment = VICTIMS[run % 3], moments.uniform(0, 1.5 * takes)
        server.copy("before", "run")
        done = interrupted(server, arguments, kind, moment)
        found = state(server, "run")
        outcome = {str(before): "before", str(after): "after"}.get(str(found), "torn")
        outcomes[f"{kind}: {outcome}"] += 1
        if outcome == "torn":
            torn.append(f"{kind} killed after {moment:.3f} of {takes:.3f} s")
        assert outcome == "after" or not done, f"{kind}: what was said to be done is gone"
    logging.getLogger(__name__).warning("%s (%.2f s): %s", change, takes, sorted(outcomes.items()))
    told.append(line(change, takes, outcomes))
    assert not torn


@pytest.fixture(scope="module")
def told() -> Iterator[list[str]]:
    """Lines of the table in docs/performance.md, put there when whole where FAULT_TABLE asks for it."""
    lines: list[str] = []
    yield lines
    if os.environ.get("FAULT_TABLE") and len(lines) == len(CHANGES):
        head = ["change", "takes, s", *(f"{kind}: before, after, torn" for kind in VICTIMS)]
        rule = "|---|" + "---:|" * (len(head) - 1)
        put(PAGE, "make test-faults", "\n".join(["| " + " | ".join(head) + " |", rule, *lines]))


def line(change: str, takes: float, outcomes: Counter[str]) -> str:
    """Return how often a change was found undone, done and torn, for each victim."""
    counts = [
        ", ".join(str(outcomes[f"{kind}: {found}"]) for found in ("before", "after", "torn"))
        for kind in VICTIMS
    ]
    return "| " + " | ".join([change, f"{takes:.2f}", *counts]) + " |"


def duration(server: Server, arguments: list[str]) -> float:
    """Make the change in peace, and return how long it took."""
    worker = server.start("after", *arguments)
    assert worker.stdout
    worker.stdout.readline()
    began = time.monotonic()
    assert worker.stdout.readline() == "done\n"
    took = time.monotonic() - began
    worker.communicate()
    return took


def interrupted(server: Server, arguments: list[str], kind: str, moment: float) -> bool:
    """Begin the change, kill the victim at the moment, and return whether it was said to be done."""
    postmaster = server.postmaster()
    worker = server.start("run", *arguments)
    assert worker.stdout
    victim = Victim(kind, worker, int(worker.stdout.readline()), postmaster)
    time.sleep(moment)
    victim.kill()
    said, _complaint = worker.communicate(timeout=60)
    return "done" in said
