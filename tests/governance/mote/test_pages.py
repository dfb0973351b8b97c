"""The pages of meetings: what is proposed, offered at each step, and hidden."""

from typing import Any, ClassVar

from django.core import mail
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from governance.actions import mote as actions
from governance.models import Mote
from roles.models import User
from tests.factories import make_system, make_user
from tests.governance.mote import cast as motes
from tests.governance.uppdrag import cast as casts


def url(name: str, thing: Any) -> str:
    return reverse(f"governance:{name}", args=[thing.pk])


class TestPages(TestCase):
    cast: ClassVar[casts.Cast]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = casts.build()

    def as_(self, person: User) -> None:
        self.client.force_login(person)

    def text(self, address: str) -> str:
        return self.client.get(address).content.decode()

    def typed(self, **fields: Any) -> dict[str, Any]:
        start = motes.tomorrow()
        return {
            "slag": "styrgrupp",
            "starts_at": start.strftime("%Y-%m-%dT%H:%M"),
            "ends_at": start.replace(hour=10).strftime("%Y-%m-%dT%H:%M"),
            "location": "Rum 4",
            **fields,
        }

    def test_planning_proposes_what_is_open_and_who_leads_and_owns(self) -> None:
        arende = casts.arende_of(self.cast)
        self.as_(self.cast.fl)
        form = self.client.get(url("mote_create", self.cast.objekt)).context["form"]
        people = {self.cast.oa.pk, self.cast.oait.pk, self.cast.fl.pk, self.cast.flit.pk}
        assert set(form["people"].initial) == people
        assert form["arenden"].initial == [arende.pk]
        assert "avvikelser" not in form.fields

    def test_from_planning_to_approved_minutes(self) -> None:
        arende = casts.arende_of(self.cast)
        self.as_(self.cast.fl)
        people = [self.cast.oa.pk, self.cast.oait.pk]
        typed = self.typed(arenden=[arende.pk], people=people)
        made = self.client.post(url("mote_create", self.cast.objekt), typed)
        mote = Mote.objects.get()
        assert made["Location"] == mote.get_absolute_url()
        assert timezone.localtime(mote.starts_at).hour == 9
        assert "Skicka kallelsen" in self.text(mote.get_absolute_url())
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(url("mote_call", mote))
        assert {m.to[0] for m in mail.outbox if "Kallelse" in m.subject} == {
            self.cast.oa.email,
            self.cast.oait.email,
        }
        motes.passed(mote)
        form = self.client.get(url("mote_hold", mote)).context["form"]
        came = [row.pk for row in mote.motesdeltagare.all()]
        assert sorted(form["attended"].initial) == sorted(came)
        typed = {"attended": came, "minutes": "Läget är gott.", "version": form["version"].value()}
        self.client.post(url("mote_hold", mote), typed)
        assert "Läget är gott." in self.text(mote.get_absolute_url())
        self.client.post(url("mote_put_forward", mote))
        mote.refresh_from_db()
        assert mote.status == Mote.Status.FRAMLAGT
        assert "Justera protokollet</button>" not in self.text(mote.get_absolute_url())
        for person in (self.cast.oa, self.cast.oait):
            self.as_(person)
            assert "Justera protokollet</button>" in self.text(mote.get_absolute_url())
            self.client.post(url("mote_approve", mote), {"content_hash": mote.content_hash})
        assert "Protokollet är justerat." in self.text(mote.get_absolute_url())

    def test_nobody_who_stayed_away_is_said_to_approve_the_minutes(self) -> None:
        self.as_(self.cast.fl)
        mote = motes.held(self.cast, self.cast.oa)
        page = self.text(mote.get_absolute_url())
        assert page.count("Justerar protokollet") == 1
        assert "Var inte med" in page

    def test_a_choice_that_is_not_made_is_said_in_words(self) -> None:
        self.as_(self.cast.fl)
        page = self.text(url("mote_create", self.cast.objekt))
        assert '<option value="" selected>Välj</option>' in page
        assert "-----" not in page

    def test_an_arende_leads_to_where_it_is_decided(self) -> None:
        arende = casts.arende_of(self.cast)
        mote = motes.held(self.cast, arenden=[arende])
        self.as_(self.cast.fl)
        page = self.text(mote.get_absolute_url())
        assert arende.get_absolute_url() in page
        assert "Beslut om ärendet fattas i ärendet." in page
        form = self.client.get(url("punkt_change", mote.dagordningspunkt.get())).context["form"]
        assert list(form.Meta.fields) == ["title", "notes", "decision"]
        assert "decision" not in form.fields

    def test_faults_are_said_beside_their_fields(self) -> None:
        self.as_(self.cast.fl)
        create = url("mote_create", self.cast.objekt)
        for typed, sentence in (
            (self.typed(ends_at="2020-01-01T09:00"), "Mötet slutar innan det börjar."),
            (self.typed(starts_at="0001-01-01T00:00"), "Skriv ett år mellan 2000 och 2100."),
            (self.typed(starts_at="i morgon"), "Skriv dag och klockslag"),
        ):
            with self.subTest(sentence):
                self.assertContains(self.client.post(create, typed), sentence, status_code=422)

    def test_who_may_not_know_of_a_system_sees_no_item_about_it(self) -> None:
        hidden = make_system(self.cast.objekt, "Larmet", skyddsvard=True)
        arende = casts.arende_of(self.cast, title="Byt larmet", system=hidden)
        mote = motes.planned(self.cast, arenden=[arende])
        for person, sees in ((self.cast.oa, True), (make_user(), False)):
            self.as_(person)
            for name in ("mote_detail", "mote_history"):
                assert ("Byt larmet" in self.text(url(name, mote))) == sees
            assert "larmet" not in self.text(url("mote_ics", mote)).lower()

    def test_the_calendar_file_follows_the_meeting(self) -> None:
        mote = actions.call(self.cast.fl, motes.planned(self.cast))
        self.as_(make_user())
        answer = self.client.get(url("mote_ics", mote))
        assert answer["Content-Type"].startswith("text/calendar")
        assert Calendar.from_ical(answer.content)["METHOD"] == "REQUEST"
        actions.cancel(self.cast.fl, mote, reason="Influensa")
        answer = self.client.get(url("mote_ics", mote))
        assert Calendar.from_ical(answer.content)["METHOD"] == "CANCEL"

    def test_the_same_number_of_queries_for_two_and_for_fifty(self) -> None:
        mote = motes.planned(self.cast)
        actions.add_item(self.cast.fl, mote, title="Läget")
        addresses = [url("mote_list", self.cast.objekt), mote.get_absolute_url()]
        few = [self.queries(address) for address in addresses]
        for number in range(25):
            motes.planned(self.cast, people=[self.cast.oa])
            arende = casts.arende_of(self.cast, title=f"Ärende {number}")
            actions.add_item(self.cast.fl, mote, arende=arende)
            actions.add_person(self.cast.fl, mote, person=make_user())
        assert [self.queries(address) for address in addresses] == few

    def queries(self, address: str) -> int:
        self.as_(self.cast.fl)
        self.client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert self.client.get(address).status_code == 200
        return len(asked)

    def test_two_who_edit_the_same_meeting_lose_nothing_of_each_other(self) -> None:
        mote = actions.call(self.cast.fl, motes.planned(self.cast))
        path = url("mote_change", mote)
        self.as_(self.cast.fl)
        opened = self.client.get(path).context["form"]
        mine = {f.html_name: f.value() for f in opened if f.value() is not None}
        late = motes.tomorrow().replace(hour=14)
        mine |= {
            "starts_at": late.strftime("%Y-%m-%dT%H:%M"),
            "ends_at": late.replace(hour=15).strftime("%Y-%m-%dT%H:%M"),
        }
        mote.refresh_from_db()
        noon = motes.tomorrow().replace(hour=12)
        ends = noon.replace(hour=13)
        actions.change(self.cast.fl, mote, starts_at=noon, ends_at=ends, version=mote.version)
        sequence = Mote.objects.get().sequence
        answer = self.client.post(path, mine)
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "medan du skrev" in page
        assert "14:00" in page
        assert "12:00" in page
        assert Mote.objects.get().starts_at == noon
        with self.captureOnCommitCallbacks(execute=True):
            kept = answer.context["form"]
            mine["version"] = kept["version"].value()
            assert kept["starts_at"].value() == mine["starts_at"]
            assert self.client.post(path, mine).status_code == 302
        saved = Mote.objects.get()
        assert (saved.starts_at, saved.sequence) == (late, sequence + 1)
        assert {letter.to[0] for letter in mail.outbox} >= {self.cast.oa.email}

    def test_identical_times_saved_twice_are_no_conflict_and_no_second_letter(self) -> None:
        mote = actions.call(self.cast.fl, motes.planned(self.cast))
        noon = motes.tomorrow().replace(hour=12)
        times: dict[str, Any] = {"starts_at": noon, "ends_at": noon.replace(hour=13)}
        mote.refresh_from_db()
        first = actions.change(self.cast.fl, mote, version=mote.version, **times)
        again = actions.change(self.cast.fl, mote, version=mote.version, **times)
        assert again.sequence == first.sequence
