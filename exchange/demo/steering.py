"""What follows from the plans of the demo: uppdrag, ärenden, reports, judgements, documents."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from exchange.demo.events import END, SCHOOL, Event, find, holder
from exchange.demo.plans import LEADER, OWNER, day_of, planned
from governance.actions import (
    arende,
    avvikelse,
    bedomning,
    delgivning,
    statusrapport,
    styrdokument,
    uppdrag,
    utvardering,
)
from governance.models import Arende, Livscykel, Sida, Styrdokument, Uppdrag
from governance.steering.frames import activities

if TYPE_CHECKING:
    from exchange.demo.municipality import World

STEERED = (
    SCHOOL,
    "Ärendehantering",
    "Bygglov",
    "Lokalbokning",
    "Antagning",
    "Barn och unga",
    "Bibliotek",
)
"""The objects that have come so far; the others still lack a plan, and the findings say so."""

# What each side thinks, system by system: they differ about the second and the fourth.
THOUGHT = (
    ("vidmakthalla", "vidmakthalla"),
    ("utveckla", "konsolidera"),
    ("utveckla", "utveckla"),
    ("vidmakthalla", "avveckla"),
    ("vidmakthalla", "vet_ej"),
)
WHY = {
    "vidmakthalla": "Systemet gör det som behövs.",
    "utveckla": "Fler i verksamheten kan ha nytta av det.",
    "konsolidera": "Ett annat system i kommunen gör samma sak.",
    "avveckla": "Leverantören har slutat utveckla det.",
    "vet_ej": "Vi behöver veta mer om hur det används.",
}


def steering(world: "World", begun: dict[str, int]) -> Iterator[Event]:
    """Yield the steering of the objects that have come so far."""
    for name in STEERED:
        yield from planned(world, name, begun[name])
        yield from followed(world, name, begun[name])


def followed(world: "World", name: str, begun: int) -> Iterator[Event]:
    """Yield what comes of one object's plans."""
    first = max(begun + 30, day_of(world, date((world.start + timedelta(days=END)).year - 1, 1, 2)))
    yield first + 20, lambda: initiate(name, done=True)
    yield first + 30, lambda: issue(name, "Riktlinje för informationssäkerhet", acknowledged=True)
    yield first + 50, lambda: report(name, "gron", read=True)
    yield first + 80, lambda: deviate(name, handled=True)
    yield first + 90, lambda: refer(name, "Flytta driften till kommunens datahall", True)
    yield first + 110, lambda: evaluate(name)
    yield first + 120, lambda: refer(name, "Köpa en app till", False)
    yield 640, lambda: judge(name)
    yield END - 45, lambda: raise_matter(name)
    yield END - 12, lambda: report(name, "gul", read=False)
    yield END - 9, lambda: initiate(name, done=False)
    yield END - 8, lambda: deviate(name, handled=False)
    yield END - 5, lambda: issue(name, "Anvisning för behörigheter", acknowledged=False)


def initiate(name: str, *, done: bool) -> None:
    """Initiate an uppdrag from each side's first activity; those of last year are done."""
    objekt = find(name)
    for side in Sida:
        activity = activities(objekt).filter(sida=side).order_by("pk").first()
        if activity is None:
            continue
        work = uppdrag.initiate(
            holder(objekt, LEADER[side]),
            objekt,
            aktivitet=activity,
            title=f"{activity.title}, steg ett",
            assignee="Leverantören" if side == Sida.IT else "Systemförvaltarna",
            belopp=Decimal(45_000),
        )
        if done or side == Sida.IT:
            carry_on(work, LEADER[side], done=done)


def carry_on(work: Uppdrag, role: str, *, done: bool) -> None:
    """Decide an uppdrag and start it, and let it be done."""
    leader = holder(work.objekt, role)
    work = uppdrag.start(leader, uppdrag.decide(leader, work, priority=1))
    if done:
        uppdrag.complete(leader, work)


