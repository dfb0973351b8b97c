"""The way to the login service and back, in a browser that holds every form to the policy."""

import warnings
from collections.abc import Callable
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from regit.settings import sso
from roles import people

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def test_a_person_logs_in_at_the_service_and_reaches_the_page(
    page: Page, axe: Callable[[Page], None], settings: Any
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oidc_provider_mock import run_server_in_thread

    with run_server_in_thread() as server:
        url = f"http://localhost:{server.server_port}"
        environment = {"SSO_SERVER_URL": url, "SSO_CLIENT_ID": "a", "SSO_CLIENT_SECRET": "b"}
        for name, value in sso.from_environment(environment).items():
            setattr(settings, name, value)
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        settings.CONTENT_SECURITY_POLICY = {
            "DIRECTIVES": {**policy, "form-action": ["'self'", *settings.SSO_ORIGINS]}
        }
        people.create(None, username="eva.lund", first_name="Eva", email="eva@example.se")
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
        expect(page.get_by_text("Eva", exact=True)).to_be_visible()
