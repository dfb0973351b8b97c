"""The database away: a page says so within seconds, and everything is back without a restart."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

pytestmark = pytest.mark.django_db


class Line:
    """A line to the database of the tests, which can be cut and mended."""

    def __init__(self) -> None:
        self.port = 0
        self.mend()

    def mend(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        self.calls: list[socket.socket] = []
        self.threads: list[threading.Thread] = []
        self._start(self._answer)

    def cut(self) -> None:
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.threads[0].join()  # no call comes in any more
        for call in self.calls:
            with contextlib.suppress(OSError):
                call.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join()
        for used in (self.listener, *self.calls):
            used.close()

    def _start(self, work: Callable[..., None], *args: Any) -> None:
        self.threads.append(threading.Thread(target=work, args=args, daemon=True))
        self.threads[-1].start()

    def _answer(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, far = self.listener.accept()[0], self._database()
                self.calls += [near, far]
                self._start(self._carry, near, far)
                self._start(self._carry, far, near)

    @staticmethod
    def _database() -> socket.socket:
        host, port = connection.settings_dict["HOST"], connection.settings_dict["PORT"] or 5432
        if not host.startswith("/"):
            return socket.create_connection((host, int(port)))
        far = socket.socket(socket.AF_UNIX)
        far.connect(f"{host}/.s.PGSQL.{port}")
        return far

    @staticmethod
    def _carry(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)


Get = Callable[[str], tuple[int, str]]


@pytest.fixture
def line() -> Iterator[Line]:
    connection.ensure_connection()
    line = Line()
    yield line
    line.cut()


@pytest.fixture
def get(line: Line, tmp_path: Path) -> Iterator[Get]:
    """Return get(path) → status and text, of a web server on that line."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    database = connection.settings_dict
    user = f"{database['USER']}:{database.get('PASSWORD', '')}"
    url = f"postgresql://{user}@127.0.0.1:{line.port}/{database['NAME']}"
    command = f"gunicorn regit.wsgi --worker-class gthread --threads 4 --bind 127.0.0.1:{port}"
    log = (tmp_path / "log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", *command.split()],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.regit.outage_settings",
            "OUTAGE_URL": url,
        },
        stdout=log,
        stderr=log,
    )

    def get(path: str) -> tuple[int, str]:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        asked.request("GET", path, headers={"Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz123456"})
        answer = asked.getresponse()
        text = answer.read().decode()
        asked.close()
        return answer.status, text

    deadline = time.monotonic() + 60
    while True:
        try:
            get("/healthz")
            break
        except OSError:
            assert time.monotonic() < deadline, (tmp_path / "log").read_text()
            assert server.poll() is None, (tmp_path / "log").read_text()
            time.sleep(0.1)
    yield get
    server.terminate()
    server.wait()
    log.close()


def test_a_database_that_goes_and_comes_back(line: Line, get: Get) -> None:
    assert get("/readyz") == (200, "ok\n")
    assert get("/objekt/")[0] == 302  # to log in: the session was looked up
    line.cut()
    for path in ("/objekt/", "/admin/"):
        began = time.monotonic()
        status, text = get(path)
        assert (status, "RegIT är inte tillgängligt just nu" in text) == (503, True)
        assert time.monotonic() - began < 8
    assert get("/healthz") == (200, "ok\n")
    assert get("/readyz") == (503, "databasen går inte att nå\n")
    line.mend()
    assert get("/objekt/")[0] == 302  # at once
    assert get("/readyz") == (200, "ok\n")


def test_healthz_asks_no_database_and_no_session(
    client: Client, django_assert_num_queries: Any
) -> None:
    client.cookies["sessionid"] = "abcdefghijklmnopqrstuvwxyz123456"
    with django_assert_num_queries(0):
        response = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert (response.status_code, response.text) == (200, "ok\n")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "no-store"


def test_a_probe_by_address_and_without_https_is_answered(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/readyz", headers={"host": "10.0.0.7"}).text == "ok\n"
    assert client.post("/readyz").status_code == 405


def test_a_database_that_is_not_migrated_is_not_ready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'governance' AND name LIKE '0004%'"
        )
    response = client.get("/readyz")
    assert (response.status_code, "kör migrate" in response.text) == (503, True)
