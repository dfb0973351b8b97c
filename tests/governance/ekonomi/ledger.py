"""A municipality's economy in plain Python: what the money of an object should come to.

Knows nothing of the code under test. Amounts are whole öre; days are counted by hand.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

DAY = timedelta(days=1)
SERVICES = ("drift", "support", "service")
SIDES = ("verksamhet", "it")
HIDDEN = "hemligt"


def kronor(ore: int) -> Decimal:
    """Return öre as kronor."""
    return Decimal(ore) / 100


def months_on(last: date, months: int) -> date:
    """Return the last day of a period that is so many months longer, or shorter."""
    begins = last + DAY
    year, month = begins.year, begins.month + months
    while month > 12:
        year, month = year + 1, month - 12
    while month < 1:
        year, month = year - 1, month + 12
    for day in range(begins.day, 0, -1):
        try:
            return date(year, month, day) - DAY
        except ValueError:
            continue
    raise AssertionError


@dataclass
class Agreement:
    """An agreement, what was done with it, and what was called off from it."""

    pk: int
    slag: str
    starts: date
    systems: tuple[str, ...]
    ends: date | None = None
    varde: int | None = None
    notice: int = 0
    longer: int | None = None
    most: int | None = None
    itself: bool = False
    plans: set[str] = field(default_factory=set)
    approved: bool = False
    status: str = "registrerat"
    ceases: date | None = None
    extensions: list[date] = field(default_factory=list)

    @property
    def hidden(self) -> bool:
        return HIDDEN in self.systems

    def stands(self, day: date) -> tuple[date | None, date | None]:
        """Return the day it holds until and the last day to give notice, as it stands on a day."""
        if self.status == "uppsagt":
            return self.ceases, None
        if self.ends is None:
            return None, None
        last, times = max([self.ends, *self.extensions]), 0
        renews = self.longer if self.itself and self.status == "tecknat" else None
        while (
            renews
            and months_on(last, times * renews - self.notice) < day
            and (self.most is None or times < self.most)
        ):
            times += 1
        months = times * (renews or 0)
        return months_on(last, months), months_on(last, months - self.notice)

    def holds(self, day: date) -> bool:
        """Whether it is signed and in force on a day, as the day sees it."""
        until = self.stands(day)[0]
        begun = self.status != "registrerat" and self.starts <= day
        return begun and (until is None or day <= until)


@dataclass
class CallOff:
    """A call-off and the deliveries on it."""

    pk: int
    agreement: Agreement
    belopp: int
    on: date
    withdrawn: bool = False
    deliveries: dict[int, str] = field(default_factory=dict)


@dataclass
class Cost:
    """A cost row."""

    pk: int
    side: str
    belopp: int
    on: date
    post: tuple[str, str] | None = None
    agreement: Agreement | None = None
    call_off: CallOff | None = None
    system: str = ""
    status: str = "registrerad"
    by: str = ""
    judged_by: str = ""
    hands: frozenset[str] = frozenset()
    """Who has registered it, or changed it since."""

    @property
    def hidden(self) -> bool:
        about = [self.agreement, self.call_off and self.call_off.agreement]
        return self.system == HIDDEN or any(one.hidden for one in about if one)


@dataclass
class Plan:
    """A plan: when, how far it has come, and its budget by side."""

    first: date
    last: date
    budget: dict[str, int]
    status: str = "utkast"

    @property
    def posts(self) -> bool:
        """Whether costs may be booked on its budget."""
        return self.status in ("faststalld", "ersatt")

    adopted: date | None = None
    replaced: date | None = None

    def held(self, day: date) -> bool:
        """Whether it held on a day that has been, as things stood then."""
        known = self.adopted is not None and self.adopted <= day
        return (
            known
            and self.first <= day <= self.last
            and not (self.replaced and self.replaced <= day)
        )

    def holds(self, day: date) -> bool:
        return self.status == "faststalld" and self.first <= day <= self.last


@dataclass
class Given:
    """Money given to the object."""

    side: str
    belopp: int
    on: date
    plan: str = ""


@dataclass
class Ledger:
    """All of one object, and what it should come to."""

    plans: dict[str, Plan]
    agreements: list[Agreement] = field(default_factory=list)
    call_offs: list[CallOff] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)

    def left(self, agreement: Agreement) -> int | None:
        """Return what is left to call off."""
        if agreement.varde is None:
            return None
        mine = [c for c in self.call_offs if c.agreement is agreement and not c.withdrawn]
        return agreement.varde - sum(c.belopp for c in mine)

    def covered(self, agreement: Agreement, day: date) -> bool:
        """Whether a plan that holds on the day covers the agreement."""
        return any(self.plans[name].held(day) for name in agreement.plans)

    def sums(self, plan: Plan, side: str, *, outsider: bool = False) -> tuple[int, int, int]:
        """Return what a side of a plan has budgeted, attested and waiting, as somebody may know it."""
        within = [c for c in self.costs if c.side == side and plan.first <= c.on <= plan.last]
        seen = [c for c in within if not (outsider and c.hidden)]
        outside = [
            g.belopp
            for g in self.given
            if g.side == side and not g.plan and plan.first <= g.on <= plan.last
        ]
        return (
            plan.budget[side] + sum(outside),
            sum(c.belopp for c in seen if c.status == "attesterad"),
            sum(c.belopp for c in seen if c.status == "registrerad"),
        )

    def above(self, day: date, side: str, *, outsider: bool) -> bool:
        """Whether more is attested than the plan in force has budgeted for a side."""
        for plan in self.plans.values():
            budget, attested, _waiting = self.sums(plan, side, outsider=outsider)
            if plan.holds(day) and attested > budget:
                return True
        return False

    def of_objekt(self, day: date) -> set[str]:
        """Return the findings about the object: they know nothing of the hidden system."""
        found = set()
        now = [plan for plan in self.plans.values() if plan.holds(day)]
        if not now:
            found.add("no_plan")
        follows = any(p.status == "faststalld" and p.first > day for p in self.plans.values())
        if any((plan.last - day).days < 90 for plan in now) and not follows:
            found.add("plan_ends")
        if self.above(day, "verksamhet", outsider=True):
            found.add("above_budget")
        if self.above(day, "it", outsider=True):
            found.add("above_it_budget")
        if any(self._notice_near(one, day) for one in self.agreements if not one.hidden):
            found.add("notice")
        return found

    def of_system(self, system: str, day: date) -> set[str]:
        """Return the findings about a system."""
        found = set()
        mine = [one for one in self.agreements if system in one.systems]
        if not any(one.slag in SERVICES and one.holds(day) for one in mine):
            found.add("no_serviceavtal")
        if system != HIDDEN:
            return found
        if any(self._notice_near(one, day) for one in mine):
            found.add("system_notice")
        if any(self._above_by_hidden(plan, day) for plan in self.plans.values()):
            found.add("system_above_budget")
        return found

    def _notice_near(self, agreement: Agreement, day: date) -> bool:
        by = agreement.stands(day)[1]
        signed = agreement.status == "tecknat" and agreement.holds(day)
        return signed and by is not None and by <= day + timedelta(days=90)

    def _above_by_hidden(self, plan: Plan, day: date) -> bool:
        """Whether a side is above its budget, and costs that are hidden are part of the reason."""
        hidden = [c for c in self.costs if c.hidden and c.status == "attesterad"]
        return plan.holds(day) and any(
            c.side == side and plan.first <= c.on <= plan.last
            for side in SIDES
            if self.above(day, side, outsider=False)
            for c in hidden
        )
