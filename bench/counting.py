"""How many statements something takes, without keeping their texts: those would weigh most of all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass
class Statements:
    """What has been sent to the database so far."""

    number: int = 0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        """Run a statement, and count it."""
        self.number += 1
        return execute(*statement)


@contextmanager
def counting() -> Iterator[Statements]:
    """Count what is asked within."""
    from django.db import connection

    statements = Statements()
    with connection.execute_wrapper(statements):
        yield statements
