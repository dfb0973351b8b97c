"""Setting up the second factor, and the code after the password, in a browser."""

from collections.abc import Callable
from typing import Any

from django_otp.oath import totp
from playwright.sync_api import Page, expect

from roles.models import CodeApp
from tests.factories import PASSWORD, make_admin


def shows(step: int = 0) -> str:
    """Return what the only app there is shows, now or some steps later."""
    return f"{totp(CodeApp.objects.get().bin_key, t0=-30 * step):06d}"


def test_an_administrator_sets_it_up_at_the_first_login_and_gives_the_code_at_the_next(
    page: Page, axe: Callable[[Page], None], settings: Any
) -> None:
    settings.SECOND_FACTOR = True
    adam = make_admin()

    def log_in() -> None:
        page.goto("/logga-in/?next=/ansvar/")
        page.get_by_label("Användarnamn").fill(adam.username)
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Logga in").click()

    log_in()
    expect(page.get_by_role("heading", name="Tvåfaktorsinloggning")).to_be_visible()
    page.get_by_role("link", name="Ställ in app").click()
    expect(page.get_by_label("Kod", exact=True)).to_be_focused()
    assert page.locator("img.qr").evaluate("picture => picture.naturalWidth") > 100
    axe(page)
    page.get_by_label("Kod", exact=True).fill(shows())
    page.get_by_role("button", name="Spara appen").click()
    expect(page.get_by_role("heading", name="Dina reservkoder")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Jag har sparat koderna").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ansvar")

    page.get_by_text("Adam Admin").click()
    page.get_by_role("button", name="Logga ut").click()
    log_in()
    expect(page.get_by_role("heading", name="Skriv koden")).to_be_visible()
    axe(page)
    page.get_by_label("Kod", exact=True).fill(shows(1))
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ansvar")
    page.goto("/tvafaktor/")
    expect(page.get_by_text("Du har 10 reservkoder kvar.")).to_be_visible()
    axe(page)
