"""Money of the demo: costs month by month, call-offs and deliveries, money given, cost reports."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Sum

from exchange.demo.events import END, Event
from exchange.demo.stories import Story
from exchange.demo.teams import Team, team_of
from governance.actions import avrop as avrop_actions
from governance.actions import delgivning, kostnad, kostnadsrapport, tilldelning
from governance.models import (
    Avrop,
    Avtal,
    Budgetpost,
    Forvaltningsplan,
    Informationssystem,
    Kostnad,
    Sida,
)
from governance.steering import notice
from governance.steering.plans import in_force

INVOICE = {
    "personal": "Arbetad tid",
    "utbildning": "Kurser",
    "utveckling": "Arbete med ny version",
    "licens": "Licenser",
    "drift": "Drift",
}
CALLED_OFF = (
    ("Konsult för ny version", 96, "Förstudie"),
    ("Hjälp med samband", 64, "Samband i prov"),
    ("Utbildningsdagar för användare", 38, "Två utbildningsdagar"),
)


def money(story: Story) -> Iterator[Event]:
    """Yield what one object costs and is given, in order."""
    name, calendar = story.name, story.calendar
    year_begins = calendar.day_of(calendar.this_from)
    yield from paid(story, story.first + 14, year_begins - 9, END)
    if not story.has("no_plan"):
        yield from paid(story, story.opened, calendar.day_of(calendar.this_to) - 12, END - 10)
    if story.full:
        yield from called_off(story)
        yield from reported(story)
        yield story.second + 7, lambda: give(name, 400, "Medel enligt planen", within=True)
    if story.number % 5 == 0:
        why = "Extra medel för säkerhetsuppdatering"
        yield year_begins - 100, lambda: give(name, 75, why)
        yield END - 50, lambda: give(name, 60, why)
    yield from awkward(story)


def paid(story: Story, first: int, last: int, until: int) -> Iterator[Event]:
    """Yield the invoices of a year: each line of the budget in turn, twice, or in brief once."""
    times = 2 if story.full else 1
    for turn, day in enumerate(story.days(first, last, 2 * times)):
        shares = [story.random.uniform(0.74, 0.95) / times for _ in Sida]
        if day < until:
            yield day, partial(pay, story.name, turn, shares)


def pay(name: str, turn: int, shares: list[float]) -> None:
    """Register an invoice on every other line of the budget and let it be attested."""
    team = team_of(name)
    held = drift_of(team)
    for side in Sida:
        posts = Budgetpost.objects.filter(plan__in=in_force(team.objekt), sida=side).order_by("pk")
        if side == Sida.VERKSAMHET:
            posts = posts.exclude(slag="utveckling")  # it is for call-offs
        share = shares[side == Sida.IT]
        for post in list(posts)[turn % 2 :: 2]:
            title = f"{INVOICE[post.slag]}, del {turn // 2 + 1}"
            amount = rounded(post.belopp * int(share * 1000) / 1000)
            made = cost(team, side, title, amount, post, held if post.slag == "drift" else None)
            kostnad.judge(team.owns(side), made, attest=True)


def rounded(amount: Decimal) -> Decimal:
    """Return an amount in whole tens of kronor."""
    return Decimal(int(amount) // 10 * 10)


def drift_of(team: Team) -> Avtal | None:
    """Return the agreement in force that pays for the drift, if there is one that all may know of."""
    rows = team.objekt.avtal.filter(slag="drift").exclude(avtalssystem__system__skyddsvard=True)
    found: Avtal | None = notice.in_force(rows, team.day).order_by("pk").first()
    return found


def cost(
    team: Team,
    side: Sida,
    title: str,
    amount: Decimal,
    post: Budgetpost | None,
    avtal: Avtal | None = None,
    avrop: Avrop | None = None,
    system: Informationssystem | None = None,
) -> Kostnad:
    """Register a cost of a side today; it waits for attest."""
    number = team.objekt.kostnad.count() + 1
    return kostnad.register(
        team.leads(side),
        team.objekt,
        sida=side,
        title=title,
        belopp=amount,
        on=team.day,
        fakturanummer=f"{team.day:%y%m}-{team.objekt.pk:02}{number:03}",
        budgetpost=post,
        avtal=avtal,
        avrop=avrop,
        system=system,
    )


def line_of(team: Team, side: Sida) -> Budgetpost | None:
    """Return the last line of a side's budget in force."""
    rows = Budgetpost.objects.filter(plan__in=in_force(team.objekt), sida=side)
    return rows.order_by("pk").last()


def called_off(story: Story) -> Iterator[Event]:
    """Yield call-offs from the framework agreement with what was delivered on them."""
    name = story.name
    chosen = story.random.sample(CALLED_OFF, 2)
    for (title, amount, delivered), day in zip(chosen, (story.first + 50, 560), strict=True):
        yield day, partial(call_off, name, title, amount)
        yield day + 31, partial(deliver, name, delivered)
        if story.number % 4 == 0:
            yield day + 34, lambda: judge_delivery(name, approve=False)
            yield day + 45, partial(deliver, name, f"{delivered}, rättad")
        yield day + 48, lambda: judge_delivery(name, approve=True)
        yield day + 55, lambda: pay_delivery(name)
    if story.has("delivery"):
        yield END - 6, lambda: deliver(name, "Etapp 2: ny version i prov")


def call_off(name: str, title: str, thousands: int) -> None:
    """Call off from the framework agreement, by the förvaltningsledare."""
    team = team_of(name)
    ram = team.objekt.avtal.filter(slag="ram").first()
    if ram is not None:
        amount = Decimal(thousands * 1000)
        avrop_actions.call_off(team.leader, ram, title=title, belopp=amount, on=team.day)


