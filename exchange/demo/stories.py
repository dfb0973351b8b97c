"""Which object of the demo has which story: how deep it is told, and what is awkward about it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING

from exchange.demo.events import AVVECKLAT, END, SCHOOL, UTKAST
from exchange.demo.names import objects

if TYPE_CHECKING:
    from exchange.demo.municipality import World

AHEAD = timedelta(days=90)
YOUNG = timedelta(days=45)
"""How long a year's plan has held at least: before that, it began before the turn of the year."""

# Told in full: every kind of meeting, call-offs, reports. The others have the same in brief.
FULL = (
    SCHOOL,
    "Skolmåltider",
    "Elevhälsa",
    "Ärendehantering",
    "Ekonomistyrning",
    "E-tjänster",
    "Digital arbetsplats",
    "Bygglov",
    "Antagning",
    "Digitala lärmiljöer",
    "Barn och unga",
    "Ekonomiskt bistånd",
    "Bibliotek",
    "Lön",
    "Vatten och avlopp",
    "Hemtjänst",
)
# What is awkward, and where: each is found by a rule, or waits for somebody.
QUIRKS: dict[str, tuple[str, ...]] = {
    "no_plan": ("Konstsamling", "Ensamkommande barn", "Evenemang"),
    "plan_ends": ("Parker", "Rekrytering", "Bostadsanpassning"),
    # Next year's plan is put forward and waits: for both, for IT, for the verksamhet.
    "unsigned": ("Skolmåltider", "Bygglov", "Vatten och avlopp"),
    "unsigned_it": ("Elevhälsa", "Bibliotek", "Gode män"),
    "unsigned_verksamhet": ("Lokalbokning", "Avfall"),
    "draft": (SCHOOL, "Antagning", "Kulturskola", "Kompetens", "Hjälpmedel"),
    "revised": ("Lön", "E-tjänster"),
    "notice": (SCHOOL, "Ekonomistyrning", "Förskoleplatser", "Skolskjuts"),
    "notice_passed": ("Kart och mät", "Fritidsgårdar", "Kompetens"),
    "hidden": ("Skyddat boende",),
    "terminated": ("Ekonomistyrning", "Gator och trafik"),
    "to_sign": (SCHOOL, "Hälso- och sjukvård"),
    "to_approve": ("Skolmåltider", "Praktikplatser"),
    "old_follow_up": ("Digital arbetsplats", "Kart och mät", "Serveringstillstånd"),
    "above_budget": ("Digitala lärmiljöer", "Hemtjänst"),
    "above_it_budget": ("E-tjänster", "Miljötillsyn", "Trygghetslarm"),
    "sent_back": ("Elevhälsa", "Barn och unga"),
    "to_attest": (SCHOOL, "Ärendehantering", "Hemtjänst", "Badhus", "LSS-insatser"),
    "delivery": (SCHOOL, "Bibliotek", "Vatten och avlopp"),
    "undecided": (SCHOOL, "Antagning", "Barn och unga", "Kulturskola", "Gator och trafik"),
    "half_decided": ("Barn och unga", "Gator och trafik"),
    "new_matter": ("Bygglov", "Ekonomistyrning", "Särskilt boende"),
    "uppdrag": (SCHOOL, "Lokalbokning", "Hemtjänst", "Avfall"),
    "deviation": (SCHOOL, "E-tjänster", "Vatten och avlopp", "Fastigheter"),
    "unread": (SCHOOL, "Digital arbetsplats", "Hemtjänst"),
    "minutes": ("Elevhälsa", "Bibliotek"),
    "unwritten": ("Skolmåltider", "Ekonomiskt bistånd"),
    "unacknowledged": (SCHOOL, "Ekonomistyrning", "Bemanning", "Luft och buller", "Gode män"),
    "not_evaluated": ("Bygglov", "Ekonomiskt bistånd", "Hjälpmedel", "Livsmedelstillsyn"),
}


@dataclass(frozen=True)
class Calendar:
    """The plan years around today, and days of the demo as days of the calendar."""

    start: date

    @property
    def today(self) -> date:
        """Return the day on which the demo ends."""
        return self.start + timedelta(days=END)

    @property
    def this_from(self) -> date:
        """Return the first day of this year's plan."""
        year_begins = date(self.today.year, 1, 1)
        return min(year_begins, (self.today - YOUNG).replace(day=1))

    @property
    def this_to(self) -> date:
        """Return the last day of this year's plan."""
        return date(self.today.year, 12, 31)

    @property
    def last_from(self) -> date:
        """Return the first day of last year's plan."""
        return date(self.today.year - 1, 1, 1)

    @property
    def is_closing(self) -> bool:
        """Whether the year ends so soon that next year's plan should be adopted."""
        return self.this_to - self.today < AHEAD

    def day_of(self, day: date) -> int:
        """Return a day of the calendar as a day of the demo."""
        return (day - self.start).days

    def date_of(self, day: int) -> date:
        """Return a day of the demo as a day of the calendar."""
        return self.start + timedelta(days=day)


@dataclass
class Story:
    """One object that is managed: when it began, chance of its own, and when its plans came."""

    world: "World"
    name: str
    number: int
    calendar: Calendar
    random: Random = field(repr=False)

    @property
    def full(self) -> bool:
        """Whether it is told in full."""
        return self.name in FULL

    def has(self, quirk: str) -> bool:
        """Whether this is awkward about it."""
        return self.name in QUIRKS[quirk]

    @cached_property
    def first(self) -> int:
        """Return the day when last year's plan was put forward: its systems are registered by then."""
        ready = self.number + 36
        return max(ready, self.calendar.day_of(self.calendar.last_from) + 9 + self.number % 12)

    @cached_property
    def second(self) -> int:
        """Return the day when this year's plan was put forward."""
        before = self.calendar.day_of(self.calendar.this_from) - 14 - self.number % 18
        return max(before, self.first + 30)

    @cached_property
    def opened(self) -> int:
        """Return the first day on which work within this year's plan is told of."""
        return max(self.calendar.day_of(self.calendar.this_from) + 9, self.second + 12)

    def days(self, first: int, last: int, number: int) -> list[int]:
        """Return so many days, evenly spread with some chance."""
        step = (last - first) / max(number, 1)
        return [first + int(step * (n + self.random.uniform(0.2, 0.8))) for n in range(number)]


def stories(world: "World") -> list[Story]:
    """Return the story of each object that is in management."""
    calendar = Calendar(world.start.date())
    return [
        Story(world, name, number, calendar, Random(f"{name} {number}"))  # noqa: S311 - examples
        for number, (_namnd, name, _process, _systems) in enumerate(objects())
        if name not in (*UTKAST, AVVECKLAT)
    ]
