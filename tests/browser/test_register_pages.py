"""The lists and the forms of object and system, as used in a browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from roles.models import User
from tests.factories import make_active, make_admin, make_system, make_user

pytestmark = pytest.mark.django_db(transaction=True)

Login = Callable[[Page, User], None]


def test_a_list_follows_what_is_typed_and_the_address_follows_the_list(
    page: Page, login: Login, axe: Callable[[Page], None]
) -> None:
    objekt = make_active("Elever")
    for name in ("Arkiv Öberg", "Arkiv Oberg", "Annat"):
        make_system(objekt, name, livscykel="planerat" if name == "Annat" else "i_drift")
    login(page, make_user())
    page.goto("/system/")
    page.get_by_label("Sök", exact=True).press_sequentially("öberg")
    rows = page.locator("#results tbody th")
    expect(rows).to_have_text(["Arkiv Öberg", "Arkiv Oberg"])
    expect(page.get_by_label("Sortera efter").locator("option").first).to_have_text("Bästa träff")
    assert page.get_by_label("Livscykel").inner_text().split("\n") == ["Alla", "I drift (2)"]
    assert "q=%C3%B6berg" in page.url
    page.get_by_role("link", name="Ta bort filtret Sök: öberg").click()
    expect(rows).to_have_count(3)
    axe(page)


def test_a_likely_duplicate_is_shown_while_the_name_is_typed(
    page: Page, login: Login, axe: Callable[[Page], None]
) -> None:
    lars = make_user("lars.nystrom")
    objekt = make_active("Elever", forvaltningsledare=lars)
    make_system(objekt, "Skolplattformen")
    login(page, lars)
    page.goto(f"/objekt/{objekt.pk}/")
    page.get_by_role("link", name="Lägg till system").click()
    page.get_by_label("Namn").first.press_sequentially("skolplatformen")
    expect(page.get_by_text("Finns systemet redan?")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Lägg till system").click()
    expect(page.get_by_role("heading", name="En uppgift behöver rättas")).to_be_visible()
    axe(page)
    page.get_by_label("Nej, det är ett annat system").check()
    page.get_by_role("button", name="Lägg till system").click()
    expect(page.get_by_role("heading", name="skolplatformen", level=1)).to_be_visible()
    axe(page)


def test_a_form_saves_from_two_pages_at_once_and_shows_both_texts(
    page: Page, login: Login, axe: Callable[[Page], None]
) -> None:
    objekt = make_active("Elever")
    login(page, make_admin())
    page.goto(f"/objekt/{objekt.pk}/andra/")
    other = page.context.new_page()
    other.goto(f"/objekt/{objekt.pk}/andra/")
    other.get_by_label("Beskrivning").fill("Den andras text")
    other.get_by_role("button", name="Spara uppgifterna").click()
    expect(other.get_by_text("Den andras text")).to_be_visible()
    page.get_by_label("Beskrivning").fill("Min text")
    page.get_by_role("button", name="Spara uppgifterna").click()
    expect(page.get_by_role("heading", name="ändrade uppgifterna")).to_be_visible()
    expect(page.get_by_role("cell", name="Den andras text")).to_be_visible()
    expect(page.get_by_label("Beskrivning")).to_have_value("Min text")
    axe(page)
