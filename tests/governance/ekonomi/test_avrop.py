"""Call-offs stay within a signed agreement; deliveries are approved by whoever has the mandate."""

from datetime import timedelta
from typing import Any

import pytest

from governance.access import Forbidden
from governance.actions import avrop as actions
from governance.actions import avtal as avtal_actions
from governance.actions import kostnad as costs
from governance.actions import tilldelning
from governance.models import Avrop
from governance.steering.budget import report
from tests.factories import make_system, make_user, today
from tests.factories.steering import make_plan, put_avtal
from tests.governance.ekonomi.staffed import SEK, Staffed, refused


class TestAvrop(Staffed):
    def call(self, avtal: Any, belopp: str = "100", **fields: Any) -> Avrop:
        """Call off as the leader."""
        values = {"title": "Konsulttimmar", "belopp": SEK(belopp), "on": today(), **fields}
        return actions.call_off(self.fl, avtal, **values)

    def test_call_offs_together_stay_within_the_value_of_the_agreement(self) -> None:
        avtal = put_avtal(self.objekt, varde=SEK("1000"))
        self.call(avtal, "600")
        second = self.call(avtal, "400")
        assert refused(lambda: self.call(avtal, "0.01")) == [
            "Det återstår 0\u00a0kr av avtalets värde. Avropa högst så mycket."
        ]
        actions.withdraw(self.fl, second, reason="Behövs inte")
        assert actions.remaining(avtal) == SEK("400")

    def test_only_a_signed_agreement_in_force_is_called_off_from(self) -> None:
        draft = put_avtal(self.objekt, status="registrerat")
        assert "tecknat avtal" in refused(lambda: self.call(draft))[0]
        over = put_avtal(self.objekt, ends_on=today() - timedelta(days=1))
        assert refused(lambda: self.call(over)) == [
            "Avtalet gäller inte den dagen. Välj en dag i avtalstiden."
        ]

    def test_the_owner_has_no_mandate_to_call_off_and_the_leader_none_elsewhere(self) -> None:
        avtal = put_avtal(self.objekt)
        values: dict[str, Any] = {"title": "Timmar", "belopp": SEK("1"), "on": today()}
        for person in (self.oa, self.oait, make_user()):
            with pytest.raises(Forbidden):
                actions.call_off(person, avtal, **values)
        assert actions.call_off(self.flit, avtal, **values).called_by == self.flit

    def test_a_delivery_is_judged_once_and_by_the_leader_alone(self) -> None:
        avrop = self.call(put_avtal(self.objekt))
        leverans = actions.register_leverans(self.flit, avrop, title="Etapp 1", on=today())
        with pytest.raises(Forbidden):
            actions.judge(self.flit, leverans, approve=True)
        assert refused(lambda: actions.judge(self.fl, leverans, approve=False)) == [
            "Skriv vad som ska rättas."
        ]
        assert actions.judge(self.fl, leverans, approve=True).judged_by == self.fl
        assert (
            "redan bedömd"
            in refused(lambda: actions.judge(self.fl, leverans, approve=False, note="Nej"))[0]
        )
        assert (
            "leveranser på avropet"
            in refused(lambda: actions.withdraw(self.fl, avrop, reason="Ångrat"))[0]
        )

    def test_a_call_off_that_has_cost_something_is_not_taken_back(self) -> None:
        avrop = self.call(put_avtal(self.objekt))
        cost = self.cost(avrop=avrop)
        assert refused(lambda: actions.withdraw(self.fl, avrop, reason="Ångrat")) == [
            "Det finns kostnader på avropet. Flytta eller avvisa dem innan avropet tas tillbaka."
        ]
        costs.judge(self.oa, cost, attest=False, note="Fel faktura")
        assert actions.withdraw(self.fl, avrop, reason="Ångrat").withdrawn_on == today()

    def test_nothing_is_delivered_on_a_call_off_that_was_taken_back_meanwhile(self) -> None:
        read = self.call(put_avtal(self.objekt))
        actions.withdraw(self.fl, read, reason="Ångrat")
        assert read.withdrawn_on is None
        assert refused(
            lambda: actions.register_leverans(self.fl, read, title="Etapp 1", on=today())
        ) == ["Avropet är återtaget. Registrera leveransen på ett annat avrop."]

    def test_a_signed_agreement_is_not_corrected_to_less_than_was_called_off(self) -> None:
        avtal = put_avtal(self.objekt, varde=SEK("1000"))
        self.call(avtal, "600")
        correct: dict[str, Any] = {"actor": self.oa, "avtal": avtal, "reason": "Fel belopp"}
        assert refused(lambda: avtal_actions.correct(**correct, varde=SEK("599.99"))) == [
            "600\u00a0kr är redan avropat. Värdet kan inte vara lägre."
        ]
        assert avtal_actions.correct(**correct, varde=SEK("600")).varde == SEK("600")
        assert actions.remaining(avtal_actions.correct(**correct, varde=None)) is None

    def test_an_agreement_about_a_hidden_system_hides_its_call_offs(self) -> None:
        hidden = make_system(self.objekt, "Hemligt", skyddsvard=True)
        avtal = put_avtal(self.objekt, hidden, title="Drift av Hemligt")
        self.call(avtal, title="Hemliga timmar")
        self.client.force_login(make_user("ute.staende"))
        page = self.client.get(f"/objekt/{self.objekt.pk}/ekonomi/").content.decode()
        assert "Hemliga timmar" not in page
        assert "Drift av Hemligt" not in page
        assert self.client.get(f"/avtal/{avtal.pk}/avropa/").status_code == 404
        self.client.force_login(self.fl)
        page = self.client.get(f"/objekt/{self.objekt.pk}/ekonomi/").content.decode()
        assert "Hemliga timmar" in page


