"""Reads from a PostgreSQL that really follows another: which, how old, and never about rights."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.server import Server
from tests.replica.servers import REGISTER, Standby, Worker

GRANSKNING, HISTORY, SYSTEMS = "/granskning/", "/granskning/export.csv", "/export/system.csv"
REPLICA, PRIMARY = ["replica"], ["default"]


@pytest.fixture(scope="module")
def primary() -> Iterator[Server]:
    """A server with a register, in a folder near the root: a socket's path must be short."""
    folder = Path(tempfile.mkdtemp(prefix="regit-", dir="/tmp"))
    folder.chmod(0o755)
    server = Server(folder)
    server.copy("template1", REGISTER)
    worker = Worker(server.address)
    worker("build")
    worker.end()
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def standby(primary: Server) -> Iterator[Standby]:
    """Its copy."""
    copy = Standby(primary, primary.directory)
    yield copy
    copy.stop()


@pytest.fixture
def regit(primary: Server, standby: Standby) -> Iterator[Worker]:
    """A process of RegIT that knows both."""
    worker = Worker(primary.address, standby.address)
    yield worker
    worker.end()


def test_a_page_may_be_old_but_not_too_old_and_never_to_who_wrote(
    regit: Worker, standby: Standby
) -> None:
    assert regit("read", "rut.revisor", GRANSKNING)["from"] == REPLICA

    with standby.paused():
        regit("change", "Nyss skrivet")
        old = regit("read", "rut.revisor", GRANSKNING)
        assert (old["from"], "Nyss skrivet" in old["text"]) == (REPLICA, False)
        own = regit("read", "adam.admin", GRANSKNING)
        assert (own["from"], "Nyss skrivet" in own["text"]) == (PRIMARY, True)

        time.sleep(0.3)
        regit("limit", 0.2)
        fresh = regit("read", "rut.revisor", GRANSKNING)
        assert (fresh["from"], "Nyss skrivet" in fresh["text"]) == (PRIMARY, True)
        assert "allt läses ur databasen" in regit("probe", "/readyz")

    regit("limit", 30)
    for username in ("rut.revisor", "adam.admin"):
        caught_up = regit("read", username, GRANSKNING)
        assert (caught_up["from"], "Nyss skrivet" in caught_up["text"]) == (REPLICA, True)
    standby.catch_up()
    assert regit("probe", "/readyz") == "ok\nrepliken ligger 0 s efter\n"


def test_what_is_hidden_and_who_may_are_never_asked_of_the_replica(
    regit: Worker, standby: Standby
) -> None:
    before = regit("read", "nils.nyfiken", SYSTEMS)
    assert before["from"] == REPLICA
    assert "Elevregistret" in before["text"]
    assert "Schemat" in before["text"]
    assert "Skyddade" not in before["text"]

    with standby.paused():
        regit("hide", "Schemat")
        after = regit("read", "nils.nyfiken", SYSTEMS)
        assert (after["from"], "Elevregistret" in after["text"]) == (REPLICA, True)
        assert "Schemat" not in after["text"]
        seen = regit("read", "rut.revisor", SYSTEMS)
        assert (seen["from"], "Schemat" in seen["text"]) == (REPLICA, True)

        regit("dismiss", "rut.revisor")
        for path in (GRANSKNING, HISTORY):
            assert regit("read", "rut.revisor", path)["status"] == 403
        assert "Skyddade" not in regit("read", "rut.revisor", SYSTEMS)["text"]


@pytest.mark.parametrize(
    "path", [HISTORY, SYSTEMS, "/export/system.json", "/export/objekt.csv", "/export/objekt.json"]
)
@pytest.mark.parametrize("username", ["adam.admin", "nils.nyfiken"])
def test_a_file_from_the_replica_is_the_file_of_the_database(
    username: str, path: str, reading: Worker
) -> None:
    reading("limit", 30)
    one = reading("read", username, path)
    reading("limit", -1)
    other = reading("read", username, path)

    if one["status"] == 403:
        assert (username, path) == ("nils.nyfiken", HISTORY)
        return
    assert (one["from"], other["from"]) == (REPLICA, PRIMARY)
    assert len(one["text"]) > 100
    assert one["text"] == other["text"]


@pytest.fixture(scope="module")
def reading(primary: Server, standby: Standby) -> Iterator[Worker]:
    """A process that only reads."""
    worker = Worker(primary.address, standby.address)
    yield worker
    worker.end()


def test_a_replica_that_goes_away_is_done_without_and_found_again(
    regit: Worker, standby: Standby
) -> None:
    regit("forget", 1)
    assert regit("read", "adam.admin", HISTORY)["from"] == REPLICA
    standby.stop()

    began = time.monotonic()
    page = regit("read", "adam.admin", HISTORY)
    assert (page["status"], page["from"]) == (200, PRIMARY)
    assert time.monotonic() - began < 10
    assert regit("probe", "/readyz").startswith("ok\nrepliken går inte att nå")
    assert 'regit_replica_lag_seconds{database="replica"} +Inf' in regit(
        "probe", "/metrics", "9101"
    )

    standby.start()
    time.sleep(1)
    regit("change", "Efter avbrottet")  # of what arrives after a start one knows how old it is
    standby.catch_up()
    assert regit("read", "adam.admin", HISTORY)["from"] == REPLICA


def test_a_database_that_follows_nothing_is_no_replica(primary: Server, standby: Standby) -> None:
    worker = Worker(primary.address, primary.address)
    assert worker("read", "adam.admin", HISTORY)["from"] == PRIMARY
    assert worker("probe", "/readyz").startswith("ok\nrepliken går inte att nå")
    worker.end()
