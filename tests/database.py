"""The test database as a copy of one that is migrated once, and kept until a migration changes.

Migrating takes longer than many tests together, and each worker needs a database of its own. What
follows each migration (permissions, the guards of the history) is done again in each copy.
"""

import hashlib
import inspect
import sys
from typing import Any

from django.core.management import call_command
from django.db import connection
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
