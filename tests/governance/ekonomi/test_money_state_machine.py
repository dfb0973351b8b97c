"""Whatever is done in whatever order, money goes no other way than the ledger says, to the last öre.

The ledger (tests/governance/ekonomi/ledger.py) is plain Python. What it expects of an action is
compared with what the action did, and after each step all that RegIT tells with what it adds up.
"""

from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from governance import rules
from governance.actions import avrop as call_offs
from governance.actions import kostnad as costs
from governance.actions import tilldelning as given
from governance.models import Avrop, Avtal, Budgetpost, Forvaltningsplan, Kostnad, Leverans, Sida
from governance.steering import budget, notice
from tests.governance.ekonomi.bound import OPEN, RIGHTS, WHO, Bound, build
from tests.governance.ekonomi.ledger import (
    HIDDEN,
    SIDES,
    CallOff,
    Cost,
    Given,
    kronor,
)
from tests.machine import PICK, run

SIDE = st.sampled_from(SIDES)
ORE = st.sampled_from([0, 1, 10, 33_333, 50_001, 120_000])
AGO = st.sampled_from([-1, 0, 0, 3, 25])
POST = st.sampled_from(
    [None, None, ("now", "verksamhet"), ("now", "it"), ("next", "verksamhet"), ("next", "it")]
)
AGAINST = st.sampled_from(["", "", "agreement", "call_off"])
ABOUT = {"no_plan", "plan_ends", "above_budget", "above_it_budget", "notice"}
ABOUT |= {"no_serviceavtal", "system_notice", "system_above_budget"}


