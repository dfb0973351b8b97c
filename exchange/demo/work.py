"""Work of the demo: uppdrag from the plan, ärenden outside it, avvikelser and status reports."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial

from exchange.demo.events import END, Event
from exchange.demo.meetings import steered_on
from exchange.demo.stories import Story
from exchange.demo.teams import Team, team_of
from governance.actions import arende, avvikelse, delgivning, statusrapport, uppdrag
from governance.models import Aktivitet, Arende, Sida, Uppdrag
from governance.steering.frames import activities

MATTERS = (
    ("Flytta driften till kommunens datahall", "Avtalet om drift kan sägas upp i år.", 180),
    ("Köpa en app för läsplatta", "Personalen i fält skriver på papper i dag.", 80),
    ("Införa inloggning med e-legitimation", "Behovet kom efter att planen fastställdes.", 150),
    ("Förlänga öppettiden i supporten", "Frågor kommer in även på kvällen.", 60),
    ("Öppna registret för sökning på webben", "Många frågar efter samma uppgifter.", 95),
    ("Köpa hjälp att rätta gamla uppgifter", "Rättelsen hinns inte med i år.", 70),
)
TOLD_IN_TURN = (0, 1, 4, 5)
UNDECIDED, NEW = MATTERS[2], MATTERS[3]
DEVIATIONS = (
    (Sida.IT, "Provet av nya versionen blir en månad sent", "Leverantören saknar folk.", "tid"),
    (Sida.IT, "Driften kostar mer än i planen", "Priset på el har höjts.", "kostnad"),
    (Sida.VERKSAMHET, "Färre än väntat går utbildningen", "Vikarier saknas.", "mal"),
    (Sida.VERKSAMHET, "Fel i uppgifter som lämnats vidare", "En rutin har tappats.", "kvalitet"),
)
REFUSED = "Vi använder det vi har."
STANDS = {
    "gron": "Arbetet följer planen.",
    "gul": "Versionsbytet drar ut på tiden.",
    "rod": "Avbrotten har varit fler än vi kan godta.",
}


def work(story: Story) -> Iterator[Event]:
    """Yield what one object's leaders do within the plan and put before the styrgrupp."""
    name, late = story.name, END - 9
    yield from commissions(story)
    yield from matters(story)
    yield from reports(story)
    if story.has("undecided"):
        yield END - 46, lambda: refer(name, UNDECIDED)
    if story.has("half_decided"):
        yield END - 40, lambda: take_stand(name, Sida.VERKSAMHET, granted=True)
    if story.has("new_matter"):
        yield END - 12, lambda: refer(name, NEW)
    if story.has("hidden"):
        yield END - 50, lambda: refer_hidden(name)
    if story.has("uppdrag"):
        yield late, lambda: initiate(name, Sida.VERKSAMHET, 1)
    if story.has("deviation"):
        yield late, lambda: deviate(name, DEVIATIONS[0])
    if story.has("unread"):
        yield END - 7, lambda: report(name, Sida.VERKSAMHET, "gul")


def commissions(story: Story) -> Iterator[Event]:
    """Yield uppdrag from the first activities of each plan, done in time; in full one goes on."""
    name = story.name
    sides = tuple(Sida) if story.full else (list(Sida)[story.number % 2],)
    begun = [story.first + 40] if story.full else []
    begun += [] if story.has("no_plan") else [story.opened + 20]
    for day in begun:
        for side in sides if day < END - 30 else ():
            yield day, partial(initiate, name, side, 0)
            yield day + 2, partial(decide, name, side, 0)
            yield day + 5, partial(start, name, side, 0)
            if day + 92 < END:
                yield day + 92, partial(complete, name, side, 0)
    if story.full and story.opened < END - 45:
        yield END - 42, lambda: initiate(name, Sida.IT, 3)
        yield END - 39, lambda: decide(name, Sida.IT, 3)
        if story.number % 3:
            yield END - 35, lambda: start(name, Sida.IT, 3)
    if story.number % 7 == 1 and not story.has("no_plan"):
        yield END - 33, lambda: initiate(name, Sida.IT, 1)
        yield END - 30, lambda: abort(name, Sida.IT, 1)


def activity(team: Team, side: Sida, place: int) -> Aktivitet:
    """Return one of a side's activities in the plan in force."""
    found: Aktivitet = activities(team.objekt).filter(sida=side).order_by("pk")[place]
    return found


def initiate(name: str, side: Sida, place: int) -> None:
    """Initiate an uppdrag from a side's activity in the plan in force, within its frame."""
    team = team_of(name)
    chosen = activity(team, side, place)
    uppdrag.initiate(
        team.leads(side),
        team.objekt,
        aktivitet=chosen,
        title=f"{chosen.title}, steg ett",
        assignee="Leverantören" if side == Sida.IT else "Systemförvaltarna",
        belopp=Decimal(int((chosen.ram or 0) * 6 / 10)),
        starts_on=team.day,
        ends_on=min(team.day + timedelta(days=100), chosen.plan.period_to),
    )


def ordered(team: Team, side: Sida, place: int) -> Uppdrag:
    """Return the uppdrag that was initiated last from a side's activity in the plan in force."""
    return activity(team, side, place).uppdrag.latest("pk")


def decide(name: str, side: Sida, place: int) -> None:
    """Decide an uppdrag, and which place it has in the queue."""
    team = team_of(name)
    uppdrag.decide(team.leads(side), ordered(team, side, place), priority=1 + team.objekt.pk % 3)


