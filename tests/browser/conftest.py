"""Browser tests: Chromium, a page that may not complain, logging in, accessibility.

A test asks for `page` and gets a server of its own: `page.goto("/objekt/")`. Where Chromium is
missing the tests are skipped with how to get it; under CI that is a failure.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError
from pytest_django.live_server_helper import LiveServer

from roles.models import User

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
MISSING = "Chromium is missing. Get it with: sudo apt-get install chromium"
# Answers that a test provokes on purpose; the browser logs every one of them as an error.
ABORTED = ("htmx:sendAbort", "htmx:afterRequest")  # who leaves a page leaves its questions
ANSWERS = tuple(f"status of {code} " for code in (403, 404, 409, 422, 429))


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the machine's Chromium."""
    path = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if path is None and os.environ.get("CI") == "true":
        pytest.fail(MISSING, pytrace=False)
    return path or pytest.skip(MISSING)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], chromium: str
) -> dict[str, Any]:
    """Start the machine's own Chromium; root has no sandbox, containers little shared memory."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": [*sandbox, "--disable-dev-shm-usage"],
    }


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Let every test that opens a page have the server, and write addresses without host."""
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Be a Swedish browser."""
    return {**browser_context_args, "locale": "sv-SE", "timezone_id": "Europe/Stockholm"}


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext],
) -> Iterator[Callable[..., BrowserContext]]:
    """Fail the test on whatever a page complains of: script errors, CSP violations, lost files."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        provoked = any(answer in message.text for answer in ANSWERS)
        url = message.location["url"]
        provoked = provoked and settings.STATIC_URL not in url
        if message.type == "error" and not (provoked or message.text.startswith(ABORTED)):
            complaints.append(f"{message.text} ({url})")

    def fail(error: WebError) -> None:
        complaints.append(str(error.error))

    def listening_context(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.on("console", hear)
        context.on("weberror", fail)
        return context

    yield listening_context
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def login(live_server: LiveServer) -> Callable[[Page, User], None]:
    """Return login(page, user): from then on the page's browser is logged in as the user."""

    def login(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )

    return login


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Return axe(page): fails with axe-core's report when the page is not accessible."""
    checker = Axe()

    def check(page: Page) -> None:
        results = checker.run(page)
        assert not results.violations_count, f"{page.url}: {results.generate_report()}"

    return check
