"""Every url × every kind of person → what they get. A url that is not in the table fails the suite.

Columns: anon = not logged in; out = logged in, no role anywhere; else = the same eight roles on
another object (all eight must get the same); rep = representative of the object's nämnd; then the
roles objektägare, objektägare IT, förvaltningsledare, förvaltningsledare IT, systemförvaltare,
IT-specialist and systemdriftansvarig on this object; rev = Revisor; adm = Administratör.

Cells: ok = let in (a page, a redirect onwards, or a form with faults); login = sent to log in;
403 = may see it but not do it; 404 = may not know of it; 405 = not that method.
An argument that is a word names a thing of tests/world/; hidden things belong to a skyddsvärt system.
"""

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client, TestCase
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from roles.models import User
from tests import world as worlds

from tests.authorisation_table import TABLE  # isort: skip

HEADER, *LINES = [line for line in TABLE.strip().splitlines() if line.strip() and "#" not in line]
COLUMNS = HEADER.split()[2:]
# Public on purpose, or Django's own; tested where they live.
# The administration leads to its own address, and from there to RegIT's login.
LOGIN = ("/logga-in/", "/admin/login/")
API = "exchange:api:"  # takes keys: tests/exchange/api
ELSEWHERE = {"login", "logout", "jsi18n"}


def parse(line: str) -> tuple[str, str, list[str]]:
    """Split a line into method, url with arguments, and cells."""
    method, url, cells = re.fullmatch(r"(\w+)\s+(\S+\(.*?\))\s+(.*)", line.strip()).groups()  # type: ignore[union-attr]
    return method, url, cells.split()


ROWS = [parse(line) for line in LINES]


def address(world: worlds.World, url: str) -> str:
    """Return the path of "name(thing, key=value)"; "key=@thing" is the id of another thing."""
    name, inside = re.fullmatch(r"(\S+)\((.*)\)", url).groups()  # type: ignore[union-attr]
    kwargs: dict[str, Any] = {}
    for part in filter(None, (p.strip() for p in inside.split(","))):
        key, _, value = part.rpartition("=")
        named = not key or value.startswith("@")
        kwargs[key or "pk"] = world.things[value.removeprefix("@")].pk if named else value
    return reverse(name, kwargs=kwargs)


class Visitors:
    """A browser for each person, logged in once."""

    def __init__(self) -> None:
        self.clients: dict[Any, Client] = {}

    def client(self, person: User | AnonymousUser) -> Client:
        """Return the person's own browser."""
        if person.pk not in self.clients:
            self.clients[person.pk] = Client()
            if isinstance(person, User):
                self.clients[person.pk].force_login(person)
        return self.clients[person.pk]

    def outcome(self, method: str, path: str, person: User | AnonymousUser) -> str:
        """Ask as the person, and undo what it did."""
        client = self.client(person)
        with transaction.atomic():
            response = client.generic(
                method, path, content_type="application/x-www-form-urlencoded"
            )
            list(response)  # to its end, as a browser does
            transaction.set_rollback(True)
        code = response.status_code
        if code in (301, 302) and response["Location"].startswith(LOGIN):
            return "login"
        return "ok" if code in (200, 302, 303, 409, 422) else str(code)


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Return the name of every url, with its namespace."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or pattern.pattern}"


class TestAuthorisation(TestCase):
    """The table, against one world."""

    world: ClassVar[worlds.World]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = worlds.build()

    def setUp(self) -> None:
        self.outcome = Visitors().outcome

    def test_each_person_gets_what_the_table_says(self) -> None:
        for method, url, cells in ROWS:
            with self.subTest(f"{method} {url}"):
                path = address(self.world, url)
                got = {
                    c: self.outcome(method, path, self.world.people[c])
                    for c in COLUMNS
                    if c != "else"
                }
                elsewhere = {self.outcome(method, path, p) for p in self.world.elsewhere.values()}
                got["else"] = "/".join(sorted(elsewhere))
                assert got == dict(zip(COLUMNS, cells, strict=True))

    def test_every_url_is_in_the_table(self) -> None:
        listed = {url.partition("(")[0] for _method, url, _cells in ROWS}
        found = {n for n in names(get_resolver()) if not n.startswith(("admin:", API))} - ELSEWHERE
        assert sorted(found - listed) == []
        assert sorted(listed - found) == []

    def test_the_administration_lets_nobody_but_administratorer_in(self) -> None:
        pk, tried = self.world.things["namnd"].pk, 0
        for name in names(get_resolver()):
            if not name.startswith("admin:") or name in ("admin:login", "admin:logout"):
                continue
            for args in ([], [pk], [pk, pk]):
                try:
                    path = reverse(name, args=args)
                except NoReverseMatch:
                    continue
                tried += 1
                for column in ("anon", "out", "fl", "rep", "rev"):
                    got = self.outcome("GET", path, self.world.people[column])
                    assert got in ("login", "403", "404"), (name, column, got)
        assert tried > 20
