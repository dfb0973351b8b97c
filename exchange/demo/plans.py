"""Plans, agreements and money of the demo municipality: two years behind, one ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from exchange.demo.events import END, Event, find, holder
from governance.actions import avrop as avrop_actions
from governance.actions import avtal as avtal_actions
from governance.actions import avtal_signing, kostnad, planrader, tilldelning
from governance.actions import plan as plan_actions
from governance.models import (
    Aktivitet,
    Avtal,
    Budgetpost,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Kostnad,
    Livscykel,
    Mal,
    Planavtal,
    Planrisk,
    Sida,
)
from governance.steering.plans import in_force

if TYPE_CHECKING:
    from exchange.demo.municipality import World

LEADER = {Sida.VERKSAMHET: "forvaltningsledare", Sida.IT: "forvaltningsledare_it"}
OWNER = {Sida.VERKSAMHET: "objektagare", Sida.IT: "objektagare_it"}

# side: goal | how it is measured
GOALS = {
    Sida.VERKSAMHET: ("Färre frågor till servicecenter", "Antal ärenden i månaden"),
    Sida.IT: ("Säker och stabil drift", "Timmar utan avbrott, varje månad"),
}
# side, title, frame in kronor, months from the start: begins, ends
ACTIVITIES = (
    (Sida.VERKSAMHET, "Utbilda nya användare", 120_000, 1, 5),
    (Sida.VERKSAMHET, "Se över rutiner och mallar", 60_000, 3, 9),
    (Sida.IT, "Byta till ny version", 240_000, 2, 10),
    (Sida.IT, "Pröva återläsning av säkerhetskopior", 40_000, 8, 11),
)
BUDGET = (
    (Sida.VERKSAMHET, "utbildning", "Utbildning och stöd", 180_000),
    (Sida.VERKSAMHET, "personal", "Tid för systemförvaltning", 420_000),
    (Sida.IT, "licens", "Licenser", 310_000),
    (Sida.IT, "drift", "Drift och övervakning", 260_000),
)
RISKS = (
    ("Leverantören slutar stödja versionen", 2, 3, "Byt version i god tid."),
    ("Få personer kan systemet", 3, 2, "Utbilda en ersättare för varje uppgift."),
)


@dataclass(frozen=True)
class Terms:
    """An agreement of the demo: its kind and name, and how it stands today."""

    slag: str
    title: str
    value: int | None
    ends_in: int | None
    notice_months: int = 3
    extends: int | None = 12
    extends_itself: bool = False


AGREEMENTS = (
    # The last day to give notice is some 45 days away.
    Terms("drift", "Drift av systemen", 900_000, 137, extends_itself=True),
    # The last day to give notice has passed: it ends in 50 days.
    Terms("support", "Support på vardagar", 240_000, 50),
    Terms("licens", "Licenser för alla användare", 620_000, 500),
    Terms("service", "Service och uppdateringar", 180_000, 420, extends=None),
    Terms("ram", "Konsulter inom förvaltningen", 1_500_000, 600),
    Terms("pub", "Behandling av personuppgifter", None, None, notice_months=1, extends=None),
)


def day_of(world: "World", day: date) -> int:
    """Return a day of the calendar as a day of the demo."""
    return (day - world.start.date()).days


def planned(world: "World", name: str, begun: int) -> Iterator[Event]:
    """Yield the plans of one object with its agreements and its money, in order."""
    year = (world.start + timedelta(days=END)).year
    first = max(begun + 30, day_of(world, date(year - 1, 1, 2)))
    second = max(first + 30, day_of(world, date(year - 1, 12, 10)))
    signed = max(second + 3, day_of(world, date(year, 1, 2)))
    yield first, lambda: first_plan(world, name, year - 1)
    yield first + 1, lambda: sign_agreements(name)
    yield first + 40, lambda: call_off(name)
    for step in range(3):
        yield first + 60 + step * 70, lambda s=step: pay(name, s)  # type: ignore[misc]
    yield first + 200, lambda: measure(name, 70)
    yield second, lambda: next_plan(name, year)
    for step in range(4):
        day = signed + 10 + step * max((720 - signed) // 5, 1)
        yield min(day, 722), lambda s=step + 3: pay(name, s)  # type: ignore[misc]
    yield 716, lambda: measure(name, 45)
    yield 717, lambda: give(name)
    yield 723, lambda: send_back(name)
    yield 724, lambda: wait_for_attest(name)
    yield 725, lambda: deliver(name, "Etapp 2: ny version i prov")
    yield 726, lambda: draft_plan(name, year + 1)


def whole_year(year: int) -> dict[str, Any]:
    """Return the period of a year's plan."""
    return {"period_from": date(year, 1, 1), "period_to": date(year, 12, 31)}


