"""Judgements of the demo: what each side thinks of its systems, evaluations, steering documents."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from exchange.demo.events import END, Event
from exchange.demo.plans import open_systems
from exchange.demo.stories import Story
from exchange.demo.teams import team_of
from governance.actions import bedomning, styrdokument, utvardering
from governance.models import Sida, Styrdokument

# What both sides think of a system, and how many in a hundred; where they differ, they need to meet.
THOUGHT = (
    (("vidmakthalla", "vidmakthalla"), 40),
    (("utveckla", "utveckla"), 22),
    (("konsolidera", "konsolidera"), 7),
    (("avveckla", "avveckla"), 7),
    (("vidmakthalla", "konsolidera"), 4),
    (("utveckla", "vidmakthalla"), 4),
    (("utveckla", "avveckla"), 2),
    (("vidmakthalla", "avveckla"), 3),
    (("vet_ej", "vidmakthalla"), 2),
    (("vidmakthalla", ""), 5),
    (("", ""), 4),
)
WHY = {
    "vidmakthalla": (
        "Systemet gör det som behövs.",
        "Fungerar bra; nyttan med mer står inte i proportion till kostnaden.",
    ),
    "utveckla": (
        "Fler i verksamheten kan ha nytta av det.",
        "Nya krav i lagen nästa år kräver ny funktion.",
    ),
    "konsolidera": (
        "Ett annat system i kommunen gör samma sak.",
        "Två förvaltningar har köpt var sitt; ett räcker.",
    ),
    "avveckla": (
        "Leverantören har slutat utveckla det.",
        "Används av få och uppgifterna finns på annat håll.",
    ),
    "vet_ej": ("Vi behöver veta mer om hur det används.",),
}
DOCUMENTS = (
    ("Riktlinje för informationssäkerhet", "Vad som gäller för alla som arbetar i systemen."),
    ("Anvisning för behörigheter", "Vem som får beställa, ändra och avsluta behörighet."),
    ("Dokumenthanteringsplan", "Vad som bevaras, vad som gallras och när."),
)
WORKS = (
    "Rollerna är bemannade och möts varje månad.",
    "Besluten kommer i tid och alla vet vem som tar dem.",
    "Samarbetet mellan verksamhet och IT fungerar bättre än förra året.",
)
LACKS = (
    "Rapporter om kostnader kommer sent.",
    "För få kan ersätta förvaltningsledaren.",
    "Användarna vet inte alltid vart de ska vända sig.",
)
MEASURES = (
    "Följa upp kostnaderna varje månad.",
    "Utse en ersättare före sommaren.",
    "Skriva kontaktvägarna på intranätet.",
)


def judgements(story: Story) -> Iterator[Event]:
    """Yield what the two sides of one object judge, look back on and hand down."""
    random, name = story.random, story.name
    thoughts, weights = zip(*THOUGHT, strict=True)
    chosen = random.choices(thoughts, weights, k=6)
    for side, place in ((Sida.VERKSAMHET, 0), (Sida.IT, 1)):
        said = [thought[place] for thought in chosen]
        day = END - 150 + story.number + place * 11
        yield day, partial(judge, name, side, said)
    if story.full and story.number % 2:
        yield END - 31, lambda: think_again(name)
    yield from looked_back(story)
    yield from handed_down(story)


def judge(name: str, side: Sida, thoughts: list[str]) -> None:
    """Let a side judge each of its systems in use."""
    team = team_of(name)
    for number, (system, thought) in enumerate(
        zip(open_systems(team.objekt), thoughts, strict=False)
    ):
        if thought:
            why = WHY[thought][number % len(WHY[thought])]
            by = team.leads(side) if number % 3 else team.owns(side)
            bedomning.judge(by, system, side, omdome=thought, motivering=why)


def think_again(name: str) -> None:
    """Let the objektägare think better of the first system, after a new version."""
    team = team_of(name)
    why = "Den nya versionen gör att fler kan använda det."
    for system in open_systems(team.objekt)[:1]:
        for side in Sida:
            bedomning.judge(team.owns(side), system, side, omdome="utveckla", motivering=why)


def looked_back(story: Story) -> Iterator[Event]:
    """Yield evaluations of the organisation; the next is due within a year, or is late."""
    name, number = story.name, story.number
    late = story.has("not_evaluated")
    if story.full or late:
        due = END - 20 - story.first - 110 if late else 365
        yield story.first + 110, lambda: evaluate(name, number, due)
    if not late:
        yield END - 200 + number, lambda: evaluate(name, number + 1, 365)


def evaluate(name: str, turn: int, again_in: int) -> None:
    """Let the objektägare look back on how the organisation works."""
    team = team_of(name)
    utvardering.record(
        team.owner,
        team.objekt,
        on=team.day,
        period_from=team.day - timedelta(days=100),
        period_to=team.day,
        works=WORKS[turn % len(WORKS)],
        lacks=LACKS[turn % len(LACKS)],
        measures=MEASURES[turn % len(MEASURES)],
        next_on=team.day + timedelta(days=again_in),
    )


def handed_down(story: Story) -> Iterator[Event]:
    """Yield steering documents and who has acknowledged them: most, not all."""
    name = story.name
    first, second = story.random.sample(DOCUMENTS, 2)
    yield story.first + 35, lambda: issue(name, first)
    for side in Sida:
        yield story.first + 39, partial(acknowledge, name, side)
    if story.full or story.has("unacknowledged"):
        yield END - 75, lambda: issue(name, second)
        if not story.has("unacknowledged"):
            yield END - 71, lambda: acknowledge(name, Sida.VERKSAMHET)
        if story.number % 3:
            yield END - 69, lambda: acknowledge(name, Sida.IT)


def issue(name: str, about: tuple[str, str]) -> None:
    """Let the objektägare issue a document to both leaders."""
    team, (title, text) = team_of(name), about
    styrdokument.issue(
        team.owner,
        team.objekt,
        title=title,
        edition=str(team.day.year),
        decided_on=team.day - timedelta(days=14),
        text=text,
        for_it=True,
    )


def acknowledge(name: str, side: Sida) -> None:
    """Acknowledge the document that was issued last, by who leads a side."""
    team = team_of(name)
    document: Styrdokument = team.objekt.styrdokument.latest("pk")
    styrdokument.acknowledge(team.leads(side), document)
