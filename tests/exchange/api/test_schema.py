"""The description in openapi.json holds: schemathesis asks everything that it describes."""

from typing import Any, ClassVar

import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client, TestCase
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import checks
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as conformance

from exchange.api.everything import NOUNS
from tests import world as worlds
from tests.exchange.api.caller import Caller

HELD = [
    checks.not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_schema_conformance,
    conformance.response_headers_conformance,
]
bounded = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class TestSchema(TestCase):
    """An Administratör's program, which is let in nearly everywhere."""

    world: ClassVar[worlds.World]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = worlds.build()

    def setUp(self) -> None:
        """Keep the test's own connection: a server closes it after each request."""
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
            self.addCleanup(signal.connect, close_old_connections)

    def test_every_operation_answers_as_it_is_described(self) -> None:
        key = Caller(self.world.people["adm"]).headers
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
        operations: list[Any] = [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr]
        assert len(operations) > 200
        first = {n.path: getattr(n.model._default_manager.first(), "pk", 1) for n in NOUNS}
        for operation in operations:
            for mode in GenerationMode:
                with self.subTest(operation.label, mode=mode.value):
                    self.ask(operation, mode, key, first)

    def ask(self, operation: Any, mode: GenerationMode, key: Any, first: dict[str, int]) -> None:
        """Ask a few things of one operation, mostly of something that is there, and undo them."""

        @settings(bounded, max_examples=1 if operation.method.upper() == "GET" else 2)
        @given(operation.as_strategy(generation_mode=mode))
        def asks(case: Any) -> None:
            if "pk" in (case.path_parameters or {}) and mode is GenerationMode.POSITIVE:
                case.path_parameters["pk"] = first[operation.path.split("/")[3]]
            with transaction.atomic():
                case.call_and_validate(headers=key, checks=HELD)
                transaction.set_rollback(True)

        asks()

    def test_the_description_needs_no_key_and_its_page_a_login(self) -> None:
        assert Client().get("/api/v1/openapi.json").status_code == 200
        client = Client()
        assert client.get("/api/").status_code == 302
        client.force_login(self.world.people["out"])  # type: ignore[arg-type]
        page = client.get("/api/").content.decode()
        for noun in NOUNS:
            assert f"/api/v1/{noun.path}" in page