def first_plan(world: "World", name: str, year: int) -> None:
    """Register the agreements, draft a plan that covers them, and adopt it."""
    objekt = find(name)
    leader = holder(objekt, "forvaltningsledare")
    agreements = [register(world, objekt, terms) for terms in AGREEMENTS]
    plan = plan_actions.create(
        leader, objekt, summary=f"Ett stöd som håller för {name.lower()}.", **whole_year(year)
    )
    fill(plan, agreements)
    adopt(plan)


def register(world: "World", objekt: Forvaltningsobjekt, terms: Terms) -> Avtal:
    """Register an agreement about the object's systems, by the förvaltningsledare."""
    today = world.start.date() + timedelta(days=END)
    supplier = world.suppliers[len(objekt.name) % len(world.suppliers)]
    ends = None if terms.ends_in is None else today + timedelta(days=terms.ends_in)
    return avtal_actions.create(
        holder(objekt, "forvaltningsledare"),
        objekt,
        systems=objekt.systems.filter(skyddsvard=False).exclude(livscykel=Livscykel.AVVECKLAT),
        slag=terms.slag,
        title=terms.title,
        diarienummer=f"{objekt.pk}/{100 + AGREEMENTS.index(terms)}",
        leverantor=supplier,
        contact=f"Kundansvarig, avtal@{objekt.pk}.example",
        varde=None if terms.value is None else Decimal(terms.value),
        starts_on=timezone.localdate() - timedelta(days=20),
        ends_on=ends,
        notice_months=terms.notice_months,
        extension_months=terms.extends,
        extends_itself=terms.extends_itself,
    )


def fill(plan: Forvaltningsplan, agreements: list[Avtal]) -> None:
    """Write the rows of a plan, each side its own."""
    by = {side: holder(plan.objekt, role) for side, role in LEADER.items()}
    goals = {
        side: planrader.add(by[side], plan, Mal, sida=side, title=title, measure=measured)
        for side, (title, measured) in GOALS.items()
    }
    systems = list(plan.objekt.systems.filter(skyddsvard=False).order_by("pk")[:2])
    for number, (side, title, frame, begins, ends) in enumerate(ACTIVITIES):
        planrader.add(
            by[side],
            plan,
            Aktivitet,
            sida=side,
            title=title,
            mal=goals[side],
            system=systems[number % 2] if side == Sida.IT and systems else None,
            ram=Decimal(frame),
            starts_on=date(plan.period_from.year, begins, 1),
            ends_on=date(plan.period_from.year, ends, 28),
        )
    for side, slag, title, amount in BUDGET:
        planrader.add(
            by[side], plan, Budgetpost, sida=side, slag=slag, title=title, belopp=Decimal(amount)
        )
    for title, likely, grave, measured in RISKS:
        row: dict[str, Any] = {"likelihood": likely, "consequence": grave, "measure": measured}
        planrader.add(by[Sida.VERKSAMHET], plan, Planrisk, title=title, **row)
    for avtal in agreements:
        planrader.add(by[Sida.VERKSAMHET], plan, Planavtal, avtal=avtal)


def adopt(plan: Forvaltningsplan) -> None:
    """Put a plan forward and let the two owners sign what they read."""
    plan = plan_actions.put_forward(holder(plan.objekt, "forvaltningsledare"), plan)
    for side, role in OWNER.items():
        plan_actions.sign(
            holder(plan.objekt, role), plan, sida=side, content_hash=plan.content_hash
        )


def next_plan(name: str, year: int) -> None:
    """Begin this year's plan with last year's, and adopt it."""
    adopt(draft_plan(name, year))


