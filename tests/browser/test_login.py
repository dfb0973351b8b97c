"""The login page in a browser: the first thing anybody sees."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect


def test_the_login_page_is_accessible_and_breaks_no_policy(
    page: Page, axe: Callable[[Page], None]
) -> None:
    page.goto("/logga-in/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)


def test_the_page_of_a_closed_account_is_accessible(
    page: Page, axe: Callable[[Page], None], settings: Any
) -> None:
    settings.AXES_FAILURE_LIMIT = 1
    page.goto("/logga-in/")
    page.get_by_label("Användarnamn").fill("eva.lund")
    page.get_by_label("Lösenord").fill("fel")
    page.get_by_role("button", name="Logga in").click()

    expect(page.get_by_role("heading", name="För många försök att logga in")).to_be_visible()
    axe(page)
