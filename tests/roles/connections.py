"""Past everything that Python guards: raw SQL, and several connections at once."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, connections, transaction


def raw(sql: str, *parameters: Any) -> None:
    """Run SQL past everything that Python guards, to its commit."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


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