def latest(team: Team) -> Avrop | None:
    """Return the call-off made last."""
    return team.objekt.avrop.order_by("pk").last()


def deliver(name: str, title: str) -> None:
    """Register a delivery on the last call-off, by the IT side; it waits for approval."""
    team = team_of(name)
    called = latest(team)
    if called is not None:
        avrop_actions.register_leverans(team.leads(Sida.IT), called, title=title, on=team.day)


def judge_delivery(name: str, *, approve: bool) -> None:
    """Approve the last delivery or send it back, by the förvaltningsledare."""
    team = team_of(name)
    called = latest(team)
    if called is not None:
        note = "" if approve else "Två av kraven är inte uppfyllda."
        delivered = called.leveranser.latest("pk")
        avrop_actions.judge(team.leader, delivered, approve=approve, note=note)


def pay_delivery(name: str) -> None:
    """Pay the call-off whose delivery was approved."""
    team = team_of(name)
    called = latest(team)
    if called is not None:
        post, amount = line_of(team, Sida.VERKSAMHET), called.belopp
        made = cost(team, Sida.VERKSAMHET, called.title, amount, post, called.avtal, called)
        kostnad.judge(team.owner, made, attest=True)


def give(name: str, thousands: int, decision: str, *, within: bool = False) -> None:
    """Give the object money, within the plan adopted last or outside any, by the objektägare."""
    team = team_of(name)
    plans = team.objekt.forvaltningsplan.filter(status=Forvaltningsplan.Status.FASTSTALLD)
    tilldelning.allocate(
        team.owner,
        team.objekt,
        sida=Sida.IT,
        belopp=Decimal(thousands * 1000),
        on=team.day,
        plan=plans.latest("number") if within else None,
        decision=decision,
    )


def reported(story: Story) -> Iterator[Event]:
    """Yield what each side reports of its costs, and that it is read."""
    for day in (story.first + 130, END - 40):
        for side in Sida:
            yield day, partial(report, story.name, side)
            if day < END - 40 or not story.has("unread"):
                yield day + 4, partial(read, story.name, side)


def report(name: str, side: Sida) -> None:
    """Report budget against outcome until today."""
    team = team_of(name)
    comment = "Inom budget. Mest kvar på utbildning, som kommer senare."
    kostnadsrapport.report(
        team.leads(side), team.objekt, sida=side, until=team.day, comment=comment
    )


def read(name: str, side: Sida) -> None:
    """Mark the side's last cost report as read, by everybody it reached."""
    team = team_of(name)
    sent = team.objekt.kostnadsrapport.filter(sida=side).latest("pk")
    for row in sent.delgivningar.select_related("person"):
        delgivning.mark_read(row.person, sent)


def awkward(story: Story) -> Iterator[Event]:
    """Yield costs above the budget, one sent back, and those that wait for attest."""
    name = story.name
    if story.has("above_budget"):
        yield END - 20, lambda: exceed(name, Sida.VERKSAMHET, "Konsulter utöver planen")
    if story.has("above_it_budget"):
        yield END - 19, lambda: exceed(name, Sida.IT, "Akut byte av servrar")
    if story.has("hidden"):
        yield END - 18, lambda: exceed(name, Sida.IT, "Granskning av skyddet", hidden=True)
    if story.has("sent_back"):
        yield END - 8, lambda: send_back(name)
    if story.has("to_attest"):
        yield END - 9, lambda: wait(name, Sida.VERKSAMHET, "Kursledare", 18_900)
        yield END - 9, lambda: wait(name, Sida.IT, "Övervakning på natten", 42_750)
    elif story.number % 7 == 3:
        yield END - 12, lambda: wait(name, Sida.IT, "Extra lagring", 9_480)


def exceed(name: str, side: Sida, title: str, *, hidden: bool = False) -> None:
    """Pay so much that the side's budget of the year is exceeded, by some six hundredths.

    `hidden` pays it for a skyddsvärt system, so that not everybody may know that it is exceeded.
    """
    team = team_of(name)
    system = team.objekt.systems.filter(skyddsvard=True).first() if hidden else None
    plan = in_force(team.objekt).get()
    rows: Any = {"objekt": team.objekt, "sida": side, "on__gte": plan.period_from}
    given = team.objekt.tilldelning.filter(sida=side, plan=None, on__gte=plan.period_from)
    budget = total(Budgetpost.objects.filter(plan=plan, sida=side)) + total(given)
    left = budget * 106 / 100 - total(Kostnad.objects.filter(**rows, status="attesterad"))
    made = cost(team, side, title, rounded(left), line_of(team, side), system=system)
    kostnad.judge(team.owns(side), made, attest=True)


def total(rows: Any) -> Decimal:
    """Return the sum of rows of money."""
    return rows.aggregate(sum=Sum("belopp", default=Decimal(0)))["sum"]  # type: ignore[no-any-return]


def send_back(name: str) -> None:
    """Let the objektägare send a cost back."""
    team = team_of(name)
    made = cost(team, Sida.VERKSAMHET, "Resor", Decimal(12_400), None)
    note = "Resan hör till en annan förvaltning."
    kostnad.judge(team.owner, made, attest=False, note=note)


def wait(name: str, side: Sida, title: str, amount: int) -> None:
    """Register a cost that waits for attest."""
    team = team_of(name)
    cost(team, side, title, Decimal(amount), line_of(team, side))
