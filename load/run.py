"""Measure one person alone, then 200 at once, against gunicorn under production settings.

    python -m load.run [--people 200] [--seconds 90]

Starts its own PostgreSQL in var/load and gunicorn on a free port of the loopback address, with the
demo municipality, and stops both. Prints a table and puts it in docs/performance.md; exit status 1
when a page failed or a saved change is not in the history.
"""

import argparse
import csv
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.report import put

HERE = Path(__file__).resolve().parents[1]
PAGE = HERE / "docs" / "performance.md"
HOST = "regit.example.se"
MOST_PEOPLE, MOST_SECONDS = 200, 600
WORDS = ("elev", "skola", "journal", "vård", "karta", "lön", "oberg", "finnsinte")


def settings(port: int) -> dict[str, str]:
    """Return the environment of a production process on the server in var/load."""
    from regit.embedded import server

    address = server.lease(HERE / "var" / "load")
    host = str(address.host).replace("/", "%2F")
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "regit.settings.production",
        "SECRET_KEY": "nothing-but-the-load-test-is-signed-with-this-key-0123",
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": f"postgresql://postgres@{host}:{address.port}/regit",
        "BEHIND_PROXY": "1",
        "PROXY_COUNT": "1",
        "WEB_ADDRESS": f"127.0.0.1:{port}",
    }


