"""An object with what waits for its people on an ordinary day: the cast of the browser tests of steering."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from governance.actions import plan as plans
from governance.actions import planrader
from governance.models import (
    Aktivitet,
    Budgetpost,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Informationssystem,
    Mal,
)
from roles.models import User
from tests.factories import PASSWORD, make_active, make_system, make_user, today
from tests.factories.steering import make_plan_today, set_status

SEK = Decimal


@dataclass
class Steered:
    """The object, its system, and who owns and leads it on either side."""

    objekt: Forvaltningsobjekt
    system: Informationssystem
    eva: User
    per: User
    lars: User
    malin: User


def build() -> Steered:
    """Make the object Elevadministration with one system and its four people."""
    people = {
        "objektagare": make_user("eva.lund"),
        "objektagare_it": make_user("per.sand"),
        "forvaltningsledare": make_user("lars.ny"),
        "forvaltningsledare_it": make_user("malin.holm"),
    }
    objekt = make_active("Elevadministration", **people)
    return Steered(objekt, make_system(objekt, "Skolplattformen Alva"), *people.values())


def draft(cast: Steered) -> Forvaltningsplan:
    """Return a draft that holds today: a goal, an activity with a frame, money on both sides."""
    plan = make_plan_today(cast.objekt, status="utkast")
    goal = planrader.add(None, plan, Mal, sida="verksamhet", title="Färre fel i skolvalet")
    activity: dict[str, Any] = {"title": "Byt ut blanketterna", "mal": goal, "ram": SEK(100_000)}
    planrader.add(None, plan, Aktivitet, sida="verksamhet", **activity)
    for sida, title in (("verksamhet", "Licenser"), ("it", "Serverdrift")):
        post: dict[str, Any] = {"slag": "drift", "title": title, "belopp": SEK(200_000)}
        planrader.add(None, plan, Budgetpost, sida=sida, **post)
    return plan


def adopted(cast: Steered) -> Forvaltningsplan:
    """Return the draft as the plan in force."""
    plan = draft(cast)
    set_status(plan, "faststalld")
    return plan


def put_forward(cast: Steered) -> Forvaltningsplan:
    """Return the plan of the year to come, put forward by its förvaltningsledare."""
    plan = plans.create(
        cast.lars,
        cast.objekt,
        period_from=today() + timedelta(days=201),
        period_to=today() + timedelta(days=565),
    )
    planrader.add(cast.lars, plan, Mal, sida="verksamhet", title="Alla val görs på nätet")
    return plans.put_forward(cast.lars, plan)


def enter(page: Page, person: User) -> None:
    """Log in by the form, and stand on Översikt."""
    page.goto("/")
    page.get_by_label("Användarnamn").fill(person.username)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def somebody_else(new_context: Callable[..., BrowserContext], person: User) -> Page:
    """Return a page in a browser of their own, where the person has logged in."""
    page = new_context().new_page()
    enter(page, person)
    return page


def take_up(page: Page, sentence: str, action: str) -> None:
    """Go to Översikt, find what waits by a part of its sentence, and open it by its action."""
    page.goto("/")
    page.get_by_role("listitem").filter(has_text=sentence).get_by_role("link", name=action).click()


def told(page: Page, sentence: str) -> None:
    """Expect a confirmation that says this."""
    expect(page.get_by_role("region", name="Meddelanden")).to_contain_text(sentence)