class Money(Bound):
    """What people do with the agreements and the money of an object, while days pass."""

    def begin_to_spend(self) -> None:
        self.call_off(-1, "fl", 33_333, 0)
        self.cost("fl", "verksamhet", 50_001, 0, None, "", 0, "")
        self.cost("flit", "it", 33_333, 3, None, "call_off", 0, HIDDEN)

    def post(self, post: tuple[str, str] | None) -> Budgetpost | None:
        return Budgetpost.objects.get(pk=self.world.posts[post]) if post else None

    # call-offs and deliveries

    @rule(pick=PICK, who=WHO, ore=ORE, ago=AGO)
    def call_off(self, pick: int, who: str, ore: int, ago: int) -> None:
        agreement, avtal = self.picked(pick)
        day, left = self.day(ago), self.ledger.left(agreement)
        values: dict[str, Any] = {"title": "Timmar", "belopp": kronor(ore), "on": day}
        made = self.attempt(call_offs.call_off, self.by(who), avtal, **values)
        allowed = agreement.status == "tecknat" and agreement.holds(day)
        allowed &= left is None or ore <= left
        assert bool(made) == ("call" in RIGHTS[who] and allowed)
        if made:
            self.ledger.call_offs.append(CallOff(made.pk, agreement, ore, day))

    @rule(pick=PICK, who=WHO)
    def take_back(self, pick: int, who: str) -> None:
        one = self.one(self.ledger.call_offs, pick)
        if one is None:
            return
        row = Avrop.objects.get(pk=one.pk)
        done = self.attempt(call_offs.withdraw, self.by(who), row, reason="Ångrat")
        rests = any(state != "underkand" for state in one.deliveries.values())
        rests |= any(c.call_off is one and c.status != "avvisad" for c in self.ledger.costs)
        assert bool(done) == ("call" in RIGHTS[who] and (one.withdrawn or not rests))
        one.withdrawn |= bool(done)

    @rule(pick=PICK, who=WHO, ago=AGO)
    def deliver(self, pick: int, who: str, ago: int) -> None:
        one = self.one(self.ledger.call_offs, pick)
        if one is None:
            return
        day, row = self.day(ago), Avrop.objects.get(pk=one.pk)
        row.withdrawn_on = None  # as somebody read it before it was taken back
        made = self.attempt(call_offs.register_leverans, self.by(who), row, title="Del", on=day)
        fits = not one.withdrawn and day >= one.on
        assert bool(made) == ("deliver" in RIGHTS[who] and fits)
        if made:
            one.deliveries[made.pk] = "vantar"

    @rule(pick=PICK, who=WHO, approve=st.booleans(), note=st.sampled_from(["", "Fel"]))
    def judge_delivery(self, pick: int, who: str, approve: bool, note: str) -> None:
        found = [(one, pk) for one in self.ledger.call_offs for pk in one.deliveries]
        if not found:
            return
        one, pk = self.one(found, pick)
        row = Leverans.objects.get(pk=pk)
        done = self.attempt(call_offs.judge, self.by(who), row, approve=approve, note=note)
        due = one.deliveries[pk] == "vantar" and (approve or bool(note))
        assert bool(done) == ("approve_delivery" in RIGHTS[who] and due)
        if done:
            one.deliveries[pk] = "godkand" if approve else "underkand"

    # costs

    @rule(who=WHO, side=SIDE, ore=ORE, ago=AGO, post=POST, against=AGAINST, pick=PICK,
          system=st.sampled_from(["", "", OPEN, HIDDEN]))  # fmt: skip
    def cost(self, who: str, side: str, ore: int, ago: int, post: Any, against: str, pick: int,
             system: str) -> None:  # fmt: skip
        day = self.day(ago)
        agreement = self.one(self.ledger.agreements, pick) if against == "agreement" else None
        called = self.one(self.ledger.call_offs, pick) if against == "call_off" else None
        new = Cost(
            0, side, ore, day, post, agreement, called, system, by=who, hands=frozenset({who})
        )
        made = self.attempt(
            costs.register,
            self.by(who),
            self.world.objekt,
            title="Faktura",
            sida=side,
            belopp=kronor(ore),
            on=day,
            budgetpost=self.post(post),
            avtal=agreement and Avtal.objects.get(pk=agreement.pk),
            avrop=called and Avrop.objects.get(pk=called.pk),
            system=self.world.systems.get(system),
        )
        assert bool(made) == (self.keeps(who, side) and self.placed(new))
        if made:
            new.pk = made.pk
            self.ledger.costs.append(new)

    def keeps(self, who: str, side: str) -> bool:
        """Whether the person registers costs of the side."""
        return "cost" in RIGHTS[who] or (side == "it" and "cost_it" in RIGHTS[who])

    def placed(self, cost: Cost) -> bool:
        """Whether all that a cost points at is there for it to point at."""
        post = cost.post is None or (
            self.ledger.plans[cost.post[0]].posts and cost.post[1] == cost.side
        )
        signed = cost.agreement is None or cost.agreement.status != "registrerat"
        standing = cost.call_off is None or not cost.call_off.withdrawn
        return post and signed and standing and cost.on <= self.today

    @rule(pick=PICK, who=WHO, side=st.sampled_from([None, *SIDES]), ore=st.one_of(st.none(), ORE),
          post=st.one_of(st.none(), POST))  # fmt: skip
    def change_cost(
        self, pick: int, who: str, side: str | None, ore: int | None, post: Any
    ) -> None:
        one = self.one(self.ledger.costs, pick)
        if one is None:
            return
        new = Cost(**{**vars(one), "side": side or one.side, "post": post or one.post})
        new.belopp = one.belopp if ore is None else ore
        fields: dict[str, Any] = {} if side is None else {"sida": side}
        fields |= {} if ore is None else {"belopp": kronor(ore)}
        fields |= {} if post is None else {"budgetpost": self.post(post)}
        changes = vars(new) != vars(one) or one.status == "avvisad"
        row = Kostnad.objects.get(pk=one.pk)
        done = self.attempt(costs.change, self.by(who), row, **fields)
        right = self.keeps(who, one.side) and self.keeps(who, new.side)
        fits = one.status != "attesterad" and (not changes or self.placed(new))
        assert bool(done) == (right and fits)
        if done and changes:
            new.status, new.by, new.judged_by = "registrerad", who, ""
            new.hands = one.hands | {who}
            vars(one).update(vars(new))

    @rule(pick=PICK, who=WHO, attest=st.sampled_from([True, True, False]),
          note=st.sampled_from(["", "Fel"]), read_as=SIDE)  # fmt: skip
    def judge_cost(self, pick: int, who: str, attest: bool, note: str, read_as: str) -> None:
        one = self.one(self.ledger.costs, pick)
        if one is None:
            return
        row = Kostnad.objects.get(pk=one.pk)
        row.sida = read_as  # as somebody read it before it changed sides
        done = self.attempt(costs.judge, self.by(who), row, attest=attest, note=note)
        right = "attest" in RIGHTS[who] or (one.side == "it" and "attest_it" in RIGHTS[who])
        due = one.status == "registrerad" and who not in one.hands and (attest or bool(note))
        assert bool(done) == (right and due)
        if done:
            one.status, one.judged_by = "attesterad" if attest else "avvisad", who

    @rule(who=WHO, side=SIDE, ore=ORE, ago=AGO, plan=st.sampled_from(["", "now", "next"]))
    def allocate(self, who: str, side: str, ore: int, ago: int, plan: str) -> None:
        row = plan and Forvaltningsplan.objects.get(pk=self.world.plans[plan].pk)
        values: dict[str, Any] = {"sida": side, "belopp": kronor(ore), "on": self.day(ago)}
        made = self.attempt(
            given.allocate,
            self.by(who),
            self.world.objekt,
            plan=row or None,
            decision="KS",
            **values,
        )
        adopted = not plan or self.ledger.plans[plan].status == "faststalld"
        assert bool(made) == ("allocate" in RIGHTS[who] and adopted and ago >= 0)
        if made:
            self.ledger.given.append(Given(side, ore, self.day(ago), plan))

    @rule(days=st.integers(1, 25))
    def days_pass(self, days: int) -> None:
        self.let_days_pass(days)

    # what RegIT tells

    @invariant()
    def all_is_as_it_should(self) -> None:
        if self.anything_new():
            self.agreements_stand_as_they_should()
            self.rows_are_as_they_should()
            self.nobody_attests_what_is_not_theirs()
            self.budget_against_outcome_adds_up()
            self.findings_are_as_they_should()

    def agreements_stand_as_they_should(self) -> None:
        for one in self.ledger.agreements:
            avtal, left = Avtal.objects.get(pk=one.pk), self.ledger.left(one)
            assert call_offs.remaining(avtal) == (None if left is None else kronor(left))
            assert left is None or left >= 0
            assert avtal.status == one.status
            assert (avtal.approved_on is not None) == one.approved
            assert notice.standing_of(avtal, self.today) == one.stands(self.today)
        self.in_force_as_they_should()

    def in_force_as_they_should(self) -> None:
        found = notice.in_force(Avtal.objects.all(), self.today).values_list("pk", flat=True)
        holding = [one for one in self.ledger.agreements if one.holds(self.today)]
        assert set(found) == {one.pk for one in holding}

    def rows_are_as_they_should(self) -> None:
        said = {c.pk: (c.withdrawn_on is not None, c.belopp) for c in Avrop.objects.all()}
        assert said == {c.pk: (c.withdrawn, kronor(c.belopp)) for c in self.ledger.call_offs}
        names = {person.pk: who for who, person in self.world.people.items()} | {None: ""}
        rows = {
            row.pk: (row.sida, row.belopp, row.status, names[row.registered_by_id],
                     names[row.judged_by_id])
            for row in Kostnad.objects.all()
        }  # fmt: skip
        assert rows == {
            c.pk: (c.side, kronor(c.belopp), c.status, c.by, c.judged_by) for c in self.ledger.costs
        }

    def nobody_attests_what_is_not_theirs(self) -> None:
        for one in self.ledger.costs:
            assert one.status != "attesterad" or one.judged_by not in one.hands
            assert one.status == "registrerad" or one.side == "it" or one.judged_by != "oait"

    def budget_against_outcome_adds_up(self) -> None:
        for name, plan in self.ledger.plans.items():
            row = Forvaltningsplan.objects.get(pk=self.world.plans[name].pk)
            for reader, outsider in ((None, False), (self.by("out"), True)):
                found = budget.report(reader, row)
                for side in found.sides:
                    total = side.total
                    sums = self.ledger.sums(plan, Sida(side.sida).value, outsider=outsider)
                    told = (total.budget, total.attested, total.waiting)
                    assert told == tuple(kronor(ore) for ore in sums)

    def findings_are_as_they_should(self) -> None:
        things = [self.world.objekt, *self.world.systems.values()]
        told = [
            {f.rule.code for f in rules.findings_of(type(t)._default_manager.filter(pk=t.pk))}
            for t in things
        ]
        expected = [self.ledger.of_objekt(self.today)]
        expected += [self.ledger.of_system(name, self.today) for name in self.world.systems]
        assert [codes & ABOUT for codes in told] == expected


@pytest.mark.django_db
def test_money_goes_no_other_way() -> None:
    Money.world = build()
    run(Money, examples=8, steps=25)
