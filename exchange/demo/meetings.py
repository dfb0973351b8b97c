"""Meetings of the demo: called, held, minuted and approved, and the next one waiting."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from exchange.demo import clock
from exchange.demo.events import END, Event
from exchange.demo.stories import Story
from exchange.demo.teams import team_of
from governance.actions import mote, protokoll
from governance.gestures import gesture
from governance.models import Mote
from governance.steering import moten

STYRGRUPP, FORVALTNING = Mote.Slag.STYRGRUPP, Mote.Slag.FORVALTNING
ROOMS = ("Sammanträdesrum Älven", "Stadshuset, rum 4", "Videomöte")
HOURS = (9, 10, 13, 14, 15)
USUAL = {
    STYRGRUPP: ("Läget i planen", "Ekonomi: budget mot utfall"),
    FORVALTNING: ("Pågående uppdrag", "Frågor från användarna", "Nästa utskick"),
}
SAID = (
    "Förvaltningsledaren redovisade läget. Inga invändningar.",
    "Vi jämförde med förra mötet. Två frågor återkommer nästa gång.",
    "Genomgången tog längre tid än väntat; resten tas per e-post.",
)
DECIDED = ("Rapporten läggs till handlingarna.", "Förvaltningsledaren återkommer med tider.")
SUMMING_UP = (
    "Alla punkter gicks igenom. Mötet var enigt.",
    "Mötet ägnades mest åt tidplanen. Nästa möte hålls enligt kalendern.",
)


def steered_on(story: Story) -> list[int]:
    """Return the days on which the styrgrupp met: each half-year, or once."""
    if story.full:
        return _halves(story, 45)
    return [story.first + 90 + (story.number * 7) % 120]


def managed_on(story: Story) -> list[int]:
    """Return the days of förvaltningsmöten: each half-year, between those of the styrgrupp."""
    if story.full:
        return _halves(story, 75)
    return [END - 90 + story.number] if story.number % 5 == 2 else []


def _halves(story: Story, begins: int) -> list[int]:
    """Return a day in each half of each plan year, as far as it has come."""
    years = (story.first, story.opened)
    days = [year + begins + half + story.number % 9 for year in years for half in (0, 200)]
    until = [story.second - 25, END - 22]
    return [day for n, day in enumerate(days) if day < until[n // 2]]


def meetings(story: Story) -> Iterator[Event]:
    """Yield the meetings of one object in order."""
    for slag, days in ((STYRGRUPP, steered_on(story)), (FORVALTNING, managed_on(story))):
        for turn, day in enumerate(days):
            yield from met(story, day, slag, turn)
    yield from under_way(story)
    if story.number % 11 == 2:
        yield END - 130, lambda: plan(story, END - 116, FORVALTNING)
        yield END - 129, lambda: call(story.name)
        yield END - 119, lambda: cancel(story.name)
    if story.full or story.number % 5:
        yield END - 12, lambda: plan(story, END + 6 + story.number % 15, STYRGRUPP)
        yield END - 11, lambda: call(story.name)
    if story.number % 9 == 4:
        yield END - 8, lambda: plan(story, END + 35 + story.number % 9, FORVALTNING)


def met(story: Story, day: int, slag: str, turn: int) -> Iterator[Event]:
    """Yield a meeting from the call to the approved minutes."""
    name = story.name
    yield day - 15, lambda: plan(story, day, slag)
    yield day - 14, lambda: call(name)
    yield day + 3, lambda: hold(name, turn)
    yield day + 4, lambda: put_forward(name)
    yield day + 6, lambda: approve(name, 0)
    yield day + 9, lambda: approve(name, 1)


def under_way(story: Story) -> Iterator[Event]:
    """Yield a meeting whose minutes wait: to be approved, or to be written."""
    name, day = story.name, END - 10
    if not (story.has("minutes") or story.has("unwritten")):
        return
    yield END - 21, lambda: plan(story, day, STYRGRUPP)
    yield END - 20, lambda: call(name)
    if story.has("minutes"):
        yield day + 3, lambda: hold(name, 0)
        yield day + 4, lambda: put_forward(name)
        yield day + 6, lambda: approve(name, 0)
    elif story.number % 2 == 0:
        yield day + 3, lambda: hold(name, 1)


def plan(story: Story, day: int, slag: str) -> None:
    """Plan a meeting about what is open, for those who are proposed."""
    team = team_of(story.name)
    at = datetime.combine(clock.workday(story.calendar.date_of(day)), time(HOURS[day % 5]))
    starts = timezone.make_aware(at)
    steers = slag == STYRGRUPP
    with gesture(team.leader, "create"):
        made = mote.plan(
            team.leader,
            team.objekt,
            slag=slag,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=90 if steers else 60),
            location=ROOMS[day // 7 % len(ROOMS)],
            arenden=moten.open_arenden(team.leader, team.objekt) if steers else (),
            avvikelser=moten.open_avvikelser(team.leader, team.objekt) if steers else (),
            people=moten.proposed_people(team.objekt),
        )
        for title in USUAL[Mote.Slag(slag)]:
            mote.add_item(team.leader, made, title=title)


def _latest(name: str, *states: str) -> Mote:
    """Return the object's meeting of these states that was planned last."""
    rows: Any = team_of(name).objekt.mote
    found: Mote = rows.filter(status__in=states).latest("pk")
    return found


def call(name: str) -> None:
    """Call to the meeting that was planned last, by the förvaltningsledare."""
    mote.call(team_of(name).leader, _latest(name, "utkast"))


def cancel(name: str) -> None:
    """Cancel the meeting that was called last."""
    reason = "För få kan komma; frågorna tas på nästa möte."
    mote.cancel(team_of(name).leader, _latest(name, "kallat"), reason=reason)


def hold(name: str, turn: int) -> None:
    """Note who came and what was said and decided: all came, or all but one."""
    team = team_of(name)
    held = team.objekt.mote.filter(status="kallat", starts_at__lte=timezone.now()).latest(
        "starts_at"
    )
    people = list(held.motesdeltagare.order_by("pk"))
    leads = [row for row in people if row.ledamot]
    came = people if turn % 2 == 0 else [*leads, *[r for r in people if not r.ledamot][:1]]
    with gesture(team.leader, "hold_mote"):
        held = protokoll.hold(team.leader, held, attended=came, minutes=SUMMING_UP[turn % 2])
        for place, item in enumerate(held.dagordningspunkt.order_by("position")):
            words: dict[str, Any] = {"notes": SAID[(place + turn) % len(SAID)]}
            if not item.arende_id:
                words["decision"] = DECIDED[place % len(DECIDED)]
            protokoll.note(team.leader, item, **words)


def put_forward(name: str) -> None:
    """Put the minutes forward to those who approve them."""
    protokoll.put_forward(team_of(name).leader, _latest(name, "hallet"))


def approve(name: str, place: int) -> None:
    """Let one of those who were there approve the minutes."""
    minutes = _latest(name, "framlagt")
    rows = list(protokoll.approving(minutes))
    if place < len(rows):
        protokoll.approve(rows[place].person, minutes, content_hash=minutes.content_hash)
