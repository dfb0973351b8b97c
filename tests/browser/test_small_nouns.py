"""Samband, informationsmängder, leverantörer, nämnder and the administration in a browser."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from governance.actions import informationsmangd, leverantor, samband
from governance.models import Informationssystem
from roles import people
from roles.models import User
from tests import factories as make

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def alva() -> Informationssystem:
    """A system with all that is around it, some with names as long as they may be."""
    namnd = make.make_namnd("Utbildningsnämnden")
    people.add_representant(None, namnd, make.make_user("ingrid.lind"))
    objekt = make.make_active("Elevadministration", namnd=namnd)
    supplier = leverantor.create(None, name="Nordlärande " * 16, contacts="x@example.se")
    alva = make.make_system(objekt, "Alva", leverantor=supplier, informationen_ags_av=namnd)
    other = make.make_system(make.make_active("Skolskjuts"), "Systemet " * 20)
    samband.create(None, alva, target=other, information="elever", direction="bada")
    samband.create(None, alva, outside_party="Skatteverket", direction="hamtar")
    owner = make.make_user("anna.agare")
    informationsmangd.create(
        None, alva, content="Frånvaro", verksamhet="Skola", informationsagare=owner
    )
    return alva


def test_pages_are_accessible_in_both_themes_and_fit_a_phone(
    page: Page,
    alva: Informationssystem,
    login: Callable[[Page, User], None],
    axe: Callable[[Page], None],
) -> None:
    login(page, make.make_admin())
    namnd = alva.informationen_ags_av
    representant = namnd.representanter.get()  # type: ignore[union-attr]
    connection = alva.samband.first()
    mangd = alva.informationsmangder.get()
    for path in (
        alva.get_absolute_url(),
        f"/system/{alva.pk}/samband/nytt/",
        f"/samband/{connection.pk}/ta-bort/",  # type: ignore[union-attr]
        f"/informationsmangder/{mangd.pk}/andra/",
        "/leverantorer/",
        alva.leverantor.get_absolute_url(),  # type: ignore[union-attr]
        "/leverantorer/ny/",
        "/namnder/",
        namnd.get_absolute_url(),  # type: ignore[union-attr]
        f"/namnder/{namnd.pk}/andra/",  # type: ignore[union-attr]
        f"/foretradare/{representant.pk}/ta-bort/",
    ):
        page.set_viewport_size({"width": 1440, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.goto(path)
            axe(page)
        page.set_viewport_size({"width": 390, "height": 800})
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_a_connection_is_registered_by_typing_and_choosing(
    page: Page, alva: Informationssystem, login: Callable[[Page, User], None]
) -> None:
    make.make_system(alva.objekt, "Öppna förskolan")
    login(page, make.make_admin())
    page.goto(alva.get_absolute_url())
    page.get_by_role("link", name="Lägg till samband").click()
    page.get_by_label("Annat system").press_sequentially("oppna")
    page.get_by_role("option", name="Öppna förskolan").click()
    page.get_by_role("button", name="Spara sambandet").click()
    expect(page.get_by_role("region", name="Meddelanden")).to_contain_text("Öppna förskolan")
    picture = page.get_by_role("img", name="Samband")
    expect(picture.locator("text", has_text="Öppna förskolan")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    expect(picture).to_be_hidden()


def test_the_administration_keeps_to_the_content_policy(
    page: Page, alva: Informationssystem, login: Callable[[Page, User], None]
) -> None:
    admin = make.make_admin()
    login(page, admin)
    page.goto("/admin/")
    page.get_by_role("link", name="Nämnder", exact=True).first.click()
    page.get_by_role("link", name="Utbildningsnämnden").click()
    page.get_by_label("Anledning:").fill("Nytt reglemente")
    page.get_by_label("Reglemente:").fill("§ 3")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("Utbildningsnämnden")
    for path in (
        f"/admin/roles/user/{admin.pk}/change/",
        f"/admin/roles/user/{admin.pk}/losenord/",
        "/admin/roles/user/add/",
        "/admin/governance/gesture/",
        f"/admin/governance/informationssystem/{alva.pk}/change/",
    ):
        page.goto(path)
        expect(page.locator("#content")).to_be_visible()
