"""The embedded server: shared by all who need it, gone with the last of them, however they end."""

import fcntl
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from django.conf import settings

# Leases the server, then answers each line of SQL with its result, until it is killed.
CLIENT = """
import sys, pathlib, psycopg
from regit.embedded import server
address = server.lease(pathlib.Path(sys.argv[1]))
for line in sys.stdin:
    with psycopg.connect(host=address.host, user="postgres", dbname="regit") as db:
        print(db.execute(line).fetchone()[0], flush=True)
"""

Start = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def directory() -> Iterator[Path]:
    """A folder of its own, near the root: a socket's path must be short."""
    path = Path(tempfile.mkdtemp(prefix="regit-", dir="/tmp"))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def start(directory: Path) -> Iterator[Start]:
    """Return start(): one more process that needs the server. None is left at the end."""
    clients: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        client = subprocess.Popen(
            [sys.executable, "-c", CLIENT, str(directory)],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        clients.append(client)
        return client

    yield start
    for client in clients:
        client.kill()
        client.communicate()
    assert stopped(directory)


def ask(client: subprocess.Popen[str], question: str) -> str:
    """Let a client put a question to the server."""
    assert client.stdin
    assert client.stdout
    client.stdin.write(question + "\n")
    client.stdin.flush()
    return client.stdout.readline().strip()


def server_pid(directory: Path) -> int:
    return int((directory / "pg" / "postmaster.pid").read_text().splitlines()[0])


def gone(process: psutil.Process) -> bool:
    """Tell whether a process ends in time; whether its parent has noticed is not our business."""
    for _ in range(100):
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


def stopped(directory: Path, within: float = 10) -> bool:
    """Tell whether the server stops in time."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if not (directory / "pg" / "postmaster.pid").exists():
            return True
        time.sleep(0.05)
    return False


def test_two_first_starts_at_once_share_one_server(directory: Path, start: Start) -> None:
    one, other = start(), start()

    began = "SELECT pg_postmaster_start_time()"
    assert ask(one, began) == ask(other, began) != ""


def test_the_server_stops_when_the_last_user_is_killed(directory: Path, start: Start) -> None:
    one, other = start(), start()
    assert ask(one, "SELECT 1") == ask(other, "SELECT 1") == "1"
    postmaster = psutil.Process(server_pid(directory))

    one.kill()
    one.wait()
    assert not stopped(directory, within=0.5)
    assert ask(other, "SELECT 1") == "1"

    other.kill()
    assert stopped(directory)
    assert gone(postmaster)


def test_a_start_right_after_the_last_user_left_has_a_server(directory: Path, start: Start) -> None:
    for _ in range(3):
        client = start()
        assert ask(client, "SELECT 1") == "1"
        client.kill()
        client.wait()


def test_leftovers_of_a_crash_do_not_stop_a_start(directory: Path, start: Start) -> None:
    client = start()
    assert ask(client, "SELECT 1") == "1"
    lines = (directory / "pg" / "postmaster.pid").read_text().splitlines()
    client.kill()
    assert stopped(directory)
    with (directory / "lease").open() as lease:
        fcntl.flock(lease, fcntl.LOCK_EX)  # until the watcher has gone too
    # After a restart of the machine the number may belong to anybody, such as this process.
    (directory / "pg" / "postmaster.pid").write_text(
        "\n".join([str(psutil.Process().pid), *lines[1:]])
    )
    (directory / "pg" / ".handle_pids.json").write_text("[12")

    assert ask(start(), "SELECT 1") == "1"


def test_test_databases_fold_swedish_letters_whatever_the_machine_speaks(
    directory: Path, start: Start
) -> None:
    client = start()

    assert ask(client, "SELECT lower('ÅÄÖ')") == "åäö"
    locale = "SELECT datlocale FROM pg_database WHERE datname = 'template1'"
    assert ask(client, locale) == "C.UTF-8"
