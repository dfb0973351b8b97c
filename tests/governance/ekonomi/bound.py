"""The half of the money machine that binds the object: its plans, and its agreements with suppliers."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from governance.actions import avtal as agreements
from governance.actions import avtal_signing as signing
from governance.models import (
    Avtal,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Informationssystem,
)
from roles import assignments
from roles.models import RoleAssignment, User
from tests.factories import make_active, make_system, make_user, today
from tests.factories.avtal import make_leverantor
from tests.factories.steering import cover, make_plan, set_status
from tests.governance.ekonomi.ledger import (
    HIDDEN,
    SERVICES,
    SIDES,
    Agreement,
    Ledger,
    Plan,
    kronor,
)
from tests.machine import PICK, Machine

OPEN = "öppet"
LEADER = {"register", "call", "deliver", "approve_delivery", "cost", "cost_it"}
OWNER = {"approve", "sign", "outside", "attest", "attest_it", "allocate"}
RIGHTS = {
    "oa": OWNER,
    "oait": {"approve", "sign", "attest_it"},
    "fl": LEADER,
    "flit": {"call", "deliver", "cost_it"},
    "both": OWNER | LEADER,
    "out": set(),
}
WHO = st.sampled_from([*RIGHTS, "both"])
SIDE = st.sampled_from(SIDES)
ORE = st.sampled_from([0, 1, 10, 33_333, 50_001, 120_000])
AGO = st.sampled_from([-1, 0, 0, 3, 25])
SYSTEMS = st.sampled_from([(OPEN,), (OPEN,), (HIDDEN,), (OPEN, HIDDEN)])
# slag, begins, ends, value, notice, extension, most extensions, by itself
TERMS: list[tuple[Any, ...]] = [
    ("licens", -30, 60, 100_000, 0, None, None, False),
    ("drift", -30, 20, 50_000, 1, 2, 2, False),
    ("support", -10, None, None, 3, None, None, False),
    ("service", -30, 45, 100_050, 1, 1, 1, True),
    ("service", -30, 40, 10_000, 2, 1, None, True),
    ("licens", 10, 30, 0, 0, 1, None, False),
]


@dataclass
class World:
    """An object with two plans, an open and a hidden system, and its people."""

    people: dict[str, User]
    objekt: Forvaltningsobjekt
    systems: dict[str, Informationssystem]
    plans: dict[str, Forvaltningsplan]
    posts: dict[tuple[str, str], int]


def build() -> World:
    people = {who: make_user() for who in RIGHTS}
    objekt = make_active(
        "Elevregister",
        objektagare=people["oa"],
        objektagare_it=people["oait"],
        forvaltningsledare=people["fl"],
        forvaltningsledare_it=people["flit"],
    )
    for role in ("objektagare", "forvaltningsledare"):
        held = RoleAssignment.objects.get(objekt=objekt, role=role)
        days = {"valid_from": today(), "valid_to": today() + timedelta(days=3000)}
        assignments.substitute(None, held, people["both"], reason="Prov", **days)
    plans = {
        name: make_plan(
            objekt,
            status="utkast",
            budget={"verksamhet": "1000", "it": "500.01"},
            period_from=today() + timedelta(days=first),
            period_to=today() + timedelta(days=last),
        )
        for name, first, last in (("now", -20, 40), ("next", 41, 300))
    }
    posts = {
        (name, post.sida): post.pk for name, plan in plans.items() for post in plan.budgetpost.all()
    }
    systems = {OPEN: make_system(objekt), HIDDEN: make_system(objekt, skyddsvard=True)}
    return World(people, objekt, systems, plans, posts)


class Bound(Machine):
    """What people do with the plans and the agreements of an object."""

    world: ClassVar[World]

    @initialize(adopted=st.booleans())
    def found(self, adopted: bool) -> None:
        sums = {"verksamhet": 100_000, "it": 50_001}
        self.ledger = Ledger(
            {
                name: Plan(plan.period_from, plan.period_to, dict(sums))
                for name, plan in self.world.plans.items()
            }
        )
        self.register("fl", 0, (OPEN,), within=True)
        self.approve_and_sign(1, (OPEN,))
        if adopted:
            self.adopt("now")
        self.begin_to_spend()

    def begin_to_spend(self) -> None:
        """Let the other half begin with something, so that it is not all far away."""

    def approve_and_sign(self, terms: int, systems: tuple[str, ...]) -> None:
        self.register("both", terms, systems, within=False)
        self.approve(-1, "both")
        self.sign(-1, "both", ago=0, decision="KS 1")

    def by(self, who: str) -> User:
        return self.world.people[who]

    def one(self, rows: list[Any], pick: int) -> Any:
        return rows[pick % len(rows)] if rows else None

    def day(self, ago: int) -> Any:
        return self.today - timedelta(days=ago)

    # plans

    @rule(name=st.sampled_from(["now", "next"]), ago=st.sampled_from([0, 0, 2, 10]))
    def adopt(self, name: str, ago: int = 0) -> None:
        plan = self.ledger.plans[name]
        if plan.status == "utkast":
            row = Forvaltningsplan.objects.get(pk=self.world.plans[name].pk)
            plan.adopted = self.day(ago)
            set_status(row, "faststalld", adopted_on=plan.adopted)
            plan.status, self.changed = "faststalld", True

    @rule(name=st.sampled_from(["now", "next"]))
    def replace(self, name: str) -> None:
        plan = self.ledger.plans[name]
        if plan.status == "faststalld":
            set_status(Forvaltningsplan.objects.get(pk=self.world.plans[name].pk), "ersatt")
            plan.status, plan.replaced, self.changed = "ersatt", self.today, True

    # agreements

    @rule(who=WHO, terms=st.integers(0, 5), systems=SYSTEMS, within=st.booleans())
    def register(self, who: str, terms: int, systems: tuple[str, ...], within: bool) -> None:
        slag, begins, ends, value, months, longer, most, itself = TERMS[terms]
        starts = self.today + timedelta(days=begins)
        last = None if ends is None else self.today + timedelta(days=ends)
        made = self.attempt(
            agreements.create,
            self.by(who),
            self.world.objekt,
            systems=[self.world.systems[system] for system in systems],
            leverantor=make_leverantor(),
            title=slag,
            slag=slag,
            varde=None if value is None else kronor(value),
            starts_on=starts,
            ends_on=last,
            notice_months=months,
            extension_months=longer,
            extensions_most=most,
            extends_itself=itself,
        )
        assert bool(made) == ("register" in RIGHTS[who])
        if made:
            new = Agreement(
                made.pk, slag, starts, systems, last, value, months, longer, most, itself
            )
            self.ledger.agreements.append(new)
            if within:
                self.cover_in_drafts(new, made)

    def cover_in_drafts(self, new: Agreement, avtal: Avtal) -> None:
        for name, plan in self.ledger.plans.items():
            if plan.status == "utkast":
                cover(self.world.plans[name], avtal)
                new.plans.add(name)

    def picked(self, pick: int) -> tuple[Agreement, Avtal]:
        agreement = self.ledger.agreements[pick % len(self.ledger.agreements)]
        return agreement, Avtal.objects.get(pk=agreement.pk)

    @rule(pick=PICK, who=WHO)
    def approve(self, pick: int, who: str) -> None:
        agreement, avtal = self.picked(pick)
        done = self.attempt(agreements.approve, self.by(who), avtal)
        due = agreement.slag in SERVICES and agreement.status == "registrerat"
        assert bool(done) == ("approve" in RIGHTS[who] and due and not agreement.approved)
        agreement.approved |= bool(done)

    @rule(pick=PICK, who=WHO, ago=AGO, decision=st.sampled_from(["", "KS 2"]))
    def sign(self, pick: int, who: str, ago: int, decision: str) -> None:
        agreement, avtal = self.picked(pick)
        day = self.day(ago)
        done = self.attempt(signing.sign, self.by(who), avtal, signed_on=day, decision=decision)
        ready = agreement.status == "registrerat" and day <= self.today
        ready &= agreement.approved or agreement.slag not in SERVICES
        assert bool(done) == (ready and self.grounds(agreement, who, day, decision))
        if done:
            agreement.status = "tecknat"

    def grounds(self, agreement: Agreement, who: str, day: Any, decision: str) -> bool:
        """Whether the person may bind the object: within the plan, or by a decision outside it."""
        outside = "outside" in RIGHTS[who] and bool(decision)
        return "sign" in RIGHTS[who] and (self.ledger.covered(agreement, day) or outside)

    @rule(pick=PICK, who=WHO, days=st.sampled_from([0, 1, 20, 70]), decision=st.booleans())
    def extend(self, pick: int, who: str, days: int, decision: bool) -> None:
        agreement, avtal = self.picked(pick)
        last = agreement.ends and max([agreement.ends, *agreement.extensions])
        until, words = (last or self.today) + timedelta(days=days), "KS 3" * decision
        done = self.attempt(signing.extend, self.by(who), avtal, until=until, decision=words)
        may = agreement.status == "tecknat" and bool(agreement.longer) and not agreement.itself
        may &= agreement.most is None or len(agreement.extensions) < agreement.most
        # No month is shorter than 28 days, nor longer than 31.
        fits = 0 < days <= 28 * (agreement.longer or 0)
        assert bool(done) == (may and fits and self.grounds(agreement, who, self.today, words))
        if done:
            agreement.extensions.append(until)

    @rule(pick=PICK, who=WHO, ahead=st.sampled_from([-1, 0, 30]))
    def terminate(self, pick: int, who: str, ahead: int) -> None:
        agreement, avtal = self.picked(pick)
        ceases = self.today + timedelta(days=ahead)
        days = {"terminated_on": self.today, "ceases_on": ceases}
        done = self.attempt(signing.terminate, self.by(who), avtal, reason="Slut", **days)
        right = "sign" in RIGHTS[who] and agreement.status == "tecknat"
        assert bool(done) == (right and ahead >= 0)
        if done:
            agreement.status, agreement.ceases = "uppsagt", ceases

    @rule(pick=PICK, who=WHO, value=st.sampled_from([None, 0, 40_000, 100_000]))
    def correct(self, pick: int, who: str, value: int | None) -> None:
        agreement, avtal = self.picked(pick)
        worth = None if value is None else kronor(value)
        done = self.attempt(agreements.correct, self.by(who), avtal, varde=worth, reason="Fel")
        called = sum(
            c.belopp for c in self.ledger.call_offs if c.agreement is agreement and not c.withdrawn
        )
        right = "sign" in RIGHTS[who] and agreement.status != "registrerat"
        assert bool(done) == (right and (value is None or called <= value))
        if done:
            agreement.varde = value
