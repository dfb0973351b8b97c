"""Past everything that Python guards: raw SQL."""

from typing import Any

from django.db import connection, transaction


def raw(sql: str, *parameters: Any) -> None:
    """Run SQL past everything that Python guards, to its commit."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
