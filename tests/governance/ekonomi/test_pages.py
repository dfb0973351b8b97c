"""The economy of an object as its pages show it: how much of it, in which order, and what is offered."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from governance.actions import avrop
from governance.actions import kostnadsrapport as rapporter
from governance.models import Sida
from tests.factories import today
from tests.factories.steering import put_avtal
from tests.governance.ekonomi.staffed import SEK, Staffed


class TestEkonomiPage(Staffed):
    def setUp(self) -> None:
        self.path = reverse("governance:ekonomi", args=[self.objekt.pk])

    def page(self, address: str = "") -> Any:
        return self.client.get(self.path + address)

    def call(self, title: str, **fields: Any) -> Any:
        values = {"belopp": SEK("1"), "on": today(), **fields}
        return avrop.call_off(self.fl, self.avtal, title=title, **values)

    def test_call_offs_come_ten_to_a_page_and_keep_the_chosen_plan(self) -> None:
        self.avtal = put_avtal(self.objekt)
        for number in range(11):
            self.call(f"Avrop nummer {number:02}", on=today() - timedelta(days=number))
        self.client.force_login(self.fl)
        first, second = self.page(f"?plan={self.plan.pk}"), self.page("?page=2")
        self.assertContains(first, "Avrop nummer 09")
        self.assertNotContains(first, "Avrop nummer 10")
        self.assertContains(first, f"?plan={self.plan.pk}&amp;page=2#avrop")
        self.assertContains(second, "Avrop nummer 10")
        self.assertNotContains(second, "Avrop nummer 09")

    def test_the_latest_reports_stand_first_and_the_rest_are_a_link_away(self) -> None:
        for number in range(11):
            rapporter.report(
                self.fl,
                self.objekt,
                sida=Sida.VERKSAMHET,
                until=today(),
                comment=f"Nummer {number}",
            )
        self.client.force_login(self.oa)
        response = self.page()
        shown = [row.comment for row in response.context["rapporter"]]
        assert shown == [f"Nummer {number}" for number in range(10, 0, -1)]
        every = reverse("governance:kostnadsrapport_all") + f"?objekt={self.objekt.pk}"
        self.assertContains(response, f'href="{every}">Visa alla 11')
        assert self.client.get(every).context["total"] == 11

    def test_only_a_call_off_that_still_can_be_taken_back_offers_it(self) -> None:
        self.avtal = put_avtal(self.objekt)
        bare, delivered = self.call("Orört"), self.call("Levererat")
        leverans = avrop.register_leverans(self.fl, delivered, title="Etapp 1", on=today())
        self.client.force_login(self.fl)
        offered = self.page().content.decode()
        assert reverse("governance:avrop_withdraw", args=[bare.pk]) in offered
        assert reverse("governance:avrop_withdraw", args=[delivered.pk]) not in offered
        avrop.judge(self.fl, leverans, approve=False, note="Fattas en del")
        again = self.page().content.decode()
        assert reverse("governance:avrop_withdraw", args=[delivered.pk]) in again

    def test_what_is_done_today_is_dated_today_in_the_form(self) -> None:
        self.avtal = put_avtal(self.objekt)
        called = self.call("Timmar")
        for person, name, thing in (
            (self.fl, "avrop_create", self.avtal),
            (self.fl, "leverans_create", called),
            (self.oa, "tilldelning_create", self.objekt),
        ):
            self.client.force_login(person)
            form = self.client.get(reverse(f"governance:{name}", args=[thing.pk])).context["form"]
            assert form["on"].value() == today(), name
