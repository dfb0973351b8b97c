"""The test database as a copy of one that is migrated once, and kept until a migration changes.

Migrating takes longer than many tests together, and each worker needs a database of its own. What
follows each migration (permissions, the guards of the history) is done again in each copy.
"""

import hashlib
import inspect
import sys
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

KEPT = "regit_migrated_"
LOCK = 7_301_404


def copy_migrated(*, keep: bool) -> None:
    """Let the test database be made as a copy of the migrated one; with `keep`, if there is none."""
    with connection._nodb_cursor() as cursor:
        name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
        if not (keep and _exists(cursor, name)):
            connection.settings_dict["TEST"]["TEMPLATE"] = _migrated(cursor)


def _exists(cursor: Any, name: str) -> bool:
    cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
    return cursor.fetchone() is not None


def _migrated(cursor: Any) -> str:
    """Return the name of the migrated database, made now unless it is there: one worker makes it."""
    name, unfinished = f"{KEPT}{_digest()}", f"{KEPT}unfinished"
    cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    if not _exists(cursor, name):
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{KEPT}%"])
        for (old,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{unfinished}"')
        _migrate(unfinished)
        cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    return name


def _migrate(name: str) -> None:
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _digest() -> str:
    """Return a checksum of every migration that there is, those of libraries too."""
    told = hashlib.sha256()
    loader = MigrationLoader(None)
    for key in sorted(loader.disk_migrations):
        migration = loader.disk_migrations[key]
        told.update(inspect.getsource(sys.modules[migration.__module__]).encode())
    return told.hexdigest()[:16]


class Emptied:
    """Empties the tables after a test that commits, in place of `flush`.

    Emptying every file and asking each package to fill in what migrate filled in, permissions above
    all, takes longer than most tests. Rows are deleted instead, past the triggers that hold the
    history, and what migrate filled in stays: a test that changed that gets Django's own way.
    """

    FILLED = ("django_content_type", "auth_permission", "auth_group", "auth_group_permissions")
    PAST_TRIGGERS = "SET LOCAL session_replication_role = replica;"

    def __init__(self, flush: Callable[..., list[str]]) -> None:
        self.flush = flush
        self.filled = self._checksum()

    def __call__(self, operations: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        """Empty the tables and return nothing to do, or the statements that empty them all."""
        if self._checksum() != self.filled:
            return [self.PAST_TRIGGERS, *self.flush(operations, style, tables, **options)]
        names = [connection.ops.quote_name(name) for name in tables if name not in self.FILLED]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(self.PAST_TRIGGERS + "".join(f"DELETE FROM {name};" for name in names))
        return []

    def _checksum(self) -> list[Any]:
        with connection.cursor() as cursor:
            found = []
            for name in self.FILLED:
                cursor.execute(f"SELECT md5(string_agg(t::text, ',' ORDER BY t.id)) FROM {name} t")
                found.append(cursor.fetchone())
            return found
