"""A förvaltningsledare's day: what she does with her object, and what she may not do."""

import pytest
from playwright.sync_api import Page, expect

from governance.models import Forvaltningsobjekt, Informationssystem
from roles.models import User
from tests.factories import PASSWORD, make_active, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def karin() -> User:
    return make_user("karin.oberg", first_name="Karin", last_name="Öberg")


@pytest.fixture
def hers(karin: User) -> Forvaltningsobjekt:
    eva = make_user("eva.lund", first_name="Eva", last_name="Lund")
    return make_active("Elevadministration", forvaltningsledare=karin, objektagare=eva)


@pytest.fixture
def others() -> Forvaltningsobjekt:
    return make_active("Bygglov")


def test_a_forvaltningsledare_keeps_her_entry_and_only_hers(
    page: Page, karin: User, hers: Forvaltningsobjekt, others: Forvaltningsobjekt
) -> None:
    make_user("ali.hassan", first_name="Ali", last_name="Hassan", unit="Skolan")

    # She logs in, and finds her object by typing a part of its name.
    page.goto("/")
    page.get_by_label("Användarnamn").fill("karin.oberg")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="Elevadministration").first).to_be_visible()
    page.goto("/objekt/")
    page.get_by_label("Sök", exact=True).fill("elevadm")
    page.get_by_label("Sök", exact=True).press("Enter")
    main.get_by_role("link", name="Elevadministration").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Elevadministration")

    # She edits it.
    main.get_by_role("link", name="Ändra uppgifter").click()
    page.get_by_label("Beskrivning").fill("Allt om kommunens elever.")
    page.get_by_label("Anledning").fill("Beskrivningen saknades")
    page.get_by_role("button", name="Spara uppgifterna").click()
    expect(main).to_contain_text("Allt om kommunens elever.")

    # She registers a system on it.
    main.get_by_role("link", name="Lägg till system").first.click()
    page.get_by_label("Namn (obligatorisk)").fill("Skolplattformen Alva")
    page.get_by_label("Anledning").fill("Nytt system i höst")
    page.get_by_role("button", name="Lägg till system").click()
    expect(main).to_contain_text("Skolplattformen Alva")
    assert Informationssystem.objects.get().objekt == hers

    # She appoints a systemförvaltare, and sees what it means before she confirms.
    page.goto(f"/objekt/{hers.pk}/")
    main.get_by_role("link", name="Utse systemförvaltare").click()
    page.get_by_label("Systemförvaltare").fill("ali h")
    page.get_by_role("option").filter(has_text="Ali Hassan").click()
    page.get_by_label("Rådfrågad resursägare").fill("Rektorn")
    page.get_by_label("Anledning").fill("Avlastar förvaltningsledaren")
    page.get_by_role("button", name="Granska").click()
    expect(main).to_contain_text("får Ali Hassan")
    page.get_by_role("button", name="Bekräfta och utse").click()
    expect(page.get_by_role("region", name="Meddelanden")).to_contain_text("Ali Hassan")
    expect(main.get_by_role("link", name="Ali Hassan").first).to_be_visible()

    # She confirms that the entry is correct.
    page.get_by_role("button", name="Uppgifterna stämmer").click()
    expect(main).to_contain_text("av Karin Öberg")

    # Each step is in the history, with her name and her reason.
    main.get_by_role("link", name="Historik", exact=True).click()
    for step in (
        "Karin Öberg ändrade uppgifter",
        "Karin Öberg registrerade",
        "Karin Öberg utsåg",
        "Karin Öberg bekräftade uppgifterna",
    ):
        expect(main).to_contain_text(step)
    for reason in ("Beskrivningen saknades", "Nytt system i höst", "Avlastar förvaltningsledaren"):
        expect(main).to_contain_text(reason)

    # On another object she may read, and nothing else: she is told whose mandate it is.
    page.goto(f"/objekt/{others.pk}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bygglov")
    expect(main.get_by_role("link", name="Ändra uppgifter")).to_have_count(0)
    expect(page.get_by_role("button", name="Uppgifterna stämmer")).to_have_count(0)
    page.goto(f"/objekt/{others.pk}/andra/")
    expect(main).to_contain_text("förvaltningsledaren")

    # Nor may she appoint a förvaltningsledare, not even on her own.
    page.goto(f"/objekt/{hers.pk}/roller/forvaltningsledare/utse/")
    expect(main).to_contain_text("objektägaren, Eva Lund")
    assert page.get_by_role("button", name="Granska").count() == 0
