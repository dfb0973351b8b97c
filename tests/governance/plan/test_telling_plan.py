"""The history of a plan reads as sentences: each step, each signature, each row by its name."""

from html import unescape

from governance.actions import plan as actions
from governance.actions import planrader as rows
from governance.models import Mal
from roles.models import User
from tests.factories import today
from tests.governance.plan.case import YEAR, PlanCase

PLAN = "Förvaltningsplan 2026, version"


class TestTellingPlans(PlanCase):
    def told(self, address: str, reader: User | None = None) -> str:
        """Return what a page of history says, as plain text without extra spaces."""
        self.client.force_login(reader or self.fl)
        return " ".join(unescape(self.client.get(address).content.decode()).split())

    def test_each_step_is_a_sentence(self) -> None:
        actions.put_forward(self.fl, self.plan)
        self.sign(self.oa, "verksamhet")
        actions.take_back(self.flit, self.fresh(), reason="Fel belopp")
        first = self.adopt()
        self.plan = actions.begin_version(self.fl, first, **YEAR)
        self.adopt()
        told = self.told(f"/planer/{first.pk}/historik/")
        for sentence in (
            f"{PLAN} 1 lades fram för underskrift.",
            f"{self.oa} undertecknade {PLAN} 1 för verksamheten.",
            f"Underskriften av {self.oa} för verksamheten gäller inte längre.",
            f"{PLAN} 1 togs tillbaka och är ett utkast igen.",
            f"{self.oait} undertecknade {PLAN} 1 för IT.",
            f"{PLAN} 1 fastställdes.",
            f"{PLAN} 1 ersattes.",
        ):
            assert sentence in told

    def test_rows_are_named_and_say_their_plan_where_others_are_read(self) -> None:
        assert "Färre fel" in self.told(f"/planer/{self.plan.pk}/historik/")
        told = self.told(f"/objekt/{self.objekt.pk}/historik/")
        assert f"Färre fel i {PLAN} 1" in told
        assert f"Byt server i {PLAN} 1" in told

    def test_a_measured_goal_is_told_with_its_day(self) -> None:
        self.adopt()
        rows.measure(self.fl, Mal.objects.get(pk=self.goal.pk), on=today(), percent=40)
        told = self.told(f"/objekt/{self.objekt.pk}/historik/")
        assert "Målet ”Färre fel” var till 40 % uppnått" in told