class TestBudget(Staffed):
    def test_outcome_adds_up_by_line_and_side_with_money_given_outside_the_plan(self) -> None:
        post = self.posts["verksamhet"]
        fields: dict[str, Any] = {"title": "x", "on": today(), "sida": "verksamhet"}
        paid = costs.register(self.fl, self.objekt, belopp=SEK("700.10"), budgetpost=post, **fields)
        costs.judge(self.oa, paid, attest=True)
        costs.register(self.fl, self.objekt, belopp=SEK("0.20"), **fields)
        back = costs.register(self.fl, self.objekt, belopp=SEK("5000"), **fields)
        costs.judge(self.oa, back, attest=False, note="Fel objekt")
        tilldelning.allocate(
            self.oa, self.objekt, sida="verksamhet", belopp=SEK("50"), on=today(), decision="SN 5"
        )
        found = report(self.fl, self.plan)
        business, it = found.sides
        assert [(line.title, line.attested, line.waiting) for line in business.lines] == [
            ("Drift, verksamhet", SEK("700.10"), SEK(0)),
            ("Utan budgetpost", SEK(0), SEK("0.20")),
        ]
        assert business.total.budget == SEK("1050")
        assert business.total.left == SEK("349.70")
        assert (it.total.budget, it.total.attested) == (SEK("500"), SEK(0))
        assert found.total.left == SEK("849.70")

    def test_only_the_owner_gives_money_and_within_an_adopted_plan_of_the_object(self) -> None:
        values: dict[str, Any] = {
            "sida": "it",
            "belopp": SEK("5"),
            "on": today(),
            "decision": "SN 6",
        }
        for person in (self.fl, self.oait):
            with pytest.raises(Forbidden):
                tilldelning.allocate(person, self.objekt, **values)
        draft = make_plan(self.objekt, status="utkast")
        assert (
            "inte fastställd"
            in refused(lambda: tilldelning.allocate(self.oa, self.objekt, plan=draft, **values))[0]
        )
        assert (
            tilldelning.allocate(self.oa, self.objekt, plan=self.plan, **values).plan == self.plan
        )
