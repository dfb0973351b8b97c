"""What a person does: reads, searches, and now and then changes an entry. Started by load/run.py.

LOAD_PLAN names a JSON file with the people's sessions and the addresses they may ask for;
LOAD_EDITS a file that gets a line for every change that was saved.
"""

import json
import os
import random
from html.parser import HTMLParser
from itertools import count, cycle
from pathlib import Path
from typing import Any

from locust import HttpUser, between, task

PLAN = json.loads(Path(os.environ["LOAD_PLAN"]).read_text())
EDITS = Path(os.environ["LOAD_EDITS"])
PEOPLE = cycle(PLAN["people"])
SERIAL = count(1)
HEADERS = {
    "Host": PLAN["host"],
    "X-Forwarded-Proto": "https",
    "Referer": f"https://{PLAN['host']}/",
}


class Form(HTMLParser):
    """The fields of the form that a page has for the entry."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field and what it holds."""
        about = {key: value or "" for key, value in attrs}
        name = about.get("name", "")
        if tag == "input" and name and about.get("type") not in ("checkbox", "radio", "submit"):
            self.fields[name] = about.get("value", "")
        if tag == "textarea":
            self._area = name
            self.fields[name] = ""

    def handle_data(self, data: str) -> None:
        """Note the text of a text area."""
        if self._area:
            self.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave the text area."""
        if tag == "textarea":
            self._area = ""


class Person(HttpUser):
    """Somebody who works with the register: a page, some seconds of reading, the next."""

    wait_time = between(*PLAN["pause"])

    def on_start(self) -> None:
        """Be somebody, logged in."""
        self.me: dict[str, Any] = next(PEOPLE)
        self.random = random.Random(next(SERIAL))  # noqa: S311

    def read(self, path: str, name: str) -> Any:
        """Fetch a page; whatever is not 200 is an error."""
        cookie = f"sessionid={self.me['session']}"
        with self.client.get(
            path,
            name=name,
            headers={**HEADERS, "Cookie": cookie},
            allow_redirects=False,
            catch_response=True,
        ) as response:
            if response.status_code != 200:
                response.failure(f"{response.status_code} at {path}")
        return response

    @task(4)
    def one_object(self) -> None:
        """Read an object."""
        self.read(f"/objekt/{self.random.choice(PLAN['objects'])}/", "an object")

    @task(4)
    def one_system(self) -> None:
        """Read a system."""
        self.read(f"/system/{self.random.choice(PLAN['systems'])}/", "a system")

    @task(3)
    def lists(self) -> None:
        """Open a list."""
        self.read(self.random.choice(["/objekt/", "/system/"]), "a list")

    @task(3)
    def search(self) -> None:
        """Search for something."""
        self.read(f"/system/?q={self.random.choice(PLAN['words'])}", "a search")

    @task(2)
    def overview(self) -> None:
        """See what waits."""
        self.read("/", "Översikt")

    @task(1)
    def history(self) -> None:
        """Read the history of an object."""
        self.read(f"/objekt/{self.random.choice(PLAN['objects'])}/historik/", "history")

    @task(2)
    def edit(self) -> None:
        """Change the description of an object of one's own, as the form has it."""
        if not self.me["may_change"]:
            return self.one_object()
        pk = self.random.choice(self.me["may_change"])
        page = self.read(f"/objekt/{pk}/andra/", "a form")
        fields, token = Form(page.text).fields, page.cookies.get("csrftoken") or ""
        seen = fields.get("description", "").strip()
        text = f"Provbelastning {next(SERIAL)} av {self.me['session'][:8]}"
        with self.client.post(
            f"/objekt/{pk}/andra/",
            data={**fields, "description": text},
            name="a saved change",
            headers={**HEADERS, "Cookie": f"sessionid={self.me['session']}; csrftoken={token}"},
            allow_redirects=False,
            catch_response=True,
        ) as response:
            if response.status_code == 302:
                with EDITS.open("a") as file:
                    file.write(json.dumps([pk, text, seen]) + "\n")
            elif response.status_code == 409:  # somebody else was first, and is shown
                response.success()
                with EDITS.open("a") as file:
                    file.write(json.dumps([pk, None, seen]) + "\n")
            else:
                response.failure(f"{response.status_code} at a change of {pk}")
        return None
