"""Agreements of the demo: registered, approved, signed, extended, followed up, some terminated."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from fpdf import FPDF

from exchange.demo.events import END, Event
from exchange.demo.plans import open_systems
from exchange.demo.stories import Story
from exchange.demo.teams import Team, team_of
from governance.actions import avtal as avtal_actions
from governance.actions import avtal_signing, avtalsfiler
from governance.models import Avtal, Informationssystem, Leverantor, Livscykel
from governance.steering.notice import shift

HIDDEN = "Drift av skyddsvärda system"
EXTENDED = 12
FIELD, FIELD_ENDS = "Läsplattor med", 650
FOLLOWED_UP = (
    "Avtalet hålls. Ett avbrott i kvartalet, löst inom utlovad tid.",
    "Svarstiden i supporten är längre än avtalat; leverantören har lovat en åtgärdsplan.",
    "Priset jämfört med två andra kommuner: rimligt.",
)


@dataclass(frozen=True)
class Terms:
    """An agreement of the demo: its kind and name, value in thousands, and its end from today."""

    slag: str
    title: str
    value: int | None
    ends_in: int | None
    notice_months: int = 3
    extends: int | None = 12
    extends_itself: bool = False
    most: int = 99


WAITING = (
    ("to_sign", END - 9, Terms("licens", "Fler licenser för {system}", 95, 420)),
    (
        "to_approve",
        END - 11,
        Terms("support", "Support för {system} på kvällar", 140, 390, extends=None),
    ),
)


def terms_of(story: Story) -> list[Terms]:
    """Choose which agreements an object has, and until when."""
    random = story.random
    far = [random.randint(260, 900) for _ in range(6)]
    drift = 137 if story.has("notice") else random.randint(230, 330)
    support = 50 if story.has("notice_passed") else far[0]
    licens = Terms("licens", "Licenser för {system}", random.randint(180, 640), far[1])
    if not story.full:
        slag, title = (
            ("drift", "Drift och underhåll av {system}"),
            ("support", "Support och underhåll av {system}"),
            ("service", "Service och underhåll av {system}"),
        )[story.number % 3]
        ends = min(drift, support)
        base = Terms(slag, title, random.randint(150, 520), ends, extends_itself=ends == drift)
        return [base, licens]
    found = [
        Terms(
            "drift",
            "Drift av {system} med flera",
            random.randint(500, 1200),
            drift,
            extends_itself=True,
        ),
        Terms(
            "support",
            "Support för {system} på vardagar",
            random.randint(120, 380),
            support,
            extends=None,
        ),
        licens,
        Terms("ram", "Konsulter för {objekt}", random.randint(9, 18) * 100, far[2]),
    ]
    if story.number % 2:
        found.append(
            Terms("service", "Service på plats av {system}", 180, far[3], extends=None, most=2)
        )
    if story.number % 3:
        found.append(Terms("pub", "Personuppgifter i {system}", None, None, 1, None))
    return found


def agreements(story: Story) -> Iterator[Event]:
    """Yield the agreements of one object in order."""
    name, first, number = story.name, story.first, story.number
    suppliers = story.random.sample(story.world.suppliers, 3)
    supplier = suppliers[0]
    left_out = {n for n in range(6) if story.random.random() < 0.07}
    for terms, by in zip(terms_of(story), (*suppliers, *suppliers), strict=False):
        yield first - 9, partial(register, story, terms, by, left_out)
    yield first - 8, lambda: register_hidden(story, supplier)
    yield first + 7, lambda: approve_all(name)
    yield first + 9, lambda: sign_all(name)
    if story.full or number % 3 == 0:
        yield first + 10, lambda: keep_files(name)
    if story.full or number % 2:
        yield first + 16, lambda: buy_more(story, supplier)
        if not story.has("no_plan"):
            yield FIELD_ENDS - 60, lambda: extend(story)
    yield from kept(story)
    for quirk, day, extra in WAITING:
        if story.has(quirk):
            yield day, partial(register, story, extra, supplier, set())


def kept(story: Story) -> Iterator[Event]:
    """Yield how agreements are followed up, and one terminated."""
    notes = story.random.sample(FOLLOWED_UP, 2)
    days = (story.first + 140, 600) if story.full else (640,)
    for day, note in zip(days, notes, strict=False):
        later = END - day - 40 if story.has("old_follow_up") else 365
        yield day, partial(follow_up, story.name, note, later)
    if story.has("terminated"):
        yield END - 60, lambda: terminate(story.name)


def register(story: Story, terms: Terms, supplier: Leverantor, left_out: set[int]) -> Avtal | None:
    """Register an agreement about the object's systems, a few left out, by the förvaltningsledare."""
    team = team_of(story.name)
    chosen = [s for n, s in enumerate(open_systems(team.objekt)) if n not in left_out]
    return write(story, team, terms, supplier, chosen[: terms.most])


def register_hidden(story: Story, supplier: Leverantor) -> None:
    """Register an agreement about the skyddsvärda systems, which not every object has seen to."""
    team = team_of(story.name)
    rows = team.objekt.systems.filter(skyddsvard=True).exclude(livscykel=Livscykel.AVVECKLAT)
    if story.number % 4 != 2:
        ends = 137 if story.has("hidden") else 400
        write(story, team, Terms("drift", HIDDEN, 340, ends), supplier, list(rows))


