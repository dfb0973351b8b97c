"""What the page of an agreement says will become of it."""

from datetime import timedelta

from django.urls import reverse

from governance.actions import avtal_signing as signing
from governance.models import Avtal
from governance.steering import notice
from governance.templatetags.regit import dmy
from tests.factories import today
from tests.factories.avtal import (
    make_signed,
)
from tests.governance.avtal.pages import PageCase, browser

DAY = timedelta(days=1)


class TestWhatBecomesOfIt(PageCase):
    """The page of an agreement says when to act, and what happens if nobody does."""

    def said(self, avtal: Avtal) -> str:
        page = browser(self.outsider).get(avtal.get_absolute_url()).content.decode()
        start = page.index('<p class="notice')
        return " ".join(page[start : page.index("</p>", start)].split())

    def test_one_that_extends_itself_names_the_day_and_how_long_it_is_then_bound(self) -> None:
        avtal = make_signed(
            self.objekt,
            self.system,
            ends_on=today() + timedelta(days=120),
            notice_months=3,
            extension_months=12,
            extends_itself=True,
        )
        stands = notice.standing_of(avtal, today())
        assert stands.notice
        assert stands.until
        said = self.said(avtal)
        assert f"Sista dag att säga upp avtalet är {dmy(stands.notice)}." in said
        renewed = notice.shift(stands.until, 12)
        assert f"Gör ingen något förlängs det av sig självt till och med {dmy(renewed)}." in said
        assert "notice warning" in said

    def test_when_the_day_has_passed_the_next_one_is_named(self) -> None:
        avtal = make_signed(
            self.objekt,
            self.system,
            ends_on=today() + timedelta(days=30),
            notice_months=3,
            extension_months=12,
            extensions_most=1,
            extends_itself=True,
        )
        last = notice.shift(today() + timedelta(days=30), 12)
        said = self.said(avtal)
        assert f"Avtalet upphör efter {dmy(last)} om ingen gör något." in said
        assert "Det kan inte förlängas mer enligt sina villkor." in said
        assert f"Ska det sägas upp görs det senast {dmy(notice.shift(last, -3))}." in said

    def test_one_that_can_be_extended_says_how_far_until_its_options_are_used(self) -> None:
        last = today() + timedelta(days=30)
        avtal = make_signed(
            self.objekt,
            self.system,
            ends_on=last,
            notice_months=3,
            extension_months=6,
            extensions_most=1,
        )
        more = notice.shift(last, 6)
        said = self.said(avtal)
        assert f"Avtalet upphör efter {dmy(last)} om ingen gör något." in said
        assert f"Det kan förlängas till och med {dmy(more)}." in said
        assert "passerade" in said
        client, link = browser(self.owner), reverse("governance:avtal_extend", args=[avtal.pk])
        assert link in client.get(avtal.get_absolute_url()).content.decode()
        signing.extend(self.owner, avtal, until=more, decision="Beslut 2")
        assert link not in client.get(avtal.get_absolute_url()).content.decode()
        said = self.said(avtal)
        assert f"Avtalet upphör efter {dmy(more)} om ingen gör något." in said
        assert "Det kan inte förlängas mer" in said

    def test_tills_vidare_goes_on(self) -> None:
        avtal = make_signed(self.objekt, self.system, ends_on=None, notice_months=6)
        assert "upphör efter 6 månaders uppsägningstid" in self.said(avtal)

    def test_the_day_to_follow_up_stands_with_the_follow_ups(self) -> None:
        avtal = make_signed(self.objekt, self.system)
        client = browser(self.owner)
        by = today() + timedelta(days=365)
        page = client.get(avtal.get_absolute_url()).content.decode()
        assert f"Följs upp senast {dmy(by)}." in page
        signing.follow_up(self.owner, avtal, on=today(), note="Bra", next_on=today() + DAY)
        page = client.get(avtal.get_absolute_url()).content.decode()
        assert f"Följs upp senast {dmy(today() + DAY)}." in page
