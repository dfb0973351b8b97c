"""Passkeys in a browser that holds one: added, used, refused and taken away, under the strict policy."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.factories import PASSWORD, make_admin, make_user

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def holds_passkeys(page: Page) -> Callable[[bool], None]:
    """Give the browser a place for passkeys; return what lets its person say yes or no."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    def willing(yes: bool) -> None:
        devtools.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": device["authenticatorId"], "isUserVerified": yes},
        )

    return willing


def log_in(page: Page, username: str) -> None:
    page.goto("/logga-in/?next=/ansvar/")
    page.get_by_label("Användarnamn").fill(username)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()


def log_out(page: Page, name: str) -> None:
    page.get_by_text(name).click()
    page.get_by_role("button", name="Logga ut").click()


def test_an_administrator_adds_a_passkey_and_logs_in_with_it_and_takes_it_away(
    page: Page, axe: Callable[[Page], None], settings: Any
) -> None:
    settings.SECOND_FACTOR = True
    adam = make_admin()
    holds_passkeys(page)
    log_in(page, adam.username)
    expect(page.get_by_role("heading", name="Tvåfaktorsinloggning")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Lägg till inloggningsnyckel").click()
    axe(page)
    expect(page.get_by_text("fungerar inte här")).to_be_hidden()
    page.get_by_label("Vad vill du kalla nyckeln?").fill("Min bärbara dator")
    page.get_by_role("button", name="Lägg till nyckeln").click()
    expect(page.get_by_role("heading", name="Dina reservkoder")).to_be_visible()
    page.get_by_role("link", name="Jag har sparat koderna").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ansvar")

    log_out(page, "Adam Admin")
    log_in(page, adam.username)
    expect(page.get_by_role("heading", name="Visa att det är du")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Använd inloggningsnyckel").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ansvar")

    page.goto("/tvafaktor/")
    axe(page)
    page.get_by_role("button", name="Ta bort Min bärbara dator").click()
    expect(page.get_by_text("Du måste ha minst en.")).to_be_visible()
    page.get_by_role("link", name="Lägg till inloggningsnyckel").click()
    page.get_by_label("Vad vill du kalla nyckeln?").fill("Samma dator igen")
    page.get_by_role("button", name="Lägg till nyckeln").click()
    expect(page.get_by_text("Det blev ingen nyckel.")).to_be_visible()
    axe(page)


def test_who_says_no_in_the_browsers_box_is_told_and_tries_again(page: Page, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    eva = make_user("eva.lund")
    willing = holds_passkeys(page)
    log_in(page, eva.username)
    page.goto("/tvafaktor/nyckel/")
    page.get_by_label("Vad vill du kalla nyckeln?").fill("Telefonen")
    page.get_by_role("button", name="Lägg till nyckeln").click()
    page.get_by_role("link", name="Jag har sparat koderna").click()
    page.goto("/tvafaktor/")
    page.get_by_role("button", name="Ta bort Telefonen").click()
    expect(page.get_by_text("Nu räcker lösenordet.")).to_be_visible()
    willing(False)
    page.goto("/tvafaktor/nyckel/")
    page.get_by_label("Vad vill du kalla nyckeln?").fill("Telefonen")
    page.get_by_role("button", name="Lägg till nyckeln").click()
    expect(page.get_by_text("Det blev ingen nyckel.")).to_be_visible()
    willing(True)
    page.get_by_role("button", name="Lägg till nyckeln").click()
    expect(page.get_by_role("heading", name="Dina reservkoder")).to_be_visible()


def test_a_page_that_is_not_secure_says_so_and_takes_a_code_instead(
    page: Page, settings: Any, base_url: str
) -> None:
    settings.SECOND_FACTOR = True
    eva = make_user("eva.lund")
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    log_in(page, eva.username)
    page.goto("/tvafaktor/nyckel/")
    expect(page.get_by_text("De behöver en säker adress, som börjar med https")).to_be_visible()
    expect(page.get_by_role("button", name="Lägg till nyckeln")).to_be_hidden()
    page.goto("/tvafaktor/")
    expect(page.get_by_role("link", name="Ställ in app")).to_be_visible()
