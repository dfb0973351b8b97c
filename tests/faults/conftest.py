"""The register that is changed while somebody is killed, on a server of its own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.server import Server


@pytest.fixture(scope="session")
def directory() -> Iterator[Path]:
    """A folder of its own, near the root: a socket's path must be short."""
    path = Path(tempfile.mkdtemp(prefix="regit-", dir="/tmp"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def sheet() -> Iterator[Path]:
    """What is imported."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        yield Path(file.name)


@pytest.fixture(scope="session")
def server(directory: Path, sheet: Path) -> Iterator[Server]:
    """A server with the register "before"."""
    server = Server(directory)
    server.copy("template1", "before")
    server.run("before", "build", str(sheet))
    yield server
    server.stop()