def write(
    story: Story,
    team: Team,
    terms: Terms,
    supplier: Leverantor,
    systems: list[Informationssystem],
) -> Avtal | None:
    """Register an agreement on these terms; nothing where there is no system for it."""
    if not systems:
        return None
    today, objekt = timezone.localdate(), team.objekt
    ends = None if terms.ends_in is None else story.calendar.today + timedelta(days=terms.ends_in)
    return avtal_actions.create(
        team.leader,
        objekt,
        systems=systems,
        slag=terms.slag,
        title=terms.title.format(system=systems[0], objekt=objekt),
        diarienummer=f"{today.year}/{objekt.pk:02}-{100 + objekt.avtal.count()}",
        leverantor=supplier,
        contact=f"Kundansvarig, avtal{supplier.pk}@demo.example",
        varde=None if terms.value is None else Decimal(terms.value * 1000),
        starts_on=today - timedelta(days=today.day - 1),
        ends_on=ends,
        notice_months=terms.notice_months,
        extension_months=terms.extends,
        extends_itself=terms.extends_itself,
    )


def buy_more(story: Story, supplier: Leverantor) -> None:
    """Buy a licence outside the plan, by a decision of the objektägare: it is to be extended."""
    ends = (story.calendar.date_of(FIELD_ENDS) - story.calendar.today).days
    terms = Terms("licens", f"{FIELD} {{system}}", 60, ends, extends=EXTENDED)
    avtal = register(story, terms, supplier, set())
    if avtal is not None:
        sign(team_of(story.name), avtal)


def approve_all(name: str) -> None:
    """Approve what asks for it: the drift by the IT side, the rest by the business side."""
    team = team_of(name)
    for avtal in team.objekt.avtal.order_by("pk"):
        if avtal.needs_approval:
            avtal_actions.approve(team.owns("it") if avtal.slag == "drift" else team.owner, avtal)


def sign_all(name: str) -> None:
    """Sign what the plan covers, the drift by the IT side."""
    team = team_of(name)
    for avtal in team.objekt.avtal.filter(status=Avtal.Status.REGISTRERAT).order_by("pk"):
        sign(team, avtal)


def sign(team: Team, avtal: Avtal) -> None:
    """Sign within the plan, or outside it by a decision that only the objektägare can take."""
    within = avtal_signing.covering_plan(avtal, team.day) is not None
    by = team.owns("it") if within and avtal.slag == "drift" else team.owner
    why = "" if within else f"Beslut {team.day.year}/{team.objekt.pk:02}: ryms inte i planen"
    avtal_signing.sign(by, avtal, signed_on=team.day, decision=why)


def extend(story: Story) -> None:
    """Extend the licence that is about to end by its option."""
    team = team_of(story.name)
    until = shift(story.calendar.date_of(FIELD_ENDS), EXTENDED)
    for avtal in team.objekt.avtal.filter(title__startswith=FIELD):
        why = "Används av alla i fält"
        avtal_signing.extend(team.owner, avtal, until=until, decision=why)


def terminate(name: str) -> None:
    """Terminate an agreement that something else replaces."""
    team = team_of(name)
    avtal = team.objekt.avtal.filter(slag="licens", status=Avtal.Status.TECKNAT).earliest("pk")
    avtal_signing.terminate(
        team.owner,
        avtal,
        terminated_on=team.day,
        ceases_on=team.day + timedelta(days=150),
        reason="Licenserna ingår i kommunens gemensamma avtal från och med i vår.",
    )


def follow_up(name: str, note: str, again_in: int) -> None:
    """Note how the first signed agreement is kept, by the objektägare IT."""
    team = team_of(name)
    avtal = team.objekt.avtal.exclude(status=Avtal.Status.REGISTRERAT).order_by("pk").first()
    if avtal is not None:
        later = team.day + timedelta(days=again_in)
        by = team.owns("it")
        avtal_signing.follow_up(by, avtal, on=team.day, note=note, next_on=later)


def keep_files(name: str) -> None:
    """Keep what was signed with the first agreement, and a price list in plain text with another."""
    team = team_of(name)
    for number, avtal in enumerate(team.objekt.avtal.order_by("pk")[:3]):
        if number == 1:
            continue
        pages = price_list(avtal) if number else contract(avtal, team.day)
        title = f"Prisbilaga {avtal.pk}.txt" if number else f"{avtal.title}.pdf"
        avtalsfiler.add(team.leader, avtal, file=SimpleUploadedFile(title, pages))


def contract(avtal: Avtal, day: date) -> bytes:
    """Return an agreement as a PDF of one page."""
    paper: Any = FPDF(format="A4")
    paper.set_creation_date(timezone.make_aware(datetime.combine(day, time(12))))
    paper.add_page()
    paper.set_font("Helvetica", size=18)
    paper.cell(0, 12, avtal.title, new_x="LMARGIN", new_y="NEXT")
    paper.set_font("Helvetica", size=11)
    systems = ", ".join(system.name for system in avtal.systems.order_by("pk"))
    for line in (
        f"Mellan kommunen och {avtal.leverantor}.",
        f"Diarienummer {avtal.diarienummer}. Omfattar {systems}.",
        f"Gäller från och med {avtal.starts_on} till och med {avtal.ends_on}.",
        f"Uppsägningstid: {avtal.notice_months} månader.",
    ):
        paper.multi_cell(0, 7, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(paper.output())


def price_list(avtal: Avtal) -> bytes:
    """Return a list of prices as plain text."""
    hour = 850 + avtal.pk % 7 * 25
    rows = (avtal.title, "", f"Timpris, vardagar: {hour} kr", f"Timpris, helger: {hour * 2} kr")
    return "\n".join([*rows, "Priserna är utan moms."]).encode()
