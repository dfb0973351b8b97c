"""Costs: who registers, who attests, and that nobody attests what they registered."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.access import Forbidden
from governance.actions import avrop as avrop_actions
from governance.actions import kostnad as costs
from governance.models import Budgetpost, Kostnad, Sida
from governance.todo import tasks
from tests.factories import make_active, make_system, make_user, today
from tests.factories.avtal import holder
from tests.factories.steering import make_plan, put_avtal
from tests.governance.ekonomi.staffed import SEK, Staffed, refused


class TestRegistering(Staffed):
    def test_the_leader_registers_for_both_sides_and_the_it_leader_for_it_only(self) -> None:
        assert self.cost(self.fl, sida="verksamhet").status == "registrerad"
        assert self.cost(self.fl, sida="it").registered_by == self.fl
        assert self.cost(self.flit, sida="it").sida == Sida.IT
        with pytest.raises(Forbidden):
            self.cost(self.flit, sida="verksamhet")
        with pytest.raises(Forbidden):
            self.cost(self.oa)

    def test_a_line_of_the_other_side_or_of_another_object_is_refused_at_its_field(self) -> None:
        assert refused(lambda: self.cost(sida="it", budgetpost=self.posts["verksamhet"])) == [
            "Budgetposten hör till den andra sidan. Välj en annan post."
        ]
        elsewhere = make_system(make_active("Ett annat"))
        with pytest.raises(ValidationError) as found:
            self.cost(system=elsewhere)
        assert found.value.message_dict == {"system": ["Systemet hör till ett annat objekt."]}

    def test_a_line_of_a_draft_and_a_call_off_that_was_taken_back_are_refused(self) -> None:
        draft = make_plan(self.objekt, status="utkast", budget={"verksamhet": "5"})
        post = Budgetpost.objects.get(plan=draft)
        assert refused(lambda: self.cost(budgetpost=post)) == [
            "Planen är inte fastställd. Välj en post ur en fastställd plan."
        ]
        avtal = put_avtal(self.objekt)
        avrop = avrop_actions.call_off(self.fl, avtal, title="Timmar", belopp=SEK(1), on=today())
        back = avrop_actions.withdraw(self.fl, avrop, reason="Behövs inte")
        assert refused(lambda: self.cost(avrop=back)) == ["Avropet är återtaget. Välj ett annat."]

    def test_a_cost_that_changes_sides_alone_does_not_keep_the_other_sides_line(self) -> None:
        cost = self.cost(budgetpost=self.posts["verksamhet"])
        assert refused(lambda: costs.change(self.fl, cost, sida="it")) == [
            "Budgetposten hör till den andra sidan. Välj en annan post."
        ]
        moved = costs.change(self.fl, cost, sida="it", budgetpost=self.posts["it"])
        assert (moved.sida, moved.budgetpost) == ("it", self.posts["it"])

    def test_nothing_is_booked_on_an_agreement_that_is_not_signed(self) -> None:
        draft = put_avtal(self.objekt, status="registrerat")
        assert refused(lambda: self.cost(avtal=draft)) == [
            "Avtalet är inte tecknat. Välj ett tecknat avtal."
        ]
        signed = put_avtal(self.objekt)
        assert self.cost(avtal=signed).avtal == signed
        self.client.force_login(self.fl)
        form = self.client.get(f"/objekt/{self.objekt.pk}/ekonomi/kostnader/ny/").context["form"]
        assert set(form.fields["avtal"].queryset) == {signed}

    def test_a_refused_cost_waits_again_only_on_a_call_off_that_still_stands(self) -> None:
        avtal = put_avtal(self.objekt)
        avrop = avrop_actions.call_off(self.fl, avtal, title="Timmar", belopp=SEK(1), on=today())
        cost = self.cost(avrop=avrop)
        costs.judge(self.oa, cost, attest=False, note="Fel belopp")
        avrop_actions.withdraw(self.fl, avrop, reason="Behövs inte")
        assert refused(lambda: costs.change(self.fl, cost, belopp=SEK("90"))) == [
            "Avropet är återtaget. Välj ett annat."
        ]
        assert costs.change(self.fl, cost, belopp=SEK("90"), avrop=None).status == "registrerad"

    def test_a_cost_about_a_hidden_agreements_call_off_is_hidden(self) -> None:
        hidden = make_system(self.objekt, "Hemligt", skyddsvard=True)
        values: dict[str, Any] = {"title": "Timmar", "belopp": SEK(1), "on": today()}
        for name, system in (("Dold", hidden), ("Synlig", make_system(self.objekt))):
            avrop = avrop_actions.call_off(self.fl, put_avtal(self.objekt, system), **values)
            self.cost(title=f"{name} faktura", avrop=avrop)
        page = f"/objekt/{self.objekt.pk}/ekonomi/kostnader/"
        self.client.force_login(make_user("ute.staende"))
        said = self.client.get(page).content.decode()
        assert "Synlig faktura" in said
        assert "Dold faktura" not in said
        self.client.force_login(self.fl)
        assert "Dold faktura" in self.client.get(page).content.decode()

    def test_an_attested_cost_changes_no_more_but_one_that_was_sent_back_waits_again(self) -> None:
        cost = self.cost()
        costs.judge(self.oa, cost, attest=False, note="Fel konto")
        changed = costs.change(self.fl, cost, belopp=SEK("90"))
        assert (changed.status, changed.note, changed.judged_by) == ("registrerad", "", None)
        costs.judge(self.oa, changed, attest=True)
        assert (
            "kan inte ändras"
            in refused(lambda: costs.change(self.fl, changed, belopp=SEK("80")))[0]
        )


class TestAttest(Staffed):
    def test_objektagare_attests_both_sides_and_objektagare_it_only_it(self) -> None:
        business, it = self.cost(), self.cost(sida="it")
        with pytest.raises(Forbidden):
            costs.judge(self.oait, business, attest=True)
        assert costs.judge(self.oait, it, attest=True).judged_by == self.oait
        assert costs.judge(self.oa, business, attest=True).status == "attesterad"
        assert costs.judge(self.oa, self.cost(sida="it"), attest=True).judged_on == today()

    def test_who_read_a_cost_as_one_of_it_does_not_attest_it_as_one_of_the_verksamhet(self) -> None:
        read = self.cost(sida="it")
        costs.change(self.fl, read, sida="verksamhet")
        assert read.sida == "it"
        with pytest.raises(Forbidden):
            costs.judge(self.oait, read, attest=True)
        assert costs.judge(self.oa, read, attest=True).sida == "verksamhet"

    def test_nobody_attests_what_they_registered_after_somebody_else_changed_a_word(self) -> None:
        both, it = make_user("bada.roller"), make_user("it.ledare")
        objekt = make_active(
            "Dubbelt", objektagare=both, forvaltningsledare=both, forvaltningsledare_it=it
        )
        given: dict[str, Any] = {"sida": "it", "belopp": SEK("400000"), "on": today()}
        cost = costs.register(both, objekt, title="Drift", **given)
        costs.change(it, cost, title="Drift i molnet")
        assert (
            "själv registrerat eller ändrat"
            in refused(lambda: costs.judge(both, cost, attest=True))[0]
        )
        judge = reverse("governance:kostnad_judge", args=[cost.pk])
        for person, asked in ((both, False), (holder(objekt, "objektagare_it"), True)):
            self.client.force_login(person)
            page = self.client.get(reverse("governance:ekonomi", args=[objekt.pk]))
            assert (judge in page.content.decode()) is asked
            assert any(task.url == judge for task in tasks(person)) is asked

    def test_nobody_attests_what_they_registered_not_even_by_raw_sql(self) -> None:
        both = make_user("bada.roller")
        objekt = make_active("Dubbelt", objektagare=both, forvaltningsledare=both)
        cost = costs.register(both, objekt, sida="it", title="Drift", belopp=SEK("1"), on=today())
        assert refused(lambda: costs.judge(both, cost, attest=True)) == [
            "Du har själv registrerat eller ändrat kostnaden. Den attesteras av någon annan."
        ]
        sql = (
            "UPDATE governance_kostnad SET status = 'attesterad', judged_on = now(),"
            " judged_by_id = registered_by_id WHERE id = %s"
        )
        with (
            pytest.raises(IntegrityError, match="kostnad_attested_by_another"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, [cost.pk])

    def test_sending_back_says_why_and_a_cost_is_judged_once(self) -> None:
        cost = self.cost()
        assert refused(lambda: costs.judge(self.oa, cost, attest=False)) == [
            "Skriv varför kostnaden inte attesteras."
        ]
        costs.judge(self.oa, cost, attest=True)
        assert refused(lambda: costs.judge(self.oa, cost, attest=True)) == [
            "Kostnaden är redan attesterad."
        ]

    def test_what_changed_after_it_was_read_is_not_attested_unseen(self) -> None:
        cost = self.cost()
        read = cost.version
        costs.change(self.fl, cost, belopp=SEK("9999"))
        assert (
            "ändrades medan du läste"
            in refused(lambda: costs.judge(self.oa, cost, attest=True, version=read))[0]
        )


class TestPages(Staffed):
    def test_a_cost_is_registered_and_attested_through_the_pages(self) -> None:
        self.client.force_login(self.fl)
        typed = {
            "title": "Licenser hösten",
            "sida": "verksamhet",
            "belopp": "1 250,50 kr",
            "on": today().isoformat(),
            "budgetpost": self.posts["verksamhet"].pk,
        }
        made = self.client.post(reverse("governance:kostnad_create", args=[self.objekt.pk]), typed)
        assert made.status_code == 302
        cost = Kostnad.objects.get()
        assert cost.belopp == SEK("1250.50")
        page = self.client.get(made["Location"]).content.decode()
        assert "1\u202f250,50\u00a0kr" in page
        assert "överskridet" not in page
        self.client.force_login(self.oa)
        address = reverse("governance:kostnad_judge", args=[cost.pk])
        answer = {"decision": "yes", "version": cost.version}
        assert self.client.post(address, answer).status_code == 302
        page = self.client.get(made["Location"]).content.decode()
        assert "Attesterad" in page
        assert "överskridet" in page

    def test_bad_input_keeps_what_was_typed_and_says_what_to_do(self) -> None:
        self.client.force_login(self.fl)
        typed = {"title": "Licens", "sida": "it", "belopp": "mycket", "on": "i går"}
        address = reverse("governance:kostnad_create", args=[self.objekt.pk])
        response = self.client.post(address, typed)
        page = response.content.decode()
        assert response.status_code == 422
        assert "Skriv beloppet med siffror" in page
        assert 'value="mycket"' in page

    def test_the_economy_is_that_of_the_plan_in_force_until_another_is_chosen(self) -> None:
        day = today().replace(month=1, day=1)
        before, after = (
            make_plan(
                self.objekt,
                period_from=day.replace(year=day.year + years),
                period_to=day.replace(year=day.year + years, month=12, day=31),
            )
            for years in (-1, 1)
        )
        self.client.force_login(self.oa)
        address = reverse("governance:ekonomi", args=[self.objekt.pk])
        shown = self.client.get(address)
        assert shown.context["plan"] == self.plan
        assert shown.context["other_plans"] == [after, before]
        assert self.client.get(address, {"plan": before.pk}).context["plan"] == before

    def test_costs_are_listed_by_status_and_a_status_that_is_none_lists_all(self) -> None:
        waiting = self.cost()
        costs.judge(self.oa, self.cost(title="Klar"), attest=True)
        self.client.force_login(self.oa)
        address = reverse("governance:kostnad_list", args=[self.objekt.pk])
        for status, number in (("registrerad", 1), ("", 2), ("hittepå", 2)):
            page = self.client.get(address, {"status": status})
            assert page.context["total"] == number, status
        assert self.client.get(address, {"status": "registrerad"}).context["page"][0] == waiting

    def test_the_page_asks_as_many_queries_at_two_costs_as_at_fifty(self) -> None:
        self.client.force_login(self.oa)
        address = reverse("governance:kostnad_list", args=[self.objekt.pk])

        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert self.client.get(address).status_code == 200
            return len(queries)

        for _n in range(2):
            self.cost()
        self.client.get(address)
        few = asked()
        for _n in range(48):
            self.cost(sida="it")
        assert asked() == few <= 12
