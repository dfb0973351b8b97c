"""The way to the login service and back, in a browser that holds every form to the policy."""

import html
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests
from django.core.cache import cache
from playwright.sync_api import Page, expect

from regit.settings import sso
from roles import people
from tests.saml_idp import IdP

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def turn_on(settings: Any, environment: dict[str, str]) -> None:
    """Set RegIT up for a service, as production settings do."""
    for name, value in sso.from_environment(environment).items():
        setattr(settings, name, value)
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": {**policy, "form-action": ["'self'", *settings.SSO_ORIGINS]}
    }


@contextmanager
def saml_service(attributes: dict[str, list[str]]) -> Iterator[IdP]:
    """Run a SAML service whose only page has a button that hands over the answer."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith("/sso?"):  # the browser wants an icon too
                self.send_response(204)
                self.end_headers()
                return
            asked = IdP.question(self.path)
            answer = idp.answer(asked, "e1", attributes)
            body = (
                f'<!doctype html><title>IdP</title><form method=post action="{html.escape(asked["to"])}">'
                f'<input type=hidden name=SAMLResponse value="{answer}"><button>Logga in</button></form>'
            )
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Page)
    idp = IdP(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield idp
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_person_logs_in_by_saml_and_reaches_the_page(
    page: Page, settings: Any, tmp_path: Path
) -> None:
    people.create(
        None, username="eva.lund", first_name="Eva", last_name="Lund", email="eva@example.se"
    )
    attributes = {"mail": ["eva@example.se"], "email_verified": ["true"]}
    with saml_service(attributes) as idp:
        cache.clear()
        (tmp_path / "idp.xml").write_text(idp.metadata)
        turn_on(settings, {"SAML_METADATA": str(tmp_path / "idp.xml")})
        page.goto("/logga-in/?next=/ansvar/")
        page.get_by_role("button", name="Logga in med kommunens konto").click()
        page.get_by_role("button", name="Logga in").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Ansvar")
        expect(page.get_by_text("Eva Lund", exact=True)).to_be_visible()


def test_a_person_logs_in_at_the_service_and_reaches_the_page(
    page: Page, axe: Callable[[Page], None], settings: Any
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oidc_provider_mock import run_server_in_thread

    with run_server_in_thread() as server:
        url = f"http://localhost:{server.server_port}"
        environment = {"SSO_SERVER_URL": url, "SSO_CLIENT_ID": "a", "SSO_CLIENT_SECRET": "b"}
        turn_on(settings, environment)
        people.create(
            None, username="eva.lund", first_name="Eva", last_name="Lund", email="eva@example.se"
        )
        claims: dict[str, Any] = {"email": "eva@example.se", "email_verified": True}
        requests.put(f"{url}/users/e1", json=claims, timeout=5).raise_for_status()

        # The service asks for a style sheet from elsewhere; no test leaves this machine.
        page.route("https://cdn.jsdelivr.net/**", lambda route: route.fulfill(body=""))
        page.goto("/logga-in/?next=/ansvar/")
        axe(page)
        page.get_by_role("button", name="Logga in med kommunens konto").click()
        page.locator("input[name=sub]").fill("e1")
        page.get_by_role("button", name="Authorize").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Ansvar")
        expect(page.get_by_text("Eva Lund", exact=True)).to_be_visible()