def plan(people: int, pause: tuple[float, float]) -> dict[str, Any]:
    """Log people in, and say what each may ask for; those who may change something come first."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from governance import access
    from governance.models import Forvaltningsobjekt, Informationssystem
    from roles.models import User

    open_objects = Forvaltningsobjekt.objects.exclude(status="avvecklat")
    visitors = []
    for user in User.objects.filter(is_active=True, groups=None, is_superuser=False)[:people]:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        mine = access.permitted(user, "change_forvaltningsobjekt", open_objects)
        pks = list(mine.values_list("pk", flat=True))
        visitors.append({"session": session.session_key, "may_change": pks})
    return {
        "host": HOST,
        "people": sorted(visitors, key=lambda v: not v["may_change"]),
        "pause": pause,
        "objects": list(Forvaltningsobjekt.objects.values_list("pk", flat=True)),
        "systems": list(
            Informationssystem.objects.filter(skyddsvard=False).values_list("pk", flat=True)
        ),
        "words": WORDS,
    }


@contextmanager
def serving(environment: dict[str, str], log: Path) -> Iterator[None]:
    """Keep gunicorn running for a block."""
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "regit.wsgi"]
    with log.open("w") as file:
        web = subprocess.Popen(command, cwd=HERE, env=environment, stdout=file, stderr=file)
    host, port = environment["WEB_ADDRESS"].split(":")
    try:
        for _ in range(300):
            try:
                socket.create_connection((host, int(port)), 1).close()
                break
            except ConnectionError:
                time.sleep(0.1)
        yield
    finally:
        web.terminate()
        web.wait(60)


def drive(environment: dict[str, str], folder: Path, people: int, seconds: int) -> dict[str, Any]:
    """Let so many people work for so long; return locust's numbers by kind of page."""
    subprocess.run(
        [
            *(sys.executable, "-m", "locust", "-f", "load/locustfile.py", "--headless"),
            *("--host", f"http://{environment['WEB_ADDRESS']}", "--only-summary"),
            *("-u", str(people), "-r", str(max(1, people // 10)), "-t", f"{seconds}s"),
            *("--csv", str(folder / f"people-{people}"), "--exit-code-on-error", "0"),
            *("--stop-timeout", "30"),
        ],
        cwd=HERE,
        env={
            **os.environ,
            "LOAD_PLAN": str(folder / f"plan-{people}.json"),
            "LOAD_EDITS": str(folder / "edits"),
        },
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with (folder / f"people-{people}_stats.csv").open() as file:
        return {row["Name"]: row for row in csv.DictReader(file)}


Edit = tuple[int, str | None, str]
"""An object, the text that was saved (None where somebody else was first), and the text before it."""


def lost(edits: list[Edit]) -> int:
    """Return how many saved changes were lost.

    Each is in the history exactly once, follows upon the text that its writer had in the form, and
    is the object's text now unless another followed. A change written over one that its writer had
    not seen is in the history too, so it is the text before it that tells.
    """
    from governance.models import Forvaltningsobjekt

    saved = [(pk, text, seen) for pk, text, seen in edits if text]
    told: dict[int, list[str]] = {}
    rows = Forvaltningsobjekt.history.filter(id__in={pk for pk, _text, _seen in saved})
    for pk, text in rows.order_by("history_id").values_list("id", "description"):
        told.setdefault(pk, []).append(_plain(text))
    missing = sum(_went_missing(told.get(pk, []), text, seen) for pk, text, seen in saved)
    now = Forvaltningsobjekt.objects.filter(pk__in=told).values_list("pk", "description")
    return missing + sum(_plain(text) != told[pk][-1] for pk, text in now)


def _went_missing(told: list[str], text: str, seen: str) -> bool:
    if told.count(text) != 1:
        return True
    place = told.index(text)
    return place == 0 or told[place - 1] != _plain(seen)


def _plain(text: str) -> str:
    """Return a text as a form and a row both have it: browsers end lines in their own way."""
    return " ".join(text.split())


def table(alone: dict[str, Any], together: dict[str, Any]) -> str:
    """Return a line a kind of page: how often, how slow alone, how slow together, the ratio."""
    lines = [
        "| page | requests | errors | p95 alone, ms | p95 together, ms | together : alone |",
        "|---|" + "---:|" * 5,
    ]
    for name, row in together.items():
        one, many = (float(x.get("95%") or 0) for x in (alone.get(name, {}), row))
        ratio = f"{many / one:.1f}" if one else ""
        name = "all" if name == "Aggregated" else name
        cells = [name, row["Request Count"], row["Failure Count"], f"{one:,.0f}", f"{many:,.0f}"]
        lines.append("| " + " | ".join([*cells, ratio]) + " |")
    return "\n".join(lines)


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    """Measure, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=90)
    options = parser.parse_args()
    people, seconds = min(options.people, MOST_PEOPLE), min(options.seconds, MOST_SECONDS)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        environment = settings(free.getsockname()[1])
    for command in (["migrate", "--verbosity", "0"], ["load_demo", "--format", "json"]):
        say(f"manage.py {command[0]}")
        manage = [sys.executable, "manage.py", *command]
        development = {**environment, "DJANGO_SETTINGS_MODULE": "regit.settings.development"}
        subprocess.run(manage, cwd=HERE, env=development, check=True, stdout=subprocess.DEVNULL)
    os.environ.update(environment)
    import django

    django.setup()
    with tempfile.TemporaryDirectory() as name:
        return measure(Path(name), environment, people, seconds)


def measure(folder: Path, environment: dict[str, str], people: int, seconds: int) -> int:
    """Drive one person, then all; return the exit status."""
    edits = folder / "edits"
    edits.touch()
    pauses = {1: (0.1, 0.3), people: (5, 15)}
    for count, pause in pauses.items():
        text = json.dumps(plan(count if count > 1 else 5, pause))
        (folder / f"plan-{count}.json").write_text(text)
    with serving(environment, folder / "web.log"):
        say("one person, 30 s")
        alone = drive(environment, folder, 1, 30)
        say(f"{people} people, {seconds} s, 5–15 s between pages")
        together = drive(environment, folder, people, seconds)
    saved = [tuple(json.loads(line)) for line in edits.read_text().splitlines()]
    conflicts, gone = sum(text is None for _pk, text, _seen in saved), lost(saved)
    errors = sum(int(r["Aggregated"]["Failure Count"]) for r in (alone, together))
    sums = f"{len(saved) - conflicts} changes saved, {conflicts} met another's, {gone} lost."
    told = f"{table(alone, together)}\n\n{people} people for {seconds} s; {sums}"
    say(told)
    put(PAGE, "make load", told)
    if errors:
        for name in (1, people):
            say((folder / f"people-{name}_failures.csv").read_text())
    return 1 if errors or gone else 0


if __name__ == "__main__":
    sys.exit(main())
