"""Whatever is sent to any page, the answer is a page or a sentence, and never a fault.

REGIT_FUZZ=50 looks fifty times longer than the suite does; CI repeats the same examples.
"""

import re
from typing import Any, cast

from django.contrib.admin import site
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from hypothesis import given
from hypothesis import strategies as st

from governance.stash import owner_token
from roles.models import User
from tests import hostile
from tests.fuzzing import PLUMBING, FuzzCase, Inputs, filled, register, thorough
from tests.hostile import encoded
from tests.test_authorisation import ROWS, address

GETS = sorted({url for method, url, _cells in ROWS if method == "GET"})
POSTS = sorted({url for method, url, _cells in ROWS if method == "POST"})
EVERYWHERE = ("q", "sort", "page", "den", "dag", "fore", "efter", "mina", "mine", "next", "name")
HTMX = ("HX-Current-URL", "HX-Target", "HX-Trigger", "HX-Trigger-Name", "HX-Prompt", "Referer")
# Answers to what was made that hold a secret, and are therefore no redirect.
SHOWN_ONCE = {"exchange/nyckel_made.html", "exchange/prenumeration_made.html"}
PEOPLE = st.sampled_from(["adm", "fl"])
ADMIN_PARAMETERS = ("q", "o", "p", "all", "e", "_popup", "_to_field", "_changelist_filters", "id")
ADMIN_LISTS = sorted(
    reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist") for m in site._registry
)
ADMIN_FORMS = (
    "/admin/governance/namnd/add/",
    "/admin/governance/leverantor/add/",
    "/admin/roles/user/add/",
)
pairs = st.lists(st.tuples(st.integers(0, 99), hostile.texts()), min_size=1, max_size=4)


def routes(resolver: URLResolver, prefix: str = "/") -> list[str]:
    """Return every address as a pattern, "/objekt/<int:pk>/"."""
    found = []
    for pattern in resolver.url_patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += routes(pattern, here)
        elif isinstance(pattern, URLPattern):
            found.append(here)
    return found


ROUTES = sorted(r for r in routes(get_resolver()) if "<" in r and not r.startswith("/admin/"))


class TestAddresses(FuzzCase):
    """Everything that a page reads from its address and its headers."""

    @given(st.sampled_from(GETS), PEOPLE, pairs)
    @thorough(25)
    def test_every_parameter_of_every_page(self, url: str, who: str, sent: Any) -> None:
        path, client = address(self.world, url), self.clients[who]
        names = self.parameters(path, client)
        query = "&".join(f"{names[n % len(names)]}={encoded(value)}" for n, value in sent)
        self.looks_right(client.get(f"{path}?{query}"))

    def parameters(self, path: str, client: Client) -> list[str]:
        """Return the names that the page's own forms send, and those known anywhere."""
        known: dict[str, list[str]] = self.__dict__.setdefault("known", {})
        if path not in known:
            page = client.get(path)
            body = b"".join(page)  # a file that is not read to its end is not closed
            own = Inputs("" if page.streaming else body.decode()).names["get"]
            known[path] = sorted(own.union(EVERYWHERE))
        return known[path]

    @given(st.sampled_from(GETS), PEOPLE, st.sampled_from(hostile.BROKEN_QUERIES))
    @thorough(8)
    def test_queries_that_are_none(self, url: str, who: str, query: str) -> None:
        path = address(self.world, url)
        self.looks_right(self.clients[who].get(path, QUERY_STRING=query))

    @given(st.sampled_from(ROUTES), PEOPLE, st.lists(hostile.texts(), min_size=2, max_size=2))
    @thorough(15)
    def test_every_part_of_an_address(self, route: str, who: str, parts: list[str]) -> None:
        pk, left = str(self.world.objekt.pk), list(parts)
        path = re.sub(r"<int:\w+>", pk, route) if "<str" in route or "<slug" in route else route
        path = re.sub(r"<[^>]+>", lambda _part: encoded(left.pop()[:3000]) or "-", path)
        self.looks_right(self.clients[who].generic("GET", path))

    @given(st.sampled_from(GETS), PEOPLE, st.sampled_from(HTMX), hostile.texts(), st.booleans())
    @thorough(10)
    def test_every_header_that_is_read(
        self, url: str, who: str, name: str, value: str, encode: bool
    ) -> None:
        said = encoded(value) if encode else value.encode("latin-1", "ignore").decode("latin-1")
        headers = {"HX-Request": "true", name: re.sub(r"[\r\n\x00]", "", said)}
        if encode:
            headers[f"{name}-URI-AutoEncoded"] = "true"
        for client in (self.clients[who], self.clients["anon"]):
            self.looks_right(client.get(address(self.world, url), headers=headers))

    @given(hostile.texts())
    @thorough(6)
    def test_where_login_and_appearance_lead_next(self, text: str) -> None:
        kind = "application/x-www-form-urlencoded"
        sent = f"next={encoded(text)}&theme={encoded(text)}"
        self.looks_right(self.clients["adm"].post("/utseende/", sent, content_type=kind))
        self.looks_right(self.clients["adm"].get(f"/logga-in/?next={encoded(text)}"))
        self.looks_right(self.clients["anon"].get(f"/logga-in/?next={encoded(text)}"))
        sent = f"username={encoded(text)}&password={encoded(text)}&next={encoded(text)}"
        self.looks_right(self.clients["anon"].post("/logga-in/", sent, content_type=kind))

    @given(st.sampled_from(ADMIN_LISTS), st.sampled_from(ADMIN_PARAMETERS), hostile.texts())
    @thorough(6)
    def test_every_list_of_the_administration(self, path: str, name: str, value: str) -> None:
        self.looks_right(self.clients["adm"].get(f"{path}?{name}={encoded(value)}"))
        self.looks_right(self.clients["adm"].get(f"{path}{encoded(value)[:900]}/change/"))


