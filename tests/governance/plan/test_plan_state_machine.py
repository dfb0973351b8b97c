"""Whatever is done in whatever order, plans go from draft to adopted by two people, and no other way.

The machine keeps its own small account of each plan, and compares it with the database.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from governance.actions import plan as plans
from governance.actions import planrader as rows
from governance.models import Forvaltningsobjekt, Forvaltningsplan, Mal
from roles.models import User
from tests.factories import make_active, make_user, today
from tests.machine import PICK, Machine, run

WHO = st.sampled_from(["oa", "oait", "fl", "flit"])
ROLES = {
    "oa": "objektagare",
    "oait": "objektagare_it",
    "fl": "forvaltningsledare",
    "flit": "forvaltningsledare_it",
}
SIDE = {"oa": "verksamhet", "oait": "it"}


def year(years: int) -> dict[str, Any]:
    """Return the period of this year, or of a later one."""
    number = today().year + years
    return {"period_from": date(number, 1, 1), "period_to": date(number, 12, 31)}


@dataclass
class Account:
    """What the machine knows of one plan."""

    pk: int
    years: int
    status: str = "utkast"
    goals: int = 0
    signed: dict[str, str] = field(default_factory=dict)


class Plans(Machine):
    """One object, its four people, and what they do to its plans."""

    def __init__(self) -> None:
        super().__init__()
        self.accounts: list[Account] = []

    @initialize()
    def found(self) -> None:
        self.people: dict[str, User] = {who: make_user() for who in ROLES}
        held: dict[str, Any] = {role: self.people[who] for who, role in ROLES.items()}
        self.objekt: Forvaltningsobjekt = make_active(**held)
        self.begin("fl", 0)

    def chosen(self, pick: int) -> tuple[Account, Forvaltningsplan]:
        account = self.accounts[pick % len(self.accounts)]
        return account, Forvaltningsplan.objects.get(pk=account.pk)

    @rule(who=WHO, years=st.integers(0, 1))
    def begin(self, who: str, years: int) -> None:
        made = self.attempt(plans.create, self.people[who], self.objekt, **year(years))
        assert bool(made) == (who in ("fl", "flit"))
        if made:
            self.accounts.append(Account(made.pk, years))

    @rule(pick=PICK, who=WHO, years=st.integers(0, 1))
    def copy(self, pick: int, who: str, years: int) -> None:
        account, plan = self.chosen(pick)
        made = self.attempt(plans.begin_version, self.people[who], plan, **year(years))
        assert bool(made) == (who in ("fl", "flit"))
        if made:
            self.accounts.append(Account(made.pk, years, goals=account.goals))

    @rule(pick=PICK, who=WHO)
    def add_goal(self, pick: int, who: str) -> None:
        account, plan = self.chosen(pick)
        made = self.attempt(rows.add, self.people[who], plan, Mal, sida="it", title="Mål")
        assert bool(made) == (who in ("fl", "flit") and account.status == "utkast")
        account.goals += bool(made)

    @rule(pick=PICK, who=WHO)
    def put_forward(self, pick: int, who: str) -> None:
        account, plan = self.chosen(pick)
        done = self.attempt(plans.put_forward, self.people[who], plan)
        ready = account.status == "utkast" and account.goals > 0
        assert bool(done) == (who in ("fl", "flit") and ready)
        if done:
            account.status = "framlagd"

    @rule(pick=PICK, who=WHO, reason=st.sampled_from(["", "Fel belopp"]))
    def take_back(self, pick: int, who: str, reason: str) -> None:
        account, plan = self.chosen(pick)
        done = self.attempt(plans.take_back, self.people[who], plan, reason=reason)
        enough = bool(reason) or (who in ("fl", "flit") and not account.signed)
        assert bool(done) == (enough and account.status == "framlagd")
        if done:
            account.status, account.signed = "utkast", {}

    @rule(pick=PICK, who=WHO, stale=st.booleans())
    def sign(self, pick: int, who: str, stale: bool) -> None:
        account, plan = self.chosen(pick)
        read = "0" * 64 if stale else plan.content_hash
        side = SIDE.get(who, "")
        done = self.attempt(
            plans.sign, self.people[who], plan, sida=side or "it", content_hash=read
        )
        due = account.status == "framlagd" and side not in account.signed
        assert bool(done) == (bool(side) and due and not stale)
        if done:
            account.signed[side] = who
            if len(account.signed) == 2:
                self.adopt(account)

    def adopt(self, account: Account) -> None:
        """Write down what the second signature does: plans of the same year end."""
        for other in self.accounts:
            if other.years == account.years and other.status == "faststalld":
                other.status = "ersatt"
        account.status = "faststalld"

    @invariant()
    def the_database_says_the_same(self) -> None:
        for account in self.accounts:
            plan = Forvaltningsplan.objects.get(pk=account.pk)
            assert plan.status == account.status
            assert plan.mal.count() == account.goals
            signatures = list(plan.underskrift.select_related("person"))
            assert {s.sida for s in signatures} == set(account.signed)
            assert all(s.content_hash == plan.content_hash for s in signatures)
            assert bool(plan.content_hash) == (account.status != "utkast")
            assert bool(plan.adopted_on) == (account.status in ("faststalld", "ersatt"))


@pytest.mark.django_db
def test_plans_go_no_other_way() -> None:
    run(Plans, examples=6, steps=18)
