"""Several people at once, each on a connection of their own."""

import threading
from collections.abc import Callable

from django.db import connections


def at_once(*steps: Callable[[threading.Barrier], None]) -> list[Exception]:
    """Run each step on a connection of its own; return what they raised."""
    raised: list[Exception] = []
    barrier = threading.Barrier(len(steps), timeout=20)

    def run(step: Callable[[threading.Barrier], None]) -> None:
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
