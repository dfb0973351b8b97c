"""A program with a key."""

import json
from datetime import timedelta
from typing import Any

from django.test import Client

from exchange.api import keys
from tests.factories import today

V1 = "/api/v1"


class Caller:
    """Asks the API as a person's program."""

    def __init__(self, person: Any, *, may_write: bool = True, second_factor: bool = False) -> None:
        self.headers: dict[str, str] = {}
        if person:
            expires = today() + timedelta(days=30)
            _key, text = keys.create(
                person,
                name="Prov",
                may_write=may_write,
                expires_on=expires,
                second_factor=second_factor,
            )
            self.headers = {"Authorization": f"Bearer {text}"}

    def get(self, path: str, **query: Any) -> Any:
        """Read."""
        return Client().get(V1 + path, query, headers=self.headers)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Write; if_match="3" becomes a header."""
        sent = {name.replace("_", "-"): f'"{value}"' for name, value in headers.items()}
        return Client().generic(
            method, V1 + path, json.dumps({} if body is None else body),
            content_type="application/json", headers=self.headers | sent,
        )  # fmt: skip

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """Register, or act."""
        return self.send("POST", path, body, **headers)
