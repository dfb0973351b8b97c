"""A förvaltningsledare steers: next year's plan, what does not fit in it, a meeting, a delivery."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from governance.actions import avrop as call_offs
from governance.models import Arende, Forvaltningsplan, Mote, Uppdrag
from tests.browser.steered import SEK, Steered, adopted, build, enter, take_up, told
from tests.factories import today
from tests.factories.steering import put_avtal
from tests.governance.mote.cast import passed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Steered:
    cast = build()
    adopted(cast)
    return cast


def refer_what_does_not_fit(page: Page, cast: Steered) -> None:
    """Initiate an uppdrag that costs more than the activity has, and send it to the styrgrupp."""
    page.goto(f"/objekt/{cast.objekt.pk}/uppdrag/")
    page.get_by_role("link", name="Byt ut blanketterna").click()
    page.get_by_label("Uppdrag (obligatorisk)").fill("Ny e-tjänst för skolval")
    page.get_by_label("Beräknad kostnad").fill("250 000")
    page.get_by_label("Utförs av").fill("IT-enheten")
    page.get_by_role("button", name="Initiera uppdraget").click()
    expect(page.get_by_role("main")).to_contain_text("Ryms det inte i planen")
    assert not Uppdrag.objects.exists()
    page.get_by_role("button", name="Föredra för styrgruppen").click()
    expect(page.get_by_label("Vad ärendet gäller")).to_have_value("Ny e-tjänst för skolval")
    assert "IT-enheten" in page.get_by_label("Vad som ska beslutas").input_value()
    page.get_by_role("button", name="Föredra ärendet").click()
    told(page, "är föredraget för styrgruppen")


def test_a_forvaltningsledare_plans_refers_meets_and_approves(page: Page, cast: Steered) -> None:
    avtal = put_avtal(cast.objekt, cast.system, slag="ram", varde=SEK(500_000))
    hours = call_offs.call_off(
        cast.malin, avtal, title="Konsulttimmar", belopp=SEK(80_000), on=today()
    )
    call_offs.register_leverans(cast.malin, hours, title="Rapport om skolval", on=today())
    enter(page, cast.lars)
    main = page.get_by_role("main")

    # He begins next year's plan as a copy of the one in force, adds a goal and puts it forward.
    page.goto(f"/objekt/{cast.objekt.pk}/planer/")
    main.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name="Börja nästa plan").click()
    page.get_by_role("button", name="Börja versionen").click()
    told(page, "är påbörjad som kopia")
    expect(main).to_contain_text("Färre fel i skolvalet")
    page.get_by_role("link", name="Lägg till mål").click()
    page.get_by_role("button", name="Lägg till mål").click()
    page.get_by_role("region", name="rättas").get_by_role("link").first.click()
    page.get_by_label("Mål (obligatorisk)").fill("Alla val görs på nätet")
    page.get_by_label("Verksamhet").check()
    page.get_by_role("button", name="Lägg till mål").click()
    page.get_by_role("link", name="Lägg fram planen").click()
    page.get_by_role("button", name="Lägg fram planen").click()
    told(page, "är framlagd och väntar på underskrifter")
    expect(main).to_contain_text("objektägaren, Eva Lund")
    expect(main.get_by_role("link", name="Lägg till mål")).to_have_count(0)
    assert Forvaltningsplan.objects.get(status="framlagd").based_on

    # What falls outside the plan is refused, and becomes an ärende with all that was typed.
    refer_what_does_not_fit(page, cast)
    arende = Arende.objects.get()

    # He calls the styrgrupp; the ärende stands on the agenda already.
    start = timezone.localtime() + timedelta(days=7)
    page.goto(f"/objekt/{cast.objekt.pk}/moten/")
    page.get_by_role("link", name="Planera möte").click()
    page.get_by_label("Slag").select_option(label="Styrgruppsmöte")
    page.get_by_label("Börjar").fill(start.strftime("%Y-%m-%dT09:00"))
    page.get_by_label("Slutar").fill(start.strftime("%Y-%m-%dT10:00"))
    expect(page.get_by_label(arende.title)).to_be_checked()
    page.get_by_role("button", name="Planera mötet").click()
    page.get_by_role("button", name="Skicka kallelsen").click()
    told(page, "är skickad")
    assert cast.eva.email in {letter.to[0] for letter in mail.outbox}

    # When it is over he writes the minutes, which name the ärende, and puts them forward.
    mote = passed(Mote.objects.get())
    page.goto(mote.get_absolute_url())
    page.get_by_role("link", name="Skriv protokoll").click()
    page.get_by_label("Malin Holm").uncheck()
    page.get_by_label("Minnesanteckningar").fill("Läget är gott.")
    page.get_by_role("button", name="Spara protokollet").click()
    page.get_by_role("link", name="Anteckna").click()
    page.get_by_label("Anteckningar").fill("Föredrogs av Lars Ny.")
    page.get_by_role("button", name="Spara punkten").click()
    page.get_by_role("button", name="Lägg fram för justering").click()
    expect(main).to_contain_text("Protokollet är framlagt och ändras inte.")
    expect(main).to_contain_text("Föredrogs av Lars Ny.")
    expect(main.get_by_role("link", name="Anteckna")).to_have_count(0)

    # The delivery that waits is approved.
    take_up(page, "Rapport om skolval", "Granska leveransen")
    page.get_by_label("Godkänn leveransen").check()
    page.get_by_role("button", name="Spara beslutet").click()
    told(page, "Rapport om skolval: godkänd")
