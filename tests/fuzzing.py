"""How the fuzz tests read a page: its fields, what fills them, and what no page may hold."""

import os
import re
from html.parser import HTMLParser
from typing import Any, ClassVar, cast
from urllib.parse import urlsplit

from django import forms
from django.apps import apps
from django.db import connection
from django.test import Client
from hypothesis import settings
from hypothesis.extra.django import TestCase

from governance.forms.choosing import LeverantorField, PersonField, SystemField
from roles.models import User
from tests import world as worlds
from tests.factories import today
from tests.hostile import UNSAFE

SENTENCE = re.compile(r"[.?!]$")
ENGLISH = re.compile(r"\b(Enter|Select|Ensure|value|valid choice|required|This field)\b")
TOLD_TOO_MUCH = ("psycopg", "SQLSTATE", "Traceback (most", "DoesNotExist")
SETTLED = (200, 302, 400, 401, 403, 404, 405, 409, 422, 429)
PLUMBING = {"csrfmiddlewaretoken", "owner"}


class Inputs(HTMLParser):
    """The names of everything that a page's forms send, by the form's method."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.method, self.names = "", {"get": set[str](), "post": set[str]()}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a form begins, and each field inside it."""
        found = dict(attrs)
        if tag == "form":
            self.method = (found.get("method") or "get").lower()
        elif tag in ("input", "select", "textarea", "button") and found.get("name"):
            self.names.setdefault(self.method or "get", set()).add(str(found["name"]))

    def handle_endtag(self, tag: str) -> None:
        """Note where a form ends."""
        if tag == "form":
            self.method = ""


def filled(form: forms.BaseForm) -> dict[str, Any]:
    """Return what an honest person would post: what is there already, and something where it must."""
    return {
        name: _filled(form[name].value(), field)
        for name, field in form.fields.items()
        if _filled(form[name].value(), field) is not None
    }


def _filled(value: Any, field: forms.Field) -> Any:
    if isinstance(field, PersonField):
        return "ute.staende"
    if isinstance(field, (SystemField, LeverantorField)):
        return field.prepare_value(field.queryset.first()) or ""
    value = field.prepare_value(value)
    if isinstance(value, bool):
        return "on" if value else None
    if value not in (None, "", []):
        return [str(one) for one in value] if isinstance(value, list) else str(value)
    if not field.required:
        return None
    if isinstance(field, forms.DateField):
        return today().isoformat()
    choices = [str(key) for key, _label in getattr(field, "choices", ()) if key]
    return choices[0] if choices else "Prov"


def register() -> str:
    """Return a digest of everything that the register holds, its history included."""
    tables = [
        model._meta.db_table
        for label in ("governance", "roles", "exchange")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    digests = " UNION ALL ".join(
        f"SELECT '{t}' AS name, md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) AS sum FROM \"{t}\" t"
        for t in tables
        if t != User._meta.db_table  # last_login is nothing of the register; its history is read
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT md5(string_agg(name || sum, '' ORDER BY name)) FROM ({digests}) d")
        return str(cursor.fetchone()[0])


class FuzzCase(TestCase):
    """A world, and browsers of those who may do most in it."""

    world: ClassVar[worlds.World]
    clients: ClassVar[dict[str, Client]]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = worlds.build()

    def setUp(self) -> None:
        self.clients = {}  # type: ignore[misc]
        for column in ("adm", "fl", "oa", "flit", "rep", "rev"):
            self.clients[column] = Client()
            self.clients[column].force_login(cast(User, self.world.people[column]))
        self.clients["anon"] = Client()

    def looks_right(self, response: Any) -> str:
        """Check that an answer is one RegIT gives, and holds no markup that somebody sent."""
        assert response.status_code in SETTLED, response.status_code
        body: str = b"".join(response).decode(errors="replace")
        if response.get("Content-Type", "").startswith("text/html"):
            assert not [bad for bad in UNSAFE if bad in body], "markup came back as it was sent"
            assert not [word for word in TOLD_TOO_MUCH if word in body]
        leads = urlsplit(response.get("Location", "/").replace("\\", "/"))
        assert not leads.scheme, leads
        assert not leads.netloc, leads
        return body

    def speaks(self, form: Any) -> None:
        """Check that every fault of a form is a Swedish sentence."""
        found = [str(error) for errors in form.errors.values() for error in errors]
        assert found, "refused without a word"
        for sentence in found:
            assert SENTENCE.search(sentence.strip()), sentence
            assert not ENGLISH.search(sentence), sentence


def thorough(examples: int) -> settings:
    """Return how many examples a test takes: few in the suite, REGIT_FUZZ times as many by hand."""
    return settings(max_examples=examples * int(os.environ.get("REGIT_FUZZ", "1")))
