"""A PostgreSQL of the fault tests' own, which may be killed, and registers in it that may be copied."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql

from regit.embedded import server

# What differs between two runs of the same change: when, and random names.
VOLATILE = [
    "gesture_id",
    "at",
    "created_at",
    "updated_at",
    "verified_at",
    "history_date",
    "password",
    "last_used_at",
]
RANDOM_KEY = {"governance_gesture", "roles_objektgrant", "roles_systemgrant"}
PATIENCE = 60
RUNS = int(os.environ.get("FAULT_RUNS", "3"))
SEED = os.environ.get("FAULT_SEED", "RegIT")


@dataclass(frozen=True)
class State:
    """How a register stands: every table, and what the commands say of it."""

    content: dict[str, str]
    look: str


class Server:
    """The server of one folder."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.address = server.lease(directory)
        with self.connect("postgres") as connection:
            # A killed process takes no writes of the kernel with it, as a power cut would; and
            # recovery would write every file of every register to the disk first.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")

    def connect(self, database: str) -> psycopg.Connection[Any]:
        """Connect, starting the server where it is down and waiting while it recovers."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self.address = server.lease(self.directory)
                return psycopg.connect(
                    host=self.address.host,
                    port=self.address.port,
                    user="postgres",
                    dbname=database,
                    autocommit=True,
                )
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def postmaster(self) -> int:
        """Return the id of the process that all of PostgreSQL hangs on."""
        return int((self.directory / "pg" / "postmaster.pid").read_text().split("\n", 1)[0])

    def stop(self) -> None:
        """Stop the server before its folder is removed."""
        postmaster = psutil.Process(self.postmaster())
        postmaster.send_signal(signal.SIGINT)
        psutil.wait_procs([postmaster], timeout=PATIENCE)

    def copy(self, template: str, name: str) -> None:
        """Make a register afresh as a copy of another."""
        with self.connect("postgres") as connection:
            names = sql.Identifier(name), sql.Identifier(template)
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(names[0]))
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))

    def url(self, database: str) -> str:
        """Return the DATABASE_URL of a register."""
        host = self.address.host.replace("/", "%2F")
        return f"postgresql://postgres@{host}:{self.address.port}/{database}"

    def start(self, database: str, *arguments: str, **settings: str) -> subprocess.Popen[str]:
        """Start a worker on a register, with settings as in the environment."""
        environment = {**os.environ, "DATABASE_URL": self.url(database)}
        environment |= {"DJANGO_SETTINGS_MODULE": "regit.settings.development", **settings}
        return subprocess.Popen(
            [sys.executable, "-m", "tests.faults", *arguments],
            cwd=Path(__file__).parents[2],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, database: str, *arguments: str, **settings: str) -> str:
        """Let a worker end well, and return what it said."""
        worker = self.start(database, *arguments, **settings)
        said, complaint = worker.communicate()
        assert worker.returncode == 0, complaint
        return said

    def wait_until_left(self, database: str) -> None:
        """Wait until nobody is connected to a register: what was begun is by then done or undone."""
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        with self.connect("postgres") as connection:
            deadline = time.monotonic() + PATIENCE
            while (connection.execute(asked, [database]).fetchone() or (0,))[0]:
                assert time.monotonic() < deadline, "somebody is still connected"
                time.sleep(0.02)

    def content(self, database: str) -> dict[str, str]:
        """Return a digest of every table, blind only to what differs between two runs."""
        with self.connect(database) as connection:
            query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
            tables = [name for (name,) in connection.execute(query)]
            return {table: _digest(connection, table) for table in tables}


def _digest(connection: psycopg.Connection[Any], table: str) -> str:
    blind = [*VOLATILE, "id"] if table in RANDOM_KEY else VOLATILE
    query = sql.SQL("SELECT (to_jsonb(t) - %s::text[])::text FROM {} t ORDER BY 1")
    rows = connection.execute(query.format(sql.Identifier(table)), [blind]).fetchall()
    return f"{len(rows)} rows " + hashlib.sha256("\n".join(r for (r,) in rows).encode()).hexdigest()


def state(server: Server, database: str) -> State:
    """Return how a register stands."""
    return State(server.content(database), server.run(database, "look"))
