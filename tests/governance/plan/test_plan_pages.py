"""The pages of a plan, from the first draft to the paper."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.actions import plan as actions
from governance.actions import planrader as rows
from governance.models import Aktivitet, Forvaltningsplan, Mal
from tests.factories import make_system, make_user
from tests.governance.plan.case import PlanCase


class TestPlanPages(PlanCase):
    def test_a_plan_is_drafted_put_forward_and_adopted_through_the_pages(self) -> None:
        self.client.force_login(self.fl)
        typed = {"period_from": "2027-01-01", "period_to": "2027-12-31", "summary": "Lugn drift"}
        made = self.client.post(f"/objekt/{self.objekt.pk}/planer/ny/", typed)
        assert made.status_code == 302
        address = made["Location"]
        row = {"title": "Nöjda användare", "sida": "verksamhet"}
        assert self.client.post(f"{address}mal/ny/", row).status_code == 302
        post = {"title": "Licenser", "sida": "it", "slag": "licens", "belopp": "12 500"}
        assert self.client.post(f"{address}budgetpost/ny/", post).status_code == 302
        page = self.client.get(address).content.decode()
        assert "12\u202f500\u00a0kr" in page
        plan = Forvaltningsplan.objects.get(summary="Lugn drift")
        assert (
            self.client.post(f"{address}lagg-fram/", {"version": plan.version}).status_code == 302
        )
        plan.refresh_from_db()
        for person, sida in ((self.oa, "verksamhet"), (self.oait, "it")):
            self.client.force_login(person)
            assert "Fastställ för" in self.client.get(address).content.decode()
            answer = {"content_hash": plan.content_hash}
            unsure = self.client.post(f"{address}underteckna/{sida}/", answer)
            assert unsure.status_code == 422
            answer["sure"] = "on"
            assert self.client.post(f"{address}underteckna/{sida}/", answer).status_code == 302
        page = self.client.get(address).content.decode()
        assert "Fastställd" in page
        assert "är fastställd" in page

    def test_an_owner_is_offered_to_send_the_plan_back_and_asked_why(self) -> None:
        actions.put_forward(self.fl, self.plan)
        address = f"/planer/{self.plan.pk}/"
        self.client.force_login(self.oait)
        assert "Skicka tillbaka planen" in self.client.get(address).content.decode()
        posted = {"version": self.fresh().version, "reason": ""}
        assert self.client.post(f"{address}ta-tillbaka/", posted).status_code == 422
        posted["reason"] = "Målen går inte att mäta"
        assert self.client.post(f"{address}ta-tillbaka/", posted).status_code == 302
        assert "ta-tillbaka" not in self.client.get(address).content.decode()
        assert self.fresh().status == "utkast"

    def test_a_hidden_system_is_in_nobodys_plan_who_may_not_know_of_it(self) -> None:
        hidden = make_system(self.objekt, "Hemligt", skyddsvard=True)
        rows.add(self.fl, self.plan, Aktivitet, sida="it", title="Byt Hemligt", system=hidden)
        copy = actions.begin_version(
            self.fl, self.plan, period_from=date(2027, 1, 1), period_to=date(2027, 12, 31)
        )
        pages = (
            f"/planer/{self.plan.pk}/",
            f"/planer/{copy.pk}/jamfor/{self.plan.pk}/",
            f"/planer/{copy.pk}/historik/",
        )
        self.client.force_login(make_user("ute.staende"))
        for address in pages:
            assert "Hemligt" not in self.client.get(address).content.decode()
        self.client.force_login(self.fl)
        for address in (pages[0], pages[2]):
            assert "Hemligt" in self.client.get(address).content.decode()

    def test_the_paper_is_a_pdf_with_what_the_plan_says(self) -> None:
        rows.change(self.fl, self.goal, title="Färre fel → snabbare svar – åäö €")
        self.client.force_login(make_user("las.are"))
        response = self.client.get(f"/planer/{self.plan.pk}/plan.pdf")
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF-")

    def test_the_paper_has_letters_of_other_languages(self) -> None:
        rows.change(self.fl, self.goal, title="Żółta čeština, Ж och Ω")
        self.client.force_login(make_user("las.are"))
        with self.assertNoLogs("fpdf", "WARNING"):  # it warns of a letter that the font lacks
            paper = self.client.get(f"/planer/{self.plan.pk}/plan.pdf").content
        assert b"+Roboto" in paper

    def test_a_plan_is_compared_only_with_plans_of_its_own_object(self) -> None:
        from tests.factories import make_active

        other = actions.create(
            None, make_active("Annat"), period_from=date(2026, 1, 1), period_to=date(2026, 12, 31)
        )
        self.client.force_login(self.fl)
        assert self.client.get(f"/planer/{self.plan.pk}/jamfor/{other.pk}/").status_code == 404

    def test_a_comparison_shows_only_the_parts_that_differ(self) -> None:
        copy = actions.begin_version(
            self.fl, self.plan, period_from=self.plan.period_from, period_to=self.plan.period_to
        )
        address = f"/planer/{copy.pk}/jamfor/{self.plan.pk}/"
        self.client.force_login(self.fl)
        assert "Planerna säger samma sak" in self.client.get(address).content.decode()
        rows.add(self.fl, copy, Mal, sida="it", title="Snabbare svar")
        page = self.client.get(address)
        assert list(page.context["parts"]) == ["mål"]
        assert [row.title for row in page.context["parts"]["mål"]] == ["Snabbare svar"]
        turned = self.client.get(f"/planer/{self.plan.pk}/jamfor/{copy.pk}/").context
        assert (turned["old"], turned["new"]) == (self.plan, copy)
        assert [row.kind for row in turned["parts"]["mål"]] == ["added"]

    def test_a_plans_page_stands_under_agreements_and_plans_in_the_menu(self) -> None:
        self.client.force_login(self.fl)
        page = self.client.get(f"/planer/{self.plan.pk}/").content.decode()
        assert '<a href="/avtal/" aria-current="true">' in page
        assert '<a href="/objekt/">' in page

    def test_the_page_asks_as_many_queries_with_two_goals_as_with_fifty(self) -> None:
        self.client.force_login(self.fl)

        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert self.client.get(f"/planer/{self.plan.pk}/").status_code == 200
            return len(queries)

        asked()
        rows.add(self.fl, self.plan, Mal, sida="it", title="Mål")
        few = asked()
        for number in range(48):
            rows.add(self.fl, self.plan, Mal, sida="it", title=f"Mål {number}")
        assert asked() == few <= 18