class TestForms(FuzzCase):
    """Every field of every form."""

    @given(st.sampled_from(POSTS), st.data())
    @thorough(20)
    def test_every_field(self, url: str, data: st.DataObject) -> None:
        path = address(self.world, url)
        who = data.draw(PEOPLE)
        client = self.clients[who]
        page = client.get(path)
        form = page.context and page.context.get("form")
        body: dict[str, Any] = filled(form) if page.status_code == 200 and form else {}
        names = sorted((Inputs(page.content.decode()).names["post"] | set(body)) - PLUMBING)
        for name in data.draw(st.lists(st.sampled_from(names or ["x"]), min_size=1, max_size=3)):
            several = data.draw(st.lists(hostile.texts(), min_size=1, max_size=2))
            body[name] = several if len(several) > 1 else several[0]
        self.sent(client, path, body)

    def sent(self, client: Client, path: str, body: dict[str, Any]) -> None:
        """Post, confirm where that is asked, and look at what came of it."""
        raw = "&".join(
            f"{encoded(name)}={encoded(one)}"
            for name, value in body.items()
            for one in (value if isinstance(value, list) else [value])
        )
        response = self.posted(client, path, raw)
        context = response.context or {}
        if response.status_code == 200 and ("mark" in context or "gains" in context):
            confirmed = f"{raw}&granskat={context.get('mark')}&confirm=1"
            response = self.posted(client, path, confirmed)
        if response.status_code == 302:
            self.came_of(client, response["Location"])
        client.cookies.pop("messages", None)

    def posted(self, client: Client, path: str, raw: str) -> Any:
        """Post; a refusal says why and leaves the register as it was."""
        before = register()
        response = client.post(path, raw, content_type="application/x-www-form-urlencoded")
        self.looks_right(response)
        if response.status_code == 302:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
            return response
        if SHOWN_ONCE.intersection(template.name for template in response.templates):
            return response
        assert register() == before
        if response.status_code == 422:
            self.speaks(response.context["form"])
        return response

    def came_of(self, client: Client, location: str) -> None:
        """Look at what shows what was saved: the page it leads to, the history, the lists."""
        for path in (location, "/objekt/", "/system/"):
            self.looks_right(client.get(path))
        self.looks_right(self.clients["rev"].get("/granskning/"))
        self.looks_right(self.clients["rev"].get("/granskning/export.csv"))
        self.looks_right(client.get("/export/system.csv"))

    @given(st.sampled_from(POSTS), hostile.texts(), st.booleans())
    @thorough(8)
    def test_what_was_typed_when_the_login_ran_out(self, url: str, text: str, htmx: bool) -> None:
        path, writer = address(self.world, url), cast(User, self.world.people["adm"])
        headers = {"HX-Request": "true"} if htmx else {}
        client = Client()
        sent = {"name": text.encode("utf-8", "replace").decode(), "owner": owner_token(writer)}
        self.looks_right(client.post(path, sent, headers=headers))
        client.force_login(writer)
        self.looks_right(client.get(path))

    @given(st.sampled_from(ADMIN_FORMS), st.data())
    @thorough(6)
    def test_every_field_of_the_administration(self, path: str, data: st.DataObject) -> None:
        client = self.clients["adm"]
        names = sorted(Inputs(client.get(path).content.decode()).names["post"] - PLUMBING)
        name = data.draw(st.sampled_from(names))
        body = dict.fromkeys(names, "prov") | {name: data.draw(hostile.texts())}
        raw = "&".join(f"{key}={encoded(value)}" for key, value in body.items())
        before = register()
        kind = "application/x-www-form-urlencoded"
        answer = client.post(path, raw, content_type=kind)
        self.looks_right(answer)
        if answer.status_code != 302:
            assert register() == before
