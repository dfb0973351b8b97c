"""kill -9 of the web process while it answers: a request is carried out wholly or not at all.

The process is gunicorn's, with production settings; another takes its place by itself.
"""

import json
import os
import random
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest
import requests

from tests.deployment.test_gunicorn import FROM_PROXY, Gunicorn
from tests.faults.server import SEED, Server

RUNS = int(os.environ.get("FAULT_RUNS", "1"))
CHANGES = ("hand_over", "transfer_all", "import_register")
SETTINGS = {
    "SECOND_FACTOR": "0",
    "SECRET_KEY": "nothing-but-tests-is-signed-with-this-key-0123456789",
}
CSRF = "a" * 32
OF_REQUESTS = {"django_session"}  # a request notes its own time there

pytestmark = pytest.mark.faults


class Web(Gunicorn):
    """gunicorn on a register that is copied afresh for each request."""

    def __init__(self, folder: Path, url: str) -> None:
        self.url = url
        super().__init__(folder)

    def environment(self, folder: Path) -> dict[str, str]:
        """Return the settings, with the register of the fault tests."""
        return super().environment(folder) | SETTINGS | {"DATABASE_URL": self.url}

    def kill_worker(self) -> None:
        """End the process that answers, at once."""
        for worker in psutil.Process(self.process.pid).children():
            worker.send_signal(signal.SIGKILL)
            worker.wait(20)


@pytest.fixture(scope="module")
def invited(server: Server, sheet: Path) -> dict[str, Any]:
    """A register with somebody who may make the changes, and what they would send."""
    server.copy("before", "invited")
    invite = {"DJANGO_SETTINGS_MODULE": "tests.deployment.settings", "ALLOWED_HOSTS": "x.se"}
    said = server.run("invited", "invite", str(sheet), **invite, **SETTINGS)
    found: dict[str, Any] = json.loads(said)
    return found


@pytest.fixture(scope="module")
def web(server: Server, invited: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    server.copy("invited", "run")
    web = Web(tmp_path_factory.mktemp("web"), server.url("run"))
    yield web
    web.process.terminate()
    web.process.wait(60)


def send(web: Web, invited: dict[str, Any], change: str) -> int:
    """Ask for the change, and return the status; 0 when nothing was answered."""
    path, body = invited["requests"][change]
    headers = {**FROM_PROXY, "Authorization": f"Bearer {invited['key']}"}
    sent: dict[str, Any] = {"json": body}
    if change == "import_register":
        cookies = f"sessionid={invited['session']}; csrftoken={CSRF}"
        headers, sent = {**FROM_PROXY, "Cookie": cookies, "X-CSRFToken": CSRF}, {"data": body}
    address = f"http://127.0.0.1:{web.port}{path}"
    try:
        return requests.post(
            address, headers=headers, allow_redirects=False, timeout=60, **sent
        ).status_code
    except requests.ConnectionError:
        return 0


def found(server: Server) -> str:
    """Return how every table stands once nobody works in the register."""
    server.wait_until_left("run")
    content = server.content("run")
    return str({table: said for table, said in content.items() if table not in OF_REQUESTS})


@pytest.mark.parametrize("change", CHANGES)
def test_a_request_whose_process_is_killed_is_carried_out_wholly_or_not_at_all(
    change: str, server: Server, web: Web, invited: dict[str, Any]
) -> None:
    def fresh() -> None:
        server.copy("invited", "run")
        web.wait()

    fresh()
    web.kill_worker()
    before = found(server)
    fresh()
    began = time.monotonic()
    assert send(web, invited, change) in (200, 201, 302)
    takes = time.monotonic() - began
    web.kill_worker()
    after = found(server)
    assert before != after
    assert '"grants agree": true' in server.run("run", "look")

    moments = random.Random(f"{SEED} web {change}")  # noqa: S311
    outcomes = []
    for _run in range(RUNS):
        fresh()
        with ThreadPoolExecutor(1) as other:
            answer = other.submit(send, web, invited, change)
            time.sleep(moments.uniform(0, 1.2 * takes))
            web.kill_worker()
        outcome = {before: "before", after: "after"}.get(found(server), "torn")
        outcomes.append(outcome)
        assert outcome != "torn"
        assert outcome == "after" or not answer.result(), "what was answered as done is gone"
    assert len(outcomes) == RUNS
