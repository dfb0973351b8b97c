"""Plans of the demo: last year's and this year's adopted by the right two, next year's on its way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone

from exchange.demo.events import END, Event
from exchange.demo.stories import QUIRKS, Story
from exchange.demo.teams import Team, team_of
from exchange.demo.texts import AIMS, BUDGET, EXTRA_BUDGET, GOALS, NEXT_AIM, PROGRESS, RISKS, Goal
from governance.actions import plan as plan_actions
from governance.actions import planrader
from governance.gestures import gesture
from governance.models import (
    Aktivitet,
    Budgetpost,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Informationssystem,
    Livscykel,
    Mal,
    Planavtal,
    Planrisk,
    Sida,
)
from governance.steering.plans import in_force

THOUSAND = 1000
DRAFT, FORWARD, ADOPTED = "draft", "forward", "adopted"


@dataclass(frozen=True)
class Sketch:
    """What an object's first plan is to say."""

    aim: str
    goals: dict[Sida, list[Goal]]
    budget: list[tuple[Sida, str, str, Decimal]]
    risks: list[tuple[str, int, int, str]]


def plans(story: Story) -> Iterator[Event]:
    """Yield the plans of one object, and how its goals are followed up, in order."""
    name, first = story.name, story.first
    sketch = sketch_of(story)
    yield first - 7, lambda: draft_first(story, sketch)
    yield from adopted(name, first)
    yield from measured(story, first + 30, story.second - 10, story.calendar.last_from)
    if story.has("no_plan"):
        yield from left_undecided(story)
        return
    yield story.second - 10, lambda: draft_again(story, *this_year(story), raised=3)
    yield from adopted(name, story.second)
    if story.has("revised"):
        yield story.second + 8, lambda: draft_again(story, *this_year(story), raised=6)
        yield from adopted(name, story.second + 9, by_it=1, by_owner=2)
    yield from measured(story, story.opened + 10, END - 8, story.calendar.this_from)
    yield from ahead(story)