def draft_plan(name: str, year: int) -> Forvaltningsplan:
    """Begin a year's plan as a copy of the one before."""
    objekt = find(name)
    latest = objekt.forvaltningsplan.latest("number")
    leader = holder(objekt, "forvaltningsledare")
    return plan_actions.begin_version(leader, latest, **whole_year(year))


def sign_agreements(name: str) -> None:
    """Approve and sign within the plan: the drift by IT, the rest by the business side."""
    objekt, today = find(name), timezone.localdate()
    owner, of_it = holder(objekt, "objektagare"), holder(objekt, "objektagare_it")
    for avtal in objekt.avtal.order_by("pk"):
        by = of_it if avtal.slag == "drift" else owner
        if avtal.needs_approval:
            avtal = avtal_actions.approve(by, avtal)
        plan = avtal_signing.covering_plan(avtal, today)
        why = "" if plan else f"Beslut {objekt.pk}/{today.year}"
        avtal_signing.sign(owner if why else by, avtal, signed_on=today, decision=why)


def call_off(name: str) -> None:
    """Call off from the ramavtal; what was delivered first is approved."""
    objekt, today = find(name), timezone.localdate()
    ram = objekt.avtal.get(slag="ram")
    leader = holder(objekt, "forvaltningsledare")
    for title, amount in (("Konsult för ny version", 96_000), ("Utbildningsdagar", 38_000)):
        avrop_actions.call_off(leader, ram, title=title, belopp=Decimal(amount), on=today)
    first = deliver(name, "Etapp 1: förstudie")
    avrop_actions.judge(leader, first, approve=True)


def deliver(name: str, title: str) -> Any:
    """Register a delivery on the first call-off; it waits for approval."""
    objekt = find(name)
    called = objekt.avrop.earliest("pk")
    by = holder(objekt, "forvaltningsledare_it")
    return avrop_actions.register_leverans(by, called, title=title, on=timezone.localdate())


def cost(objekt: Forvaltningsobjekt, side: Sida, title: str, amount: int) -> Kostnad:
    """Register a cost of a side on its first line of the plan in force."""
    today = timezone.localdate()
    post = Budgetpost.objects.filter(plan__in=in_force(objekt), sida=side).order_by("pk").first()
    return kostnad.register(
        holder(objekt, LEADER[side]),
        objekt,
        sida=side,
        title=title,
        belopp=Decimal(amount),
        on=today,
        fakturanummer=f"{side[0].upper()}{objekt.pk}-{today:%m%d}",
        budgetpost=post,
    )


def pay(name: str, step: int) -> None:
    """Register and attest an invoice of each side."""
    objekt = find(name)
    for side, title in ((Sida.IT, "Faktura licenser"), (Sida.VERKSAMHET, "Faktura utbildning")):
        made = cost(objekt, side, f"{title}, del {step + 1}", 31_250 + step * 4_500)
        kostnad.judge(holder(objekt, OWNER[side]), made, attest=True)


def send_back(name: str) -> None:
    """Let the objektägare send a cost back."""
    objekt = find(name)
    made = cost(objekt, Sida.VERKSAMHET, "Faktura resor", 12_400)
    note = "Resan hör till en annan förvaltning."
    kostnad.judge(holder(objekt, "objektagare"), made, attest=False, note=note)


def wait_for_attest(name: str) -> None:
    """Register costs that wait for attest."""
    objekt = find(name)
    cost(objekt, Sida.VERKSAMHET, "Faktura kursledare", 18_900)
    cost(objekt, Sida.IT, "Faktura övervakning", 42_750)


def give(name: str) -> None:
    """Let the objektägare give the object money outside the plan."""
    objekt = find(name)
    tilldelning.allocate(
        holder(objekt, "objektagare"),
        objekt,
        sida=Sida.IT,
        belopp=Decimal(75_000),
        on=timezone.localdate(),
        decision="Extra medel för säkerhetsuppdatering",
    )


def measure(name: str, percent: int) -> None:
    """Note how far the goals of the plan in force have come, each side its own."""
    objekt, today = find(name), timezone.localdate()
    goals = Mal.objects.filter(plan__in=in_force(objekt))
    for place, goal in enumerate(goals.order_by("pk")):
        by = holder(objekt, LEADER[Sida(goal.sida)])
        planrader.measure(by, goal, on=today, percent=percent + place * 15, note="Som planerat.")
