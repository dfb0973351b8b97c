"""What tests of files in and out share."""

from collections.abc import Callable

import pytest
from django.test import Client

from roles.models import User

Login = Callable[[User], Client]


@pytest.fixture
def login() -> Login:
    """Return login(user): a browser of their own."""

    def login(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return login