def start(name: str, side: Sida, place: int) -> None:
    """Say that work on an uppdrag has begun."""
    team = team_of(name)
    uppdrag.start(team.leads(side), ordered(team, side, place))


def complete(name: str, side: Sida, place: int) -> None:
    """Say that an uppdrag is done."""
    team = team_of(name)
    uppdrag.complete(team.leads(side), ordered(team, side, place))


def abort(name: str, side: Sida, place: int) -> None:
    """End an uppdrag: the need was gone."""
    team = team_of(name)
    why = "Ingår i den nya versionen"
    uppdrag.abort(team.leads(side), ordered(team, side, place), reason=why)


def matters(story: Story) -> Iterator[Event]:
    """Yield what is put before each meeting of the styrgrupp, and decided there."""
    name, number = story.name, story.number
    for turn, day in enumerate(steered_on(story)):
        place = (number + turn) % 4
        about, told = MATTERS[TOLD_IN_TURN[place]], DEVIATIONS[place]
        granted = (number + turn) % 3 > 0
        yield day - 20, partial(refer, name, about)
        if story.full or number % 3 == 0:
            yield day - 18, partial(deviate, name, told)
            yield day + 2, lambda: handle(name)
        if number % 10 == 6 and not turn:
            yield day + 1, lambda: withdraw(name)
            continue
        for side in Sida:
            yield day + 1, partial(take_stand, name, side, granted=granted)
        if granted and story.full:
            yield day + 7, lambda: carry_out(name)
            if day + 90 < END:
                yield day + 90, lambda: finish(name)


def refer(name: str, about: tuple[str, str, int]) -> None:
    """Put a matter outside the plan before the styrgrupp."""
    team, (title, why, thousands) = team_of(name), about
    arende.refer(
        team.leader, team.objekt, title=title, description=why, belopp=Decimal(thousands * 1000)
    )


def refer_hidden(name: str) -> None:
    """Put a matter about a skyddsvärt system before the styrgrupp."""
    team = team_of(name)
    arende.refer(
        team.leader,
        team.objekt,
        title="Byta lås på uppgifterna",
        description="Granskningen visade att för många kan läsa dem.",
        system=team.objekt.systems.filter(skyddsvard=True).order_by("pk").first(),
        belopp=Decimal(45_000),
    )


def open_matter(team: Team) -> Arende:
    """Return the matter that was referred last."""
    return team.objekt.arende.latest("pk")


def take_stand(name: str, side: Sida, *, granted: bool) -> None:
    """Say bifall or avslag in the last matter, by the owner of a side."""
    team = team_of(name)
    note = "" if granted else REFUSED
    arende.take_position(team.owns(side), open_matter(team), bifall=granted, note=note)


def withdraw(name: str) -> None:
    """Take the last matter back from the styrgrupp."""
    team = team_of(name)
    arende.withdraw(team.leader, open_matter(team), reason="Behöver utredas mer")


def carry_out(name: str) -> None:
    """Initiate, decide and start what the styrgrupp has granted outside the plan."""
    team = team_of(name)
    granted = team.objekt.arende.filter(status=Arende.Status.BIFALLET).latest("pk")
    work = uppdrag.initiate(
        team.leader, team.objekt, arende=granted, title=granted.title, belopp=granted.belopp
    )
    uppdrag.start(team.leader, uppdrag.decide(team.leader, work, priority=2))


def finish(name: str) -> None:
    """Say that what the styrgrupp granted is done."""
    team = team_of(name)
    granted = team.objekt.uppdrag.filter(arende__isnull=False, status="pagar")
    uppdrag.complete(team.leader, granted.earliest("pk"))


def deviate(name: str, told: tuple[Sida, str, str, str]) -> None:
    """Report a deviation to the styrgrupp."""
    team, (side, title, why, touches) = team_of(name), told
    avvikelse.report(
        team.leads(side),
        team.objekt,
        sida=side,
        title=title,
        description=why,
        paverkar=touches,
        proposal="Ta upp det på nästa möte.",
        on=team.day - timedelta(days=3),
    )


def handle(name: str) -> None:
    """Let both owners read the last deviation and one of them say how it was met."""
    team = team_of(name)
    told = team.objekt.avvikelse.latest("pk")
    for row in told.delgivningar.select_related("person"):
        delgivning.mark_read(row.person, told)
    avvikelse.handle(team.owns(told.sida), told, handling="Vi ändrar tidplanen och följer upp.")


def reports(story: Story) -> Iterator[Event]:
    """Yield how each side reports that things stand, and that its owner has read it."""
    days = (story.first + 120, END - 170, END - 35) if story.full else (END - 60,)
    for day in days:
        for side in Sida:
            stands = story.random.choices(list(STANDS), [80, 16, 4])[0]
            yield day, partial(report, story.name, side, stands)
            yield day + 4, partial(read, story.name, side)


def report(name: str, side: Sida, stands: str) -> None:
    """Report how a side stands, to its owner."""
    team = team_of(name)
    statusrapport.report(
        team.leads(side),
        team.objekt,
        sida=side,
        period_from=team.day - timedelta(days=90),
        period_to=team.day,
        mal_lage="gron",
        tid_lage=stands,
        kostnad_lage="gul" if stands == "rod" else "gron",
        summary=STANDS[stands],
        next_steps="Utbilda fler användare och följa upp målen.",
    )


def read(name: str, side: Sida) -> None:
    """Mark the side's last status report as read, by whom it reached."""
    team = team_of(name)
    sent = team.objekt.statusrapport.filter(sida=side).latest("pk")
    for row in sent.delgivningar.select_related("person"):
        delgivning.mark_read(row.person, sent)
