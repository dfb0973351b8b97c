"""What tests of SAML share: the service, and a person it knows."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from regit.settings import sso
from roles import people
from roles.models import User
from tests.saml_idp import IdP


@pytest.fixture
def idp(settings: Any, tmp_path: Path) -> IdP:
    """Return the service, with RegIT set up for it from the environment."""
    service = IdP()
    described = tmp_path / "idp.xml"
    described.write_text(service.metadata)
    cache.clear()  # django-allauth keeps what it read
    for name, value in sso.from_environment({"SAML_METADATA": str(described)}).items():
        setattr(settings, name, value)
    return service


@pytest.fixture
def eva() -> User:
    """Return a person that an import registered: no password."""
    return people.create(
        None, username="eva.lund", first_name="Eva", last_name="Lund", email="eva.lund@example.se"
    )
