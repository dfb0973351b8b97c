"""The login page in a browser: the first thing anybody sees."""

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_the_login_page_is_accessible_and_breaks_no_policy(
    page: Page, axe: Callable[[Page], None]
) -> None:
    page.goto("/logga-in/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)
