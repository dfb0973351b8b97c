"""The shell and its forms in a browser: keys, appearance, nothing lost, accessible, narrow."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route, expect

from governance.actions import objekt as actions
from governance.models import Forvaltningsobjekt
from roles.models import User
from tests.factories import PASSWORD, make_admin, make_objekt, make_system

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.forms_urls")]


@pytest.fixture
def admin() -> User:
    return make_admin()


@pytest.fixture
def objekt() -> Forvaltningsobjekt:
    return make_objekt("Elevadministration")


@pytest.fixture
def form(
    page: Page, admin: User, objekt: Forvaltningsobjekt, login: Callable[[Page, User], None]
) -> Page:
    """Return a page with the form of an object open."""
    login(page, admin)
    page.goto(f"/prov/{objekt.pk}/")
    return page


def log_in(page: Page, user: User) -> None:
    """Log in as a person does."""
    page.get_by_label("Användarnamn").fill(user.username)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()


def test_text_typed_when_the_session_ran_out_is_there_after_login(form: Page, admin: User) -> None:
    form.get_by_label("Beskrivning").fill("Tjugo minuters arbete")
    form.context.clear_cookies(name="sessionid")
    form.get_by_role("button", name="Spara").click()
    log_in(form, admin)
    expect(form.get_by_label("Beskrivning")).to_have_value("Tjugo minuters arbete")
    form.get_by_role("button", name="Spara").click()
    confirmation = form.get_by_role("region", name="Meddelanden")
    expect(confirmation).to_be_focused()
    expect(confirmation).to_contain_text("Elevadministration är sparat.")


def test_a_login_in_another_tab_loses_nothing(form: Page, admin: User) -> None:
    form.get_by_label("Beskrivning").fill("Skrivet i första fliken")
    form.context.clear_cookies(name="sessionid")
    other = form.context.new_page()
    other.goto("/logga-in/")
    log_in(other, admin)
    other.wait_for_load_state()
    form.get_by_role("button", name="Spara").click()
    expect(form.get_by_label("Beskrivning")).to_have_value("Skrivet i första fliken")


def test_a_conflict_keeps_the_text_and_shows_what_was_saved(
    form: Page, objekt: Forvaltningsobjekt, axe: Callable[[Page], None]
) -> None:
    form.get_by_label("Namn").fill("Mitt namn")
    actions.change(make_admin("lars.nystrom"), objekt, name="Lars namn")
    form.get_by_role("button", name="Spara").click()
    expect(form.get_by_role("region", name="Lars Nystrom ändrade")).to_be_focused()
    expect(form.get_by_role("cell", name="Lars namn")).to_be_visible()
    expect(form.get_by_label("Namn")).to_have_value("Mitt namn")
    axe(form)


def test_a_double_click_creates_one(
    page: Page, admin: User, login: Callable[[Page, User], None]
) -> None:
    login(page, admin)
    page.goto("/prov/")
    page.get_by_label("Namn").fill("Ny")
    page.get_by_label("Process").fill("Process")
    page.get_by_role("button", name="Spara").dblclick()
    expect(page.get_by_text("Ny är sparat.")).to_be_visible()
    assert Forvaltningsobjekt.objects.filter(name="Ny").count() == 1


def test_two_posts_at_once_create_one(
    page: Page, admin: User, login: Callable[[Page, User], None]
) -> None:
    login(page, admin)
    page.goto("/prov/")
    page.get_by_label("Namn").fill("Ny")
    page.get_by_label("Process").fill("Process")
    ended = page.evaluate("""() => {
        const form = document.querySelector("main form");
        const post = () => fetch(form.action, {method: "POST", body: new FormData(form)});
        return Promise.all([post(), post(), post()]).then((all) => all.map((one) => one.url));
    }""")
    assert len(set(ended)) == 1
    assert Forvaltningsobjekt.objects.filter(name="Ny").count() == 1


def test_errors_are_gathered_focused_and_lead_to_the_field(
    form: Page, axe: Callable[[Page], None]
) -> None:
    form.get_by_label("Namn").fill("")
    form.get_by_role("button", name="Spara").click()
    expect(form.get_by_role("region", name="En uppgift behöver rättas")).to_be_focused()
    expect(form).to_have_title("Fel: Prov – RegIT")
    axe(form)
    form.get_by_role("link", name="Fyll i fältet ”Namn”.").click()
    expect(form.get_by_label("Namn")).to_be_focused()


def test_leaving_a_form_with_unsaved_text_asks_first(form: Page) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    form.on("dialog", answer)
    form.get_by_label("Namn").press_sequentially("x")
    form.get_by_role("link", name="Avbryt").click()
    form.wait_for_url("**/")
    assert asked == ["beforeunload"]


def test_a_system_is_chosen_by_typing_and_keys(form: Page, axe: Callable[[Page], None]) -> None:
    system = make_system(make_objekt("Skola"), "Skolplattformen Alva")
    field = form.get_by_role("combobox", name="Liknar")
    field.press_sequentially("alva")
    expect(form.get_by_role("option", name="Skolplattformen Alva")).to_be_visible()
    axe(form)
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "id_near_options-1")
    field.press("Enter")
    expect(field).to_have_value(f"Skolplattformen Alva ({system.pk})")
    expect(form.get_by_role("listbox")).to_be_hidden()
    field.fill("alv")
    expect(form.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(form.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("alv")


def test_everything_works_without_script(
    new_context: Callable[..., BrowserContext],
    admin: User,
    objekt: Forvaltningsobjekt,
    login: Callable[[Page, User], None],
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    login(page, admin)
    page.goto(f"/prov/{objekt.pk}/")
    page.get_by_label("Liknar").fill("Finns inte")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("link", name="”Finns inte” hittades inte")).to_be_visible()
    page.get_by_label("Liknar").fill("")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Elevadministration är sparat.")).to_be_visible()
    page.get_by_text("Adam Admin").click()
    page.get_by_role("button", name="Mörkt").click()
    appears(page, "dark")


def test_a_part_that_cannot_be_fetched_is_said_and_seen(
    browser: Browser, base_url: str, admin: User, login: Callable[[Page, User], None]
) -> None:
    context = browser.new_context(base_url=base_url)  # htmx logs the failure as an error
    page = context.new_page()
    login(page, admin)
    page.goto("/prov/")
    page.route("**/system/sok/**", lambda route: route.abort())
    page.get_by_role("combobox", name="Liknar").press_sequentially("a")
    expect(page.locator("#trouble")).to_be_visible()
    expect(page.locator("#live")).to_contain_text("kunde inte uppdateras")
    context.close()


def appears(page: Page, theme: str) -> None:
    """Expect an appearance on screen."""
    expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)


def test_the_appearance_follows_the_device_until_one_is_chosen(form: Page) -> None:
    form.emulate_media(color_scheme="dark")
    appears(form, "dark")
    form.get_by_text("Adam Admin").click()
    form.get_by_role("button", name="Ljust").click()
    appears(form, "light")
    assert 'data-bs-theme="light"' in form.request.get(form.url).text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_flash_of_another_appearance(
    new_context: Callable[..., BrowserContext], scheme: str
) -> None:
    page = new_context(color_scheme=scheme).new_page()

    def late(route: Route) -> None:
        time.sleep(0.5)
        route.continue_()

    page.route("**/theme.js", late)  # the page has to wait for it, or it paints without
    page.add_init_script("""requestAnimationFrame(function look() {
        if (!document.body) return requestAnimationFrame(look);
        window.painted = getComputedStyle(document.body).backgroundColor;
    })""")
    page.goto("/logga-in/")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
    now = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert page.evaluate("window.painted") == now
    appears(page, scheme)


def test_the_menu_opens_by_key_and_closes_by_escape(
    form: Page, axe: Callable[[Page], None]
) -> None:
    name = form.get_by_text("Adam Admin")
    name.focus()
    form.keyboard.press("Enter")
    expect(form.get_by_role("button", name="Logga ut")).to_be_visible()
    axe(form)
    form.keyboard.press("Escape")
    expect(form.get_by_role("button", name="Logga ut")).to_be_hidden()
    expect(name).to_be_focused()


def test_a_slash_leads_to_search_and_escape_away_from_it(form: Page) -> None:
    search = form.get_by_role("searchbox", name="Sök system")
    form.get_by_label("Namn").press("/")
    expect(search).not_to_be_focused()
    form.get_by_role("heading", name="Prov").click()
    form.keyboard.press("/")
    expect(search).to_be_focused()
    form.keyboard.press("Escape")
    expect(search).not_to_be_focused()


def test_filtering_keeps_the_address_clean_and_says_how_many(
    page: Page, admin: User, login: Callable[[Page, User], None]
) -> None:
    objekt = make_objekt("Skola")
    for name in ("Alva", "Alvar", "Berit"):
        make_system(objekt, name)
    login(page, admin)
    page.goto("/system/")
    page.locator("main").get_by_label("Sök", exact=True).fill("alv")
    page.wait_for_url(lambda url: "q=alv" in url)
    assert "=&" not in page.url
    expect(page.locator("#live")).to_contain_text("2 träffar")
    page.get_by_role("link", name="Ta bort filtret").click()
    expect(page.get_by_role("link", name="Berit")).to_be_visible()


def test_the_first_tab_leads_past_the_navigation(form: Page) -> None:
    form.keyboard.press("Tab")
    skip = form.get_by_role("link", name="Hoppa till innehållet")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    form.keyboard.press("Enter")
    expect(form.locator("main")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_login_and_form_are_accessible_and_never_wider_than_the_screen(
    form: Page, axe: Callable[[Page], None], width: int, scheme: str
) -> None:
    form.set_viewport_size({"width": width, "height": 800})
    form.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    here = form.url
    form.context.clear_cookies(name="sessionid")
    for address in (here, "/logga-in/", "/finns-inte/"):
        form.goto(address)
        axe(form)
        assert form.evaluate("document.documentElement.scrollWidth") <= width
