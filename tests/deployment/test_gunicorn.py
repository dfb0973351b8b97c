"""gunicorn as in service: production settings behind a proxy, and two servers on one database."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import requests
from django.conf import settings
from django.db import connection

from governance.models import Forvaltningsobjekt
from tests.factories import PASSWORD, make_active, make_user

HOST = "regit.example.se"
FROM_PROXY = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
FROM_PROXY["Referer"] = f"https://{HOST}/"
TOKEN = "a-token-of-the-tests-long-enough"


class Gunicorn:
    """One machine's web server."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free, socket.socket() as another:
            for one in (free, another):
                one.bind(("127.0.0.1", 0))
            self.port, self.metrics = free.getsockname()[1], another.getsockname()[1]
        self.log = folder / f"{self.port}.log"
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "regit.wsgi"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=self.environment(folder / str(self.port)),
                stderr=log,
                stdout=log,
            )

    def environment(self, folder: Path) -> dict[str, str]:
        """Return the settings, as deploy/regit.env.example has them."""
        known = connection.settings_dict
        login = f"{known['USER']}:{known['PASSWORD']}".rstrip(":")
        host = str(known["HOST"]).replace("/", "%2F")
        return {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "tests.deployment.settings",
            "SECRET_KEY": "nothing-but-tests-is-signed-with-this-key-0123456789",
            "ALLOWED_HOSTS": HOST,
            "DATABASE_URL": f"postgresql://{login}@{host}:{known['PORT']}/{known['NAME']}",
            "BEHIND_PROXY": "1",
            "PROXY_COUNT": "1",
            "METRICS_ADDRESS": f"127.0.0.1:{self.metrics}",
            "METRICS_TOKEN": TOKEN,
            "PROMETHEUS_MULTIPROC_DIR": str(folder),
            "WEB_ADDRESS": f"127.0.0.1:{self.port}",
            "WEB_WORKERS": "1",
        }

    def wait(self) -> None:
        """Return when it answers, which is later than when it listens: a worker has to start."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                requests.get(f"http://127.0.0.1:{self.port}/healthz", timeout=120)
            except requests.ConnectionError:
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.1)
            else:
                return
        raise AssertionError(self.log.read_text())


class Browser:
    """A person behind the proxy, who may come to either server."""

    def __init__(self) -> None:
        # Kept by hand: they are Secure, and it is the proxy that speaks HTTPS.
        self.cookies: dict[str, str] = {}

    def ask(self, server: Gunicorn, path: str, data: dict[str, str] | None) -> requests.Response:
        """Ask as the proxy does; a redirect is not followed."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        response = requests.request(
            "GET" if data is None else "POST",
            f"http://127.0.0.1:{server.port}{path}",
            data=data,
            headers={**FROM_PROXY, "Cookie": cookies},
            allow_redirects=False,
            timeout=30,
        )
        self.cookies.update({c.name: c.value or "" for c in response.cookies})
        assert all(cookie.secure for cookie in response.cookies)
        return response

    def get(self, server: Gunicorn, path: str) -> requests.Response:
        """Fetch a page."""
        return self.ask(server, path, None)

    def post(self, server: Gunicorn, path: str, data: dict[str, str]) -> requests.Response:
        """Post a form with the token that the cookie asks for."""
        token = self.cookies.get("csrftoken", "")
        return self.ask(server, path, {"csrfmiddlewaretoken": token, **data})

    def log_in(self, server: Gunicorn, username: str, onwards: str = "/") -> requests.Response:
        """Log in at one server."""
        self.get(server, "/logga-in/")
        data = {"username": username, "password": PASSWORD, "next": onwards}
        return self.post(server, "/logga-in/", data)


@pytest.fixture
def objekt(transactional_db: None) -> Forvaltningsobjekt:
    """An object with somebody who may change it."""
    return make_active("Elevadministration", forvaltningsledare=make_user("eva.lund"))


