"""Whatever stands in a body, the answer is a problem, and the register is as it was."""

import json
from datetime import timedelta
from typing import ClassVar
from unittest import mock

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from exchange.api import keys
from tests import hostile
from tests import world as worlds
from tests.exchange.api.caller import V1, Caller
from tests.fuzzing import register, thorough

RAW = (
    b"",
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"\xff\xfe",
    b"\xef\xbb\xbf{}",
    b"[" * 200_000,
    b'{"name": ' * 50_000,
    b'{"name": NaN}',
    b'{"name": Infinity}',
    b'{"name": 1e999}',
    b'{"name": ' + b"9" * 5_000 + b"}",
    b'{"name": "\\ud800"}',
    b'{"name": "a\\u0000b"}',
    b'{"ovriga_uppgifter": [NaN, "\\u0000", "\\ud800", {"a": [1]}]}',
    b'{"__class__": "x", "__proto__": {}, "pk": 1, "id": 1, "updated_by": 1}',
    b'{"name": "a", "name": "b", "objekt": {"id": 1}}',
)
TEXTS = st.sampled_from([t for t in hostile.FIXED if len(t) < 1_000]) | st.text(max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)


class TestBodies(TestCase):
    """Bodies that no form could send."""

    caller: ClassVar[Caller]
    system: ClassVar[str]
    operations: ClassVar[list[tuple[str, str]]]
    names: ClassVar[list[str]]

    @classmethod
    def setUpTestData(cls) -> None:
        world = worlds.build()
        cls.caller = Caller(world.people["fl"])
        things = {"system": world.things["system"].pk, "objekt": world.objekt.pk}
        cls.system = f"{V1}/system/{things['system']}"
        schema = Client().get(f"{V1}/openapi.json").json()
        cls.operations = [
            (method.upper(), path.replace("{pk}", str(things.get(path.split("/")[3], 1))))
            for path, operations in schema["paths"].items()
            for method, operation in operations.items()
            if "requestBody" in operation
        ]
        described = schema["components"]["schemas"].values()
        cls.names = sorted({name for one in described for name in one.get("properties", {})})

    def setUp(self) -> None:
        """Let it not be noted that the key is used: that would be a change."""
        noted = mock.patch.object(keys, "NOTED_EVERY", timedelta(days=1))
        noted.start()
        self.addCleanup(noted.stop)
        assert self.caller.get("/objekt").status_code == 200

    def refuses(self, method: str, path: str, body: bytes, kind: str = "application/json") -> None:
        """Send as it is; unless it was right after all, a problem tells, and nothing is changed."""
        before = register()
        headers = self.caller.headers | {"If-Match": '"1"'}
        answer = Client().generic(method, path, body, content_type=kind, headers=headers)
        assert answer.status_code < 500, (method, path, body[:100])
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json"
            assert "psycopg" not in answer.text
            assert register() == before

    def test_bodies_that_are_none(self) -> None:
        assert len(self.operations) > 50
        for raw in RAW:
            for method, path in self.operations[:: len(self.operations) // 3]:
                self.refuses(method, path, raw)
            self.refuses("PATCH", self.system, raw)
        self.refuses("POST", f"{V1}/system", b"name=x", "application/x-www-form-urlencoded")
        self.refuses("POST", f"{V1}/system", b"<a/>", "text/xml")

    @given(st.data())
    @thorough(15)
    def test_any_value_of_any_field_of_any_operation(self, data: st.DataObject) -> None:
        method, path = data.draw(st.sampled_from(self.operations))
        names = st.lists(st.sampled_from(self.names), min_size=1, max_size=4)
        body = {name: data.draw(VALUES) for name in data.draw(names)}
        self.refuses(method, path, json.dumps(body).encode())
