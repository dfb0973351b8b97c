"""The days of an objektägare and an objektägare IT: they adopt, attest, sign, decide and read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from governance.actions import arende as arenden
from governance.actions import avtal as agreements
from governance.actions import kostnad as costs
from governance.actions import kostnadsrapport as cost_reports
from governance.actions import statusrapport as status_reports
from governance.models import Arende, Avtal, Forvaltningsplan
from tests.browser.steered import (
    SEK,
    Steered,
    adopted,
    build,
    draft,
    enter,
    put_forward,
    somebody_else,
    take_up,
    told,
)
from tests.factories import today
from tests.factories.avtal import make_avtal
from tests.factories.steering import cover, set_status

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Steered:
    return build()


def sign_plan(page: Page, side: str) -> None:
    """Read the plan that waits, and sign it."""
    take_up(page, "väntar på din underskrift", "Läs och underteckna")
    expect(page.get_by_role("main")).to_contain_text("Alla val görs på nätet")
    page.get_by_role("link", name=f"Fastställ för {side}").click()
    page.get_by_role("button", name="Underteckna").click()
    expect(page.get_by_role("region", name="uppgift behöver rättas")).to_contain_text(
        "Kryssa i rutan"
    )
    page.get_by_label("Jag har läst planen").check()
    page.get_by_role("button", name="Underteckna").click()


def support_matter(page: Page) -> None:
    """Say yes to the ärende that waits."""
    take_up(page, "Köp en modul till", "Ta ställning")
    page.get_by_role("link", name="Ta ställning").click()
    page.get_by_label("Bifall").check()
    page.get_by_role("button", name="Ta ställning").click()


def test_an_objektagare_adopts_attests_signs_decides_and_pays(
    page: Page, cast: Steered, new_context: Callable[..., BrowserContext]
) -> None:
    avtal = make_avtal(cast.objekt, cast.system, title="Licenser för Alva")
    plan = draft(cast)
    cover(plan, avtal)
    set_status(plan, "faststalld")
    coming = put_forward(cast)
    cost: dict[str, Any] = {"title": "Licenser mars", "belopp": SEK(40_000), "on": today()}
    costs.register(cast.lars, cast.objekt, sida="verksamhet", **cost)
    arende = arenden.refer(
        cast.lars,
        cast.objekt,
        title="Köp en modul till",
        description="Den ryms inte i planen.",
        belopp=SEK(250_000),
    )
    cost_reports.report(
        cast.lars, cast.objekt, sida="verksamhet", until=today(), comment="Inom budget."
    )

    # She logs in and signs the plan; it waits for the IT side.
    enter(page, cast.eva)
    main = page.get_by_role("main")
    sign_plan(page, "verksamheten")
    told(page, "Den fastställs när den andra sidan också har gjort det")
    expect(main).to_contain_text("Väntar på underskrift för IT av objektägare IT, Per Sand")

    # The objektägare IT signs in a login of his own: the plan is adopted.
    his = somebody_else(new_context, cast.per)
    sign_plan(his, "IT")
    told(his, "är fastställd")
    coming.refresh_from_db()
    assert coming.status == Forvaltningsplan.Status.FASTSTALLD

    # She attests a cost that the förvaltningsledare registered.
    take_up(page, "Licenser mars", "Granska kostnaden")
    expect(main).to_contain_text("40\xa0000 kr")
    page.get_by_label("Attestera").check()
    page.get_by_role("button", name="Spara beslutet").click()
    told(page, "Du har attesterat Licenser mars")

    # She signs an agreement that the plan in force covers; no decision is asked for.
    take_up(page, "Licenser för Alva", "Granska och teckna")
    page.get_by_role("link", name="Teckna avtalet").click()
    page.get_by_role("button", name="Teckna avtalet").click()
    told(page, "Du har tecknat Licenser för Alva")
    avtal.refresh_from_db()
    assert avtal.status == Avtal.Status.TECKNAT

    # The ärende takes both of them.
    support_matter(page)
    told(page, "Ärendet är öppet")
    support_matter(his)
    told(his, "är bifallet")
    arende.refresh_from_db()
    assert arende.status == Arende.Status.BIFALLET

    # She gives the object money, and a sentence where the amount cannot be read keeps what she typed.
    page.goto(f"/objekt/{cast.objekt.pk}/ekonomi/")
    page.get_by_role("link", name="Tilldela pengar").click()
    page.get_by_label("Verksamhet").check()
    page.get_by_label("Belopp").fill("femtio tusen")
    page.get_by_label("Dag").fill(today().isoformat())
    page.get_by_label("Beslut").fill("UN 2026/17")
    page.get_by_role("button", name="Tilldela pengarna").click()
    expect(page.get_by_label("Beslut")).to_have_value("UN 2026/17")
    page.get_by_label("Belopp").fill("50 000")
    page.get_by_role("button", name="Tilldela pengarna").click()
    told(page, "Pengarna är tilldelade")

    # She reads what the costs were when they were reported.
    take_up(page, "Kostnadsrapport", "Läs")
    expect(main).to_contain_text("Inom budget.")
    page.get_by_role("button", name="Markera som läst").click()
    expect(page.get_by_role("button", name="Markera som läst")).to_have_count(0)

    # Each step is in the history of the object, with her name.
    page.goto(f"/objekt/{cast.objekt.pk}/historik/")
    for step in ("undertecknade", "attesterade", "tecknade", "tog ställning", "registrerade"):
        expect(main).to_contain_text(f"Eva Lund {step}")


def test_the_it_side_decides_what_is_its_own_and_nothing_else(page: Page, cast: Steered) -> None:
    adopted(cast)
    avtal = make_avtal(cast.objekt, cast.system, slag="drift", title="Drift av Alva")
    cost: dict[str, Any] = {"belopp": SEK(12_000), "on": today()}
    costs.register(cast.malin, cast.objekt, sida="it", title="Serverhall", **cost)
    theirs = costs.register(cast.lars, cast.objekt, sida="verksamhet", title="Kurs", **cost)
    agreements.approve(cast.eva, avtal)
    status_reports.report(
        cast.malin,
        cast.objekt,
        sida="it",
        period_from=today() - timedelta(days=30),
        period_to=today(),
        mal_lage="gron",
        tid_lage="gul",
        kostnad_lage="gron",
        summary="Flytten till nya servrar är försenad en vecka.",
    )

    # He attests IT's cost; the business side's is not his, and the page says whose it is.
    enter(page, cast.per)
    main = page.get_by_role("main")
    take_up(page, "Serverhall", "Granska kostnaden")
    page.get_by_label("Attestera").check()
    page.get_by_role("button", name="Spara beslutet").click()
    told(page, "Du har attesterat Serverhall")
    page.goto(f"/objekt/{cast.objekt.pk}/ekonomi/")
    expect(main.get_by_role("link", name="Attestera Kurs")).to_have_count(0)
    expect(main.get_by_role("link", name="Tilldela pengar")).to_have_count(0)
    page.goto(f"/kostnader/{theirs.pk}/attestera/")
    expect(main).to_contain_text("objektägaren, Eva Lund")

    # No plan covers the agreement. Signing outside the plan is the objektägare's alone.
    page.goto(avtal.get_absolute_url())
    expect(main.get_by_role("link", name="Teckna avtalet")).to_have_count(0)
    avtal.refresh_from_db()
    assert avtal.status == Avtal.Status.REGISTRERAT
    expect(main).to_contain_text("objektägaren")

    # He reads how the IT side stands.
    take_up(page, "Statusrapport", "Läs")
    expect(main).to_contain_text("försenad en vecka")
    page.get_by_role("button", name="Markera som läst").click()
    expect(main).not_to_contain_text("Inte än")

    # The förvaltningsledare IT judges the system; the business side has not, and the page says who does.
    page.context.clear_cookies()
    enter(page, cast.malin)
    page.goto(cast.system.get_absolute_url())
    page.get_by_role("link", name="Bedöm för IT").click()
    page.get_by_label("Utveckla").check()
    page.get_by_label("Varför?").fill("Den går att bygga vidare på.")
    page.get_by_role("button", name="Spara bedömningen").click()
    expect(main).to_contain_text("Den går att bygga vidare på.")
    expect(main.get_by_role("link", name="Bedöm för verksamheten")).to_have_count(0)
    page.goto("/bedomning/")
    expect(main).to_contain_text("Raderna är verksamhetens bedömning")