@pytest.fixture
def servers(objekt: Forvaltningsobjekt, tmp_path: Path) -> Iterator[tuple[Gunicorn, Gunicorn]]:
    """Two servers that share nothing but the database."""
    pair = Gunicorn(tmp_path), Gunicorn(tmp_path)
    try:
        for server in pair:
            server.wait()
        yield pair
    finally:
        for server in pair:
            server.process.send_signal(signal.SIGTERM)
            server.process.wait(timeout=60)


def value(page: str, name: str) -> str:
    """Return what a form's hidden field holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def test_two_servers_share_logins_and_what_was_typed_by_the_database_alone(
    servers: tuple[Gunicorn, Gunicorn], objekt: Forvaltningsobjekt
) -> None:
    one, other = servers
    eva, path = Browser(), f"/objekt/{objekt.pk}/andra/"

    assert eva.log_in(one, "eva.lund").status_code == 302
    form = eva.get(other, path)
    assert form.status_code == 200

    # Her session ends while she types; each step from here meets another server.
    del eva.cookies["sessionid"]
    typed = {
        "owner": value(form.text, "owner"),
        "version": value(form.text, "version"),
        "name": "Elevadministration",
        "verksamhetsprocess": "Skolgång",
        "description": "Skrivet innan sessionen tog slut",
    }
    wall = eva.post(one, path, typed)
    assert wall.headers["Location"].startswith("/logga-in/")
    assert eva.log_in(other, "eva.lund", path).headers["Location"] == path
    assert "Skrivet innan sessionen tog slut" in eva.get(one, path).text

    assert eva.post(other, "/logga-ut/", {}).status_code == 200
    assert eva.get(one, path).headers["Location"].startswith("/logga-in/")


def test_production_is_https_only_logs_json_and_survives_a_killed_worker(
    servers: tuple[Gunicorn, Gunicorn],
) -> None:
    server, _other = servers
    plain = requests.get(
        f"http://127.0.0.1:{server.port}/system/?q=x",
        headers={"Host": HOST},
        allow_redirects=False,
        timeout=30,
    )
    assert plain.headers["Location"] == f"https://{HOST}/system/?q=x"
    stranger = requests.get(
        f"http://127.0.0.1:{server.port}/",
        headers={**FROM_PROXY, "Host": "evil.example"},
        timeout=30,
    )
    assert stranger.status_code == 400

    eva = Browser()
    answer = eva.log_in(server, "eva.lund")
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert {"sessionid", "csrftoken"} <= eva.cookies.keys()

    (worker,) = psutil.Process(server.process.pid).children()
    worker.kill()
    psutil.wait_procs([worker], timeout=20)
    server.wait()
    assert eva.get(server, "/").status_code == 200  # still logged in

    asked = {"Authorization": f"Bearer {TOKEN}"}
    metrics = requests.get(f"http://127.0.0.1:{server.metrics}/metrics", headers=asked, timeout=30)
    assert 'view="login"' in metrics.text  # what the killed one counted
    forged = {**FROM_PROXY, **asked, "X-Forwarded-Port": f"{server.metrics}"}
    for host in (HOST, f"{HOST}:{server.metrics}"):
        outside = requests.get(
            f"http://127.0.0.1:{server.port}/metrics", headers={**forged, "Host": host}, timeout=30
        )
        assert (outside.status_code, "regit_requests" in outside.text) == (404, False)
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    assert "gunicorn.error" in {line["logger"] for line in lines}
    assert {line["user_id"] for line in lines if line.get("view") == "roles:oversikt"} - {None}


def test_a_worker_has_every_page_before_it_says_that_it_is_there() -> None:
    asked = "import sys, regit.wsgi; print('exchange.urls' in sys.modules)"
    environment = {
        "DJANGO_SETTINGS_MODULE": "regit.settings.production",
        "SECRET_KEY": "nothing-but-tests-is-signed-with-this-key-0123456789",
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": "postgresql:///nowhere",
    }
    command = [sys.executable, "-c", asked]
    said = subprocess.check_output(command, cwd=settings.BASE_DIR, env=environment, timeout=60)

    assert said == b"True\n"
