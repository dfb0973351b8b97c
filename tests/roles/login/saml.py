"""The browser that logs in by SAML, and what came of it."""

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from regit.settings import sso
from tests.saml_idp import IdP

pytestmark = pytest.mark.django_db
START, BACK = "/sso/saml/sso/", "/sso/saml/sso/svar/"
MAIL = sso.EMAIL[0]
EVAS = {MAIL: ["Eva.Lund@example.se"], "email_verified": ["true"]}
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"


def browser() -> Client:
    return Client()


def question(idp: IdP, client: Client, page: str = "") -> dict[str, str]:
    """Begin to log in; return what RegIT asks the service."""
    start = client.post(START, {"next": page})
    assert start.status_code == 302, start.content
    assert start["Location"].startswith("https://login.example.se/sso?")
    return idp.question(start["Location"])


def hand_over(client: Client, answer: str) -> Any:
    """Post the service's answer, as the browser does, and follow to where it is judged."""
    posted = client.post(BACK, {"SAMLResponse": answer, "RelayState": ""})
    assert posted.status_code == 302, posted.content
    return client.get(posted["Location"])


def log_in(idp: IdP, client: Client, page: str = "", name: str = "e1", **said: Any) -> Any:
    """Log in all the way."""
    said.setdefault("attributes", EVAS)
    return hand_over(client, idp.answer(question(idp, client, page), name, **said))


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def is_refused(answer: Any, client: Client) -> bool:
    """Whether it ended with the page in Swedish, and nobody in."""
    assert answer.status_code == 403, answer.status_code
    assert "Du är inte inloggad" in answer.text
    assert not SocialAccount.objects.exists()
    return not is_in(client)
