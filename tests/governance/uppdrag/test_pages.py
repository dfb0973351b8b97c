"""The pages of uppdrag, ärenden and reports: what is offered, kept and marked."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.actions import arende as arenden
from governance.actions import avvikelse, statusrapport
from governance.models import Arende, Delgivning, Uppdrag
from governance.todo import tasks
from roles.models import User
from tests.factories import make_active, make_system, make_user, today
from tests.governance.uppdrag import cast as casts

SEK = Decimal
TYPED = {
    "title": "Köp en modul",
    "description": "Skolorna behöver den.",
    "assignee": "Leverans AB",
    "belopp": "500 000,50",
    "ends_on": f"{today().year}-12-31",
    "reason": "Lagkrav från årsskiftet",
}


def url(name: str, thing: Any) -> str:
    return reverse(f"governance:{name}", args=[thing.pk])


class TestPages(TestCase):
    cast: ClassVar[casts.Cast]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = casts.build()

    def as_(self, person: User) -> None:
        self.client.force_login(person)

    def text(self, address: str, **data: Any) -> str:
        answer = self.client.post(address, data) if data else self.client.get(address)
        return answer.content.decode()

    def told_to(self, person: User) -> list[str]:
        return [task.sentence for task in tasks(person)]

    def deviation(self, **fields: Any) -> Any:
        given: dict[str, Any] = {"sida": "verksamhet", "title": "Försenat", "paverkar": "tid"}
        given |= {"description": "Sent", "on": today(), **fields}
        return avvikelse.report(self.cast.fl, self.cast.objekt, **given)

    def status(self, **fields: Any) -> Any:
        stands = dict.fromkeys(("mal_lage", "tid_lage", "kostnad_lage"), "gron")
        given: dict[str, Any] = {"sida": "verksamhet", "summary": "Bra", **stands}
        given |= {"period_from": today(), "period_to": today(), **fields}
        return statusrapport.report(self.cast.fl, self.cast.objekt, **given)

    def test_what_does_not_fit_the_plan_is_offered_with_all_that_was_typed(self) -> None:
        self.as_(self.cast.fl)
        typed = {**TYPED, "aktivitet": self.cast.aktivitet.pk}
        refused = self.client.post(url("uppdrag_create", self.cast.objekt), typed)
        assert refused.status_code == 422
        self.assertContains(refused, "Av aktivitetens kostnadsram återstår", status_code=422)
        self.assertContains(refused, "Föredra för styrgruppen", status_code=422)
        refer = url("arende_create", self.cast.objekt)
        offered = self.client.post(refer, {**typed, "ryms_inte": "1"})
        assert not Arende.objects.exists()
        form = offered.context["form"]
        shown = {name: form[name].value() for name in ("title", "description", "belopp")}
        for value in (*TYPED.values(), self.cast.aktivitet.title):
            assert str(value) in " ".join(map(str, shown.values()))
        sent = self.client.post(refer, shown)
        arende = Arende.objects.get()
        self.assertRedirects(sent, arende.get_absolute_url())
        assert arende.belopp == Decimal("500000.50")

    def test_an_ordinary_mistake_offers_nothing(self) -> None:
        self.as_(self.cast.fl)
        said = self.text(url("uppdrag_create", self.cast.objekt), title="")
        assert "Fyll i fältet" in said
        assert "Föredra för styrgruppen" not in said

    def test_from_refusal_to_decision_outside_the_plan(self) -> None:
        made = casts.uppdrag_of(self.cast)
        casts.adopt(self.cast.plan, "ersatt")
        self.as_(self.cast.fl)
        said = self.text(made.get_absolute_url())
        assert "Uppdraget ryms inte i planen" in said
        refer = f"{url('arende_create', self.cast.objekt)}?uppdrag={made.pk}"
        form = self.client.get(refer).context["form"]
        names = ("title", "description", "belopp")
        self.client.post(refer, {name: form[name].value() for name in names})
        arende = Arende.objects.get()
        for member in (self.cast.oa, self.cast.oait):
            self.as_(member)
            assert f"Ärendet {arende} väntar på ditt ställningstagande." in self.told_to(member)
            self.client.post(url("arende_position", arende), {"bifall": "ja"})
            assert not any("ställningstagande" in said for said in self.told_to(member))
        self.as_(self.cast.fl)
        answer = self.client.post(
            url("uppdrag_decide", made), {"version": Uppdrag.objects.get(pk=made.pk).version}
        )
        self.assertRedirects(answer, made.get_absolute_url())
        assert Uppdrag.objects.get(pk=made.pk).status == "beslutat"

    def test_only_a_granted_arende_of_the_object_starts_an_uppdrag(self) -> None:
        arende = casts.arende_of(self.cast)
        self.as_(self.cast.fl)
        create = url("uppdrag_create", self.cast.objekt)
        for asked in (arende.pk, 0, "x", "9" * 30):
            assert self.client.get(f"{create}?arende={asked}").status_code == 404
        for member in (self.cast.oa, self.cast.oait):
            arenden.take_position(member, arende, bifall=True)
        self.assertContains(self.client.get(f"{create}?arende={arende.pk}"), arende.title)

    def test_reading_a_page_marks_nothing_and_the_button_does(self) -> None:
        for report, name in ((self.deviation(), "avvikelse"), (self.status(), "statusrapport")):
            self.as_(self.cast.oa)
            assert "Markera som läst" in self.text(report.get_absolute_url())
            assert self.client.get(url(f"{name}_read", report)).status_code == 405
            own = Delgivning.objects.filter(person=self.cast.oa, **{name: report})
            assert own.get().read_at is None
            self.client.post(url(f"{name}_read", report))
            assert own.get().read_at
            assert "Markera som läst" not in self.text(report.get_absolute_url())

    def test_who_leads_both_sides_chooses_which(self) -> None:
        both = make_user("bo.bada")
        objekt = make_active("Båda", forvaltningsledare=both, forvaltningsledare_it=both)
        for person, thing, asked in ((both, objekt, True), (self.cast.fl, self.cast.objekt, False)):
            self.as_(person)
            form = self.client.get(url("statusrapport_create", thing)).context["form"]
            assert form["sida"].is_hidden is not asked
            assert form["sida"].value() == ("" if asked else "verksamhet")

    def test_what_is_spent_on_what_is_hidden_is_told_only_to_those_who_know_of_it(self) -> None:
        hidden = make_system(self.cast.objekt, "Larmet", skyddsvard=True)
        known, secret = casts.uppdrag_of(self.cast), casts.uppdrag_of(self.cast, belopp=SEK(7_003))
        casts.arende_of(self.cast, system=hidden, uppdrag=secret)
        for person, spent, left in (
            (self.cast.fl, "47\u00a0003", "92\u00a0997"),
            (make_user("ute.utanfor"), "40\u00a0000", "100\u00a0000"),
        ):
            self.as_(person)
            page = self.text(url("uppdrag_list", self.cast.objekt)).replace("\u202f", "\u00a0")
            assert f"{spent}\u00a0kr" in page, person
            page = self.text(url("uppdrag_detail", known)).replace("\u202f", "\u00a0")
            assert f"{left}\u00a0kr" in page, person

    def test_an_object_without_a_plan_says_what_can_be_done(self) -> None:
        objekt = make_active("Utan plan", forvaltningsledare=self.cast.fl)
        self.as_(self.cast.fl)
        assert "ingen fastställd förvaltningsplan" in self.text(url("uppdrag_list", objekt))
        assert "föredra ett ärende" in self.text(url("uppdrag_create", objekt))

    def test_whose_it_is_stands_where_the_button_would_be(self) -> None:
        self.as_(make_user())
        said = self.text(url("uppdrag_list", self.cast.objekt))
        assert "Uppdrag initieras av" in said
        assert str(self.cast.fl) in said
        matter = casts.arende_of(self.cast)
        assert "Beslutas tillsammans av" in self.text(matter.get_absolute_url())
        assert f"{self.cast.oa}</a> och objektägare IT" in self.text(matter.get_absolute_url())

    def test_a_step_that_came_too_late_says_so(self) -> None:
        made = casts.uppdrag_of(self.cast)
        self.as_(self.cast.fl)
        answer = self.client.post(url("uppdrag_start", made), follow=True)
        self.assertContains(answer, "Uppdraget är initierat. Då går det inte")

    def fill(self, number: int) -> None:
        system = make_system(self.cast.objekt)
        for _each in range(number):
            casts.uppdrag_of(self.cast, belopp=Decimal(1))
            casts.arende_of(self.cast, system=system)
            self.deviation(system=system)
            self.status()

    def queries(self, name: str) -> int:
        self.client.get(url(name, self.cast.objekt))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            self.client.get(url(name, self.cast.objekt))
        return len(captured)

    def test_as_many_queries_for_two_as_for_many(self) -> None:
        names = ("uppdrag_list", "rapport_list")
        self.as_(self.cast.fl)
        self.fill(2)
        few = {name: self.queries(name) for name in names}
        self.fill(20)
        assert {name: self.queries(name) for name in names} == few
        assert max(few.values()) < 30, few