def issue(name: str, title: str, *, acknowledged: bool) -> None:
    """Let the objektägare issue a document, which the förvaltningsledare acknowledges or not."""
    objekt, today = find(name), timezone.localdate()
    document: Styrdokument = styrdokument.issue(
        holder(objekt, "objektagare"),
        objekt,
        title=title,
        edition=str(today.year),
        decided_on=today - timedelta(days=14),
        text="Vad som gäller för alla som arbetar i systemen.",
        for_it=acknowledged,
    )
    if acknowledged:
        for role in LEADER.values():
            styrdokument.acknowledge(holder(objekt, role), document)


def report(name: str, stands: str, *, read: bool) -> None:
    """Report how each side stands, to its owner."""
    objekt, today = find(name), timezone.localdate()
    for side in Sida:
        sent = statusrapport.report(
            holder(objekt, LEADER[side]),
            objekt,
            sida=side,
            period_from=today - timedelta(days=90),
            period_to=today,
            mal_lage="gron",
            tid_lage=stands,
            kostnad_lage="gron",
            summary="Arbetet följer planen."
            if stands == "gron"
            else "Versionsbytet drar ut på tiden.",
            next_steps="Utbilda fler användare.",
        )
        if read:
            delgivning.mark_read(holder(objekt, OWNER[side]), sent)


def deviate(name: str, *, handled: bool) -> None:
    """Report a deviation of IT to the styrgrupp, which handles it or has not yet."""
    objekt, today = find(name), timezone.localdate()
    told = avvikelse.report(
        holder(objekt, "forvaltningsledare_it"),
        objekt,
        sida=Sida.IT,
        title="Provet av nya versionen blir en månad sent",
        description="Leverantören saknar folk till i vår.",
        paverkar="tid",
        proposal="Flytta utbildningen till hösten.",
        on=today - timedelta(days=3),
    )
    if handled:
        owner = holder(objekt, "objektagare_it")
        delgivning.mark_read(owner, told)
        avvikelse.handle(owner, told, handling="Utbildningen flyttas till hösten.")


def raise_matter(
    name: str, title: str = "Införa e-legitimation för elever och vårdnadshavare"
) -> Arende:
    """Put a matter outside the plan before the styrgrupp."""
    objekt = find(name)
    return arende.refer(
        holder(objekt, "forvaltningsledare"),
        objekt,
        title=title if name == SCHOOL else "Införa inloggning med e-legitimation",
        description="Behovet kom efter att planen fastställdes.",
        belopp=Decimal(150_000),
    )


def refer(name: str, title: str, granted: bool) -> None:
    """Put a matter before the styrgrupp and let both sides decide it."""
    objekt = find(name)
    matter = arende.refer(
        holder(objekt, "forvaltningsledare"),
        objekt,
        title=title,
        description="Ryms inte i planen för året.",
        belopp=Decimal(80_000),
    )
    for role in OWNER.values():
        note = "" if granted else "Vi använder det vi har."
        matter = arende.take_position(holder(objekt, role), matter, bifall=granted, note=note)


def evaluate(name: str) -> None:
    """Let the objektägare look back; the next evaluation is due next year, for one it is late."""
    objekt, today = find(name), timezone.localdate()
    utvardering.record(
        holder(objekt, "objektagare"),
        objekt,
        on=today,
        period_from=today - timedelta(days=110),
        period_to=today,
        works="Rollerna är bemannade och möts varje månad.",
        lacks="Rapporter om kostnader kommer sent.",
        measures="Följa upp kostnaderna varje månad.",
        next_on=today + timedelta(days=365 if name == "Bygglov" else 900),
    )


def judge(name: str) -> None:
    """Let each side judge each open system in use."""
    objekt = find(name)
    systems = objekt.systems.filter(skyddsvard=False).exclude(livscykel=Livscykel.AVVECKLAT)
    for system, thought in zip(systems.order_by("pk"), THOUGHT, strict=False):
        for side, omdome in zip(Sida, thought, strict=True):
            by = holder(objekt, LEADER[side])
            bedomning.judge(by, system, side, omdome=omdome, motivering=WHY[omdome])