def sketch_of(story: Story) -> Sketch:
    """Choose what an object's first plan says."""
    random, deep = story.random, story.full
    base = random.randint(700, 1500) + (random.randint(400, 1600) if deep else 0)
    rows = (*BUDGET, *(EXTRA_BUDGET if deep else ()))
    return Sketch(
        aim=random.choice(AIMS),
        goals={side: random.sample(GOALS[side], 2 if deep else 1) for side in Sida},
        budget=[
            (side, slag, title, Decimal(base * share // 100 * THOUSAND))
            for side, slag, title, share in rows
        ],
        risks=random.sample(RISKS, 3 if deep else 2),
    )


def open_systems(objekt: Forvaltningsobjekt) -> list[Informationssystem]:
    """Return the systems in use that everybody may know of."""
    rows = objekt.systems.filter(skyddsvard=False)
    return list(
        rows.exclude(livscykel__in=[Livscykel.AVVECKLAT, Livscykel.PLANERAT]).order_by("pk")
    )


def draft_first(story: Story, sketch: Sketch) -> None:
    """Let the two leaders write last year's plan, each side its own."""
    team, calendar = team_of(story.name), story.calendar
    period: dict[str, Any] = {
        "period_from": calendar.last_from,
        "period_to": calendar.this_from - timedelta(days=1),
    }
    with gesture(team.leader, "create"):
        plan = plan_actions.create(team.leader, team.objekt, summary=sketch.aim, **period)
        write_side(team, plan, sketch, Sida.VERKSAMHET)
        for title, likely, grave, measure in sketch.risks:
            row: dict[str, Any] = {"likelihood": likely, "consequence": grave, "measure": measure}
            planrader.add(team.leader, plan, Planrisk, title=title, **row)
        for avtal in team.objekt.avtal.order_by("pk"):
            planrader.add(team.leader, plan, Planavtal, avtal=avtal)
    with gesture(team.leads(Sida.IT), "change"):
        write_side(team, plan, sketch, Sida.IT)


def write_side(team: Team, plan: Forvaltningsplan, sketch: Sketch, side: Sida) -> None:
    """Write one side's goals, activities and budget."""
    by, systems = team.leads(side), open_systems(team.objekt)
    months = iter((0, 2, 4, 6))
    for number, goal in enumerate(sketch.goals[side]):
        system = systems[number % len(systems)] if systems else None
        words = {"system": system or team.objekt}
        title = goal.title.format(**words)
        mal = planrader.add(by, plan, Mal, sida=side, title=title, measure=goal.measure)
        for title, frame in goal.activities:
            begins = plan.period_from + timedelta(days=30 * next(months))
            planrader.add(
                by,
                plan,
                Aktivitet,
                sida=side,
                title=title.format(**words),
                mal=mal,
                system=system if "{system}" in title else None,
                ram=Decimal(frame * THOUSAND),
                starts_on=begins,
                ends_on=min(begins + timedelta(days=140), plan.period_to),
            )
    for of, slag, title, amount in sketch.budget:
        if of == side:
            planrader.add(by, plan, Budgetpost, sida=side, slag=slag, title=title, belopp=amount)


def adopted(name: str, day: int, by_owner: int = 3, by_it: int = 5) -> Iterator[Event]:
    """Yield that the latest draft is put forward and signed by the two owners, some days later."""
    yield day, lambda: put_forward(name)
    signatures = sorted([(by_owner, Sida.VERKSAMHET), (by_it, Sida.IT)])
    for later, side in signatures:
        yield day + later, partial(sign, name, side)


def put_forward(name: str) -> None:
    """Put the latest draft forward, by the förvaltningsledare."""
    team = team_of(name)
    plan_actions.put_forward(team.leader, team.objekt.forvaltningsplan.latest("number"))


def sign(name: str, side: Sida) -> None:
    """Sign the plan that was put forward last, by the owner of a side who has read it."""
    team = team_of(name)
    plan = team.objekt.forvaltningsplan.latest("number")
    plan_actions.sign(team.owns(side), plan, sida=side, content_hash=plan.content_hash)


def this_year(story: Story) -> tuple[date, date]:
    """Return the period of this year's plan; one that soon ends is shorter than the year."""
    calendar = story.calendar
    if story.has("plan_ends") and not calendar.is_closing:
        return calendar.this_from, calendar.today + timedelta(days=50 + story.number % 30)
    return calendar.this_from, calendar.this_to


def draft_again(story: Story, first: date, last: date, raised: int) -> None:
    """Begin a plan with the one before, raise the budget by some hundredths, and add to it."""
    team = team_of(story.name)
    latest = team.objekt.forvaltningsplan.latest("number")
    with gesture(team.leader, "create"):
        plan = plan_actions.begin_version(team.leader, latest, period_from=first, period_to=last)
        plan_actions.change(team.leader, plan, summary=NEXT_AIM)
        for post in Budgetpost.objects.filter(plan=plan, sida=Sida.VERKSAMHET):
            planrader.change(team.leader, post, belopp=more(post.belopp, raised))
    it = team.leads(Sida.IT)
    with gesture(it, "change", "Nya priser från leverantören"):
        for post in Budgetpost.objects.filter(plan=plan, sida=Sida.IT):
            planrader.change(it, post, belopp=more(post.belopp, raised + 2))


def more(amount: Decimal, hundredths: int) -> Decimal:
    """Return an amount raised, in whole thousands."""
    return Decimal(int(amount) * (100 + hundredths) // 100 // THOUSAND * THOUSAND)


def left_undecided(story: Story) -> Iterator[Event]:
    """Yield how this year's plan stalled: never begun, a draft, or waiting for both owners."""
    stage = QUIRKS["no_plan"].index(story.name)
    if stage:
        yield story.second, lambda: draft_again(story, *this_year(story), raised=3)
    if stage == 2:
        yield END - 37, lambda: put_forward(story.name)


def ahead(story: Story) -> Iterator[Event]:
    """Yield how far next year's plan has come."""
    name, aim = story.name, how_far(story)
    begins = story.calendar.today.year + 1
    first = this_year(story)[1] + timedelta(days=1)
    last = date(begins, 12, 31)
    if not aim:
        return
    started = END - 42 - story.number % 9 if aim == ADOPTED else END - 16 - story.number % 5
    yield started, lambda: draft_again(story, first, last, raised=2)
    if aim == ADOPTED:
        yield from adopted(name, started + 9)
    if aim == FORWARD:
        yield END - 9, lambda: put_forward(name)
        if story.has("unsigned_it"):
            yield END - 7, lambda: sign(name, Sida.VERKSAMHET)
        if story.has("unsigned_verksamhet"):
            yield END - 7, lambda: sign(name, Sida.IT)


def how_far(story: Story) -> str:
    """Return how far next year's plan has come; when the year soon ends most are adopted."""
    if any(story.has(quirk) for quirk in ("unsigned", "unsigned_it", "unsigned_verksamhet")):
        return FORWARD
    if story.has("draft") or story.has("plan_ends"):
        return DRAFT
    if story.calendar.is_closing:
        return ADOPTED
    return DRAFT if story.number % 6 else ""


def measured(story: Story, first: int, last: int, begins: date) -> Iterator[Event]:
    """Yield that the goals of the plan in force are followed up between two days."""
    if last - first < 20:
        return
    for day in story.days(first, last, 2 if story.full else 1):
        share = (story.calendar.date_of(day) - begins).days / 365
        percents = [min(int(share * story.random.uniform(75, 115)), 100) for _ in range(4)]
        note = story.random.choice(PROGRESS)
        yield day, partial(measure, story.name, percents, note)


def measure(name: str, percents: list[int], note: str) -> None:
    """Note how far the goals of the plan in force have come, each side its own."""
    team, today = team_of(name), timezone.localdate()
    goals = Mal.objects.filter(plan__in=in_force(team.objekt)).select_related("plan__objekt")
    for goal, percent in zip(goals.order_by("pk"), percents, strict=False):
        planrader.measure(team.leads(goal.sida), goal, on=today, percent=percent, note=note)
