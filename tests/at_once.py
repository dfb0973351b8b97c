"""Several people at once, each on a connection of their own."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, connections, transaction


def at_once(*steps: Callable[[threading.Barrier], Any]) -> list[Exception]:
    """Run each step on a connection of its own; return what they raised."""
    raised: list[Exception] = []
    barrier = threading.Barrier(len(steps), timeout=20)

    def run(step: Callable[[threading.Barrier], Any]) -> None:
        try:
            step(barrier)
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads)
    return raised


def one_before_the_other(
    first: Callable[[], Any], second: Callable[[], Any], after: Callable[[], Any] = bool
) -> list[Exception]:
    """Let the second begin when the first has written, and wait for it; then do the rest of the first."""

    def ahead(barrier: threading.Barrier) -> None:
        with transaction.atomic():
            first()
            barrier.wait()
            until_somebody_waits()
            after()

    def behind(barrier: threading.Barrier) -> None:
        barrier.wait()
        second()

    return at_once(ahead, behind)


def until_somebody_waits() -> None:
    """Return when a statement of another connection waits for what this one holds."""
    # Not pg_stat_activity: it is read once in a transaction, and the other may connect after that.
    waits = "NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    deadline = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(f"SELECT EXISTS (SELECT FROM pg_locks WHERE {waits})")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("nobody waited")
