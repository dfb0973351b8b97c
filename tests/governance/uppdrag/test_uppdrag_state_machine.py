"""Whatever is done in whatever order, uppdrag stay within their frames and two people decide an ärende.

The machine keeps its own small account of each uppdrag and ärende, and compares it with the database.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from governance import rules
from governance.actions import arende as matters
from governance.actions import uppdrag as work
from governance.models import Arende, Forvaltningsobjekt, Forvaltningsplan, Uppdrag
from governance.steering import frames
from roles.models import User
from tests.factories.steering import set_status
from tests.governance.uppdrag.account import FRAMES, LEADERS, STANDS_FOR, Matter, Work, World, build
from tests.machine import PICK, Machine, run

WHO = st.sampled_from(["fl", "fl", "fl", "flit", "flit", "oa", "both", "out"])
MEMBER = st.sampled_from([*STANDS_FOR, *STANDS_FOR, "fl", "out"])
COST = st.sampled_from([None, *map(Decimal, ("0", "400", "699.99", "5000"))])
OPEN = ("initierat", "beslutat", "pagar")
DAY = st.sampled_from([None, None, 5, 500])


class Steered(Machine):
    """What leaders and owners do with uppdrag and ärenden of one plan, while days pass."""

    world: ClassVar[World]

    @initialize(adopted=st.sampled_from([True, True, False]))
    def found(self, adopted: bool) -> None:
        self.work: list[Work] = []
        self.matters: list[Matter] = []
        self.status = "utkast"
        if adopted:
            self.adopt()
            self.initiate("fl", "a", False, 0, Decimal(100), None)
            self.initiate("flit", "b", False, 0, None, None)

    @rule()
    def adopt(self) -> None:
        if self.status == "utkast":
            set_status(Forvaltningsplan.objects.get(pk=self.world.plan.pk), "faststalld")
            self.status = "faststalld"

    @rule(pick=st.integers(0, 9))
    def replace(self, pick: int) -> None:
        if self.status == "faststalld" and pick == 0:
            set_status(Forvaltningsplan.objects.get(pk=self.world.plan.pk), "ersatt")
            self.status = "ersatt"

    @property
    def in_force(self) -> bool:
        plan = self.world.plan
        return self.status == "faststalld" and plan.period_from <= self.today <= plan.period_to

    def by(self, who: str) -> User:
        return self.world.people[who]

    def fits(self, one: Work) -> bool:
        """Whether an uppdrag is within its frame."""
        if one.granted and one.matter:
            taken = [w.draws for w in self.work if w is not one and w.matter is one.matter]
            return not one.belopp or sum(taken) + one.belopp <= (one.matter.belopp or 0)
        if one.activity is None:
            return False
        drawn = self.drawn(one.activity, besides=one)
        plan = self.world.plan
        within = one.starts is None or plan.period_from <= one.starts <= plan.period_to
        ram = FRAMES[one.activity] or 0
        return within and (not one.belopp or drawn + one.belopp <= ram)

    def drawn(self, activity: str, besides: Work | None = None) -> Decimal:
        mine = [w for w in self.work if w.activity == activity and not w.granted]
        taken = [w.draws for w in mine if w.pk != (besides.pk if besides else None)]
        return sum(taken, Decimal(0))

    # uppdrag

    @rule(who=WHO, activity=st.sampled_from(["a", "a", "b", None]), under=st.booleans(), pick=PICK,
          cost=COST, days=DAY)  # fmt: skip
    def initiate(self, who: str, activity: str | None, under: bool, pick: int, cost: Decimal | None,
                 days: int | None) -> None:  # fmt: skip
        matter = self.matters[pick % len(self.matters)] if under and self.matters else None
        starts = None if days is None else self.today + timedelta(days=days)
        new = Work(0, activity, matter, cost, starts)
        made = self.attempt(
            work.initiate,
            self.by(who),
            self.world.objekt,
            arende=matter and Arende.objects.get(pk=matter.pk),
            aktivitet=self.world.activities.get(activity or ""),
            title="Uppdrag",
            belopp=cost,
            starts_on=starts,
        )
        ground = new.granted if matter else activity is not None and self.in_force
        assert bool(made) == (who in LEADERS and ground and self.fits(new))
        if made:
            new.pk = made.pk
            self.work.append(new)

    def picked(self, pick: int) -> tuple[Work, Uppdrag] | tuple[None, None]:
        if not self.work:
            return None, None
        one = self.work[pick % len(self.work)]
        return one, Uppdrag.objects.get(pk=one.pk)

    @rule(pick=PICK, who=WHO)
    def decide(self, pick: int, who: str) -> None:
        one, row = self.picked(pick)
        if one is None:
            return
        done = self.attempt(work.decide, self.by(who), row)
        ready = one.status == "initierat" and one.belopp is not None
        ready &= (one.granted or self.in_force) and self.fits(one)
        assert bool(done) == (who in LEADERS and ready)
        if done:
            one.status = "beslutat"

    @rule(pick=PICK, who=WHO, cost=COST)
    def change(self, pick: int, who: str, cost: Decimal | None) -> None:
        one, row = self.picked(pick)
        if one is None:
            return
        new = Work(**{**vars(one), "belopp": cost})
        done = self.attempt(work.change, self.by(who), row, belopp=cost)
        fits = cost == one.belopp or self.fits_instead(one, new)
        assert bool(done) == (who in LEADERS and one.status in OPEN and fits)
        if done:
            one.belopp = cost

    def fits_instead(self, one: Work, new: Work) -> bool:
        """Whether an uppdrag may say what it is to say instead."""
        said, one.belopp = one.belopp, new.belopp
        fits = self.fits(one) and (one.status == "initierat" or new.belopp is not None)
        one.belopp = said
        return fits

    @rule(pick=PICK, who=WHO, to=st.sampled_from(["pagar", "klart", "avbrutet"]),
          reason=st.sampled_from(["", "Slut"]))  # fmt: skip
    def go_on(self, pick: int, who: str, to: str, reason: str) -> None:
        one, row = self.picked(pick)
        if one is None:
            return
        action = {"pagar": work.start, "klart": work.complete, "avbrutet": work.abort}[to]
        done = self.attempt(action, self.by(who), row, reason=reason)
        before = {"pagar": OPEN[1:2], "klart": OPEN[1:], "avbrutet": OPEN}[to]
        ready = one.status in (*before, to) and (to != "avbrutet" or bool(reason))
        assert bool(done) == (who in LEADERS and ready)
        if done:
            one.status = to

    # ärenden

    @rule(who=WHO, about=st.booleans(), pick=PICK, cost=COST, hidden=st.booleans())
    def refer(self, who: str, about: bool, pick: int, cost: Decimal | None, hidden: bool) -> None:
        one, row = self.picked(pick) if about else (None, None)
        values: dict[str, Any] = {"title": "Ärende", "description": "?", "belopp": cost}
        values |= {"system": self.world.hidden} if hidden else {}
        made = self.attempt(matters.refer, self.by(who), self.world.objekt, uppdrag=row, **values)
        taken = one and one.matter and one.matter.status in ("oppet", "bifallet")
        ready = one is None or (one.status == "initierat" and not taken)
        assert bool(made) == (who in LEADERS and ready)
        if made:
            self.matters.append(Matter(made.pk, self.today, hidden, cost))
            if one:
                one.matter = self.matters[-1]

    @rule(pick=PICK, who=MEMBER, yes=st.sampled_from([True, True, False]), note=st.booleans())
    def take_position(self, pick: int, who: str, yes: bool, note: bool) -> None:
        if not self.matters:
            return
        one = self.matters[pick % len(self.matters)]
        row, words = Arende.objects.get(pk=one.pk), "Därför" * note
        done = self.attempt(matters.take_position, self.by(who), row, bifall=yes, note=words)
        assert bool(done) == (who in STANDS_FOR and one.status == "oppet" and (yes or note))
        if done:
            one.said[who] = yes
            one.status = one.outcome

    @rule(pick=PICK, who=WHO, cost=COST)
    def change_matter(self, pick: int, who: str, cost: Decimal | None) -> None:
        if not self.matters:
            return
        one = self.matters[pick % len(self.matters)]
        row = Arende.objects.get(pk=one.pk)
        done = self.attempt(matters.change, self.by(who), row, belopp=cost)
        assert bool(done) == (who in LEADERS and one.status == "oppet" and not one.said)
        if done:
            one.belopp = cost

    @rule(pick=PICK, who=WHO)
    def withdraw(self, pick: int, who: str) -> None:
        if not self.matters:
            return
        one = self.matters[pick % len(self.matters)]
        done = self.attempt(matters.withdraw, self.by(who), Arende.objects.get(pk=one.pk))
        assert bool(done) == (who in LEADERS and one.status in ("oppet", "atertaget"))
        if done:
            one.status = "atertaget"

    @rule(days=st.integers(1, 35))
    def days_pass(self, days: int) -> None:
        self.let_days_pass(days)

    @invariant()
    def the_database_says_the_same(self) -> None:
        rows = {u.pk: (u.status, u.belopp, u.arende_id) for u in Uppdrag.objects.all()}
        assert rows == {
            w.pk: (w.status, w.belopp, w.matter.pk if w.matter else None) for w in self.work
        }
        said = {a.pk: (a.status, a.belopp) for a in Arende.objects.all()}
        assert said == {m.pk: (m.status, m.belopp) for m in self.matters}

    @invariant()
    def no_frame_is_overdrawn(self) -> None:
        for name, activity in self.world.activities.items():
            left = (FRAMES[name] or 0) - self.drawn(name)
            assert frames.remaining(activity) == left >= 0
        for one in (m for m in self.matters if m.status == "bifallet"):
            drawn = sum((w.draws for w in self.work if w.matter is one), Decimal(0))
            left = (one.belopp or 0) - drawn
            assert frames.remaining(Arende.objects.get(pk=one.pk)) == left

    @invariant()
    def what_waits_too_long_is_a_finding(self) -> None:
        if not self.anything_new():
            return
        old = [
            m for m in self.matters if m.status == "oppet" and (self.today - m.raised).days >= 30
        ]
        world = self.world
        about = rules.findings_of(Forvaltningsobjekt.objects.filter(pk=world.objekt.pk))
        hidden = rules.findings_of(type(world.hidden).objects.filter(pk=world.hidden.pk))
        told = {found.rule.code for found in [*about, *hidden]}
        assert ("arende_undecided" in told) == any(not m.hidden for m in old)
        assert ("system_arende_undecided" in told) == any(m.hidden for m in old)


@pytest.mark.django_db
def test_uppdrag_and_arenden_go_no_other_way() -> None:
    Steered.world = build()
    run(Steered, examples=10, steps=25)
