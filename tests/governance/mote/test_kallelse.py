"""Calling to a meeting: exactly the called get a letter, with an entry that their calendar knows."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import TestCase
from django.utils import timezone
from icalendar import Calendar

from governance.access import Forbidden
from governance.actions import arende as arenden
from governance.actions import avvikelse as avvikelser
from governance.actions import mote as actions
from governance.models import Mote
from governance.steering import kallelse, moten
from tests.factories import make_admin, make_system, make_user, today
from tests.governance.mote import cast as motes
from tests.governance.uppdrag import cast as casts


def entry(letter: Any) -> tuple[str, Any]:
    """Return how the letter's calendar is marked, and its one event."""
    parts = [p for p in letter.message().walk() if p.get_content_type() == "text/calendar"]
    assert len(parts) == 1
    part: Any = parts[0]
    file: Any = Calendar.from_ical(part.get_payload(decode=True))
    assert file["METHOD"] == part.get_param("method")
    return str(file["METHOD"]), file.walk("VEVENT")[0]


class TestKallelse(TestCase):
    cast: ClassVar[casts.Cast]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = casts.build()

    def setUp(self) -> None:
        self.mote = motes.planned(self.cast)

    def letters(self, act: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the letters that an act sends, by receiver."""
        mail.outbox.clear()
        with self.captureOnCommitCallbacks(execute=True):
            act(self.cast.fl, *args, **kwargs)
        return {letter.to[0]: letter for letter in mail.outbox}

    def everybody(self) -> set[str]:
        return {p.email for p in (self.cast.oa, self.cast.oait, self.cast.fl, self.cast.flit)}

    def test_the_styrgrupp_and_the_leaders_are_proposed(self) -> None:
        expected = {self.cast.oa, self.cast.oait, self.cast.fl, self.cast.flit}
        assert set(moten.proposed_people(self.cast.objekt)) == expected

    def test_the_styrgrupp_approves_its_meeting_and_the_leaders_theirs(self) -> None:
        approving = {row.person for row in self.mote.motesdeltagare.filter(ledamot=True)}
        assert approving == {self.cast.oa, self.cast.oait}
        other = motes.planned(self.cast, slag="forvaltning")
        approving = {row.person for row in other.motesdeltagare.filter(ledamot=True)}
        assert approving == {self.cast.fl, self.cast.flit}

    def test_open_matters_become_items(self) -> None:
        arende = casts.arende_of(self.cast)
        mote = motes.planned(self.cast, arenden=moten.open_arenden(self.cast.fl, self.cast.objekt))
        assert [item.arende for item in mote.dagordningspunkt.all()] == [arende]
        arenden.withdraw(self.cast.fl, arende)
        assert not moten.open_arenden(self.cast.fl, self.cast.objekt).exists()

    def test_only_who_calls_meetings_plans_and_calls(self) -> None:
        for person in (self.cast.oa, self.cast.flit, make_admin(), make_user()):
            with pytest.raises(Forbidden):
                actions.call(person, self.mote)
            with pytest.raises(Forbidden):
                actions.plan(person, self.cast.objekt, slag="styrgrupp")

    def test_exactly_the_called_get_one_letter_each(self) -> None:
        sent = self.letters(actions.call, self.mote)
        assert set(sent) == self.everybody()
        assert len(mail.outbox) == 4
        assert self.mote.get_absolute_url() in mail.outbox[0].body
        self.mote.refresh_from_db()
        assert self.mote.status == Mote.Status.KALLAT
        assert self.letters(actions.call, self.mote) == {}

    def test_the_calendar_knows_when_where_and_who(self) -> None:
        method, event = entry(self.letters(actions.call, self.mote)[self.cast.oa.email])
        assert method == "REQUEST"
        assert event["SEQUENCE"] == 0
        assert str(self.mote.uid) in event["UID"]
        assert event["DTSTART"].params["TZID"] == "Europe/Stockholm"
        assert event["DTSTART"].dt == self.mote.starts_at
        assert event["LOCATION"] == "Rum 4"
        called = {str(one).removeprefix("mailto:") for one in event["ATTENDEE"]}
        assert called == self.everybody()
        assert str(event["ORGANIZER"]) == f"mailto:{self.cast.fl.email}"

    def test_a_zone_is_told_so_that_summer_and_winter_are_right(self) -> None:
        start = datetime(2030, 7, 1, 7, 0, tzinfo=UTC)
        mote = motes.planned(self.cast, starts_at=start)
        file = kallelse.calendar(mote).decode()
        assert "BEGIN:VTIMEZONE" in file
        assert "DTSTART;TZID=Europe/Stockholm:20300701T090000" in file
        assert kallelse.when(mote) == "måndag 1 juli 2030 kl. 9.00–10.30"

    def test_a_change_is_the_same_meeting_with_a_higher_number(self) -> None:
        _method, first = entry(self.letters(actions.call, self.mote)[self.cast.oa.email])
        sent = self.letters(actions.change, self.mote, location="Rum 5")
        assert set(sent) == self.everybody()
        method, event = entry(sent[self.cast.oa.email])
        assert (method, event["UID"], event["SEQUENCE"]) == ("REQUEST", first["UID"], 1)
        assert event["LOCATION"] == "Rum 5"
        assert self.letters(actions.change, self.mote, location="Rum 5") == {}

    def test_a_draft_changes_without_a_letter(self) -> None:
        assert self.letters(actions.change, self.mote, location="Rum 5") == {}
        self.mote.refresh_from_db()
        assert self.mote.sequence == 0

    def test_a_cancelled_meeting_leaves_the_calendars(self) -> None:
        self.letters(actions.call, self.mote)
        sent = self.letters(actions.cancel, self.mote, reason="Influensa")
        assert set(sent) == self.everybody()
        method, event = entry(sent[self.cast.oa.email])
        assert (method, event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
        assert "Influensa" in sent[self.cast.oa.email].body
        with pytest.raises(ValidationError, match="Kallelsen ändras inte mer"):
            actions.change(self.cast.fl, self.mote, location="Rum 6")

    def test_a_cancelled_draft_tells_nobody(self) -> None:
        assert self.letters(actions.cancel, self.mote) == {}

    def test_only_the_added_and_the_removed_are_told(self) -> None:
        self.letters(actions.call, self.mote)
        guest = make_user("gunnar.gast")
        assert set(self.letters(actions.add_person, self.mote, person=guest)) == {guest.email}
        sent = self.letters(actions.remove_person, motes.row(self.mote, guest))
        assert set(sent) == {guest.email}
        assert entry(sent[guest.email])[0] == "CANCEL"
        with pytest.raises(ValidationError, match="redan kallad"):
            actions.add_person(self.cast.fl, self.mote, person=self.cast.oa)

    def test_nobody_is_called_to_what_has_begun_or_to_an_empty_list(self) -> None:
        with pytest.raises(ValidationError, match="redan börjat"):
            actions.call(self.cast.fl, motes.passed(self.mote))
        with pytest.raises(ValidationError, match="Ingen står på listan"):
            actions.call(self.cast.fl, motes.planned(self.cast, people=[]))
        with pytest.raises(ValidationError, match="slutar innan det börjar"):
            motes.planned(self.cast, ends_at=timezone.now() - timedelta(days=1))

    def test_neither_letter_nor_calendar_tells_of_a_skyddsvart_system(self) -> None:
        hidden = make_system(self.cast.objekt, "Larmet", skyddsvard=True)
        arende = casts.arende_of(self.cast, title="Byt larmet", system=hidden)
        told = casts.arende_of(self.cast, title="Köp en modul")
        deviation = avvikelser.report(
            self.cast.fl, self.cast.objekt, sida="verksamhet", title="Larmet är sent",
            description="Sent", paverkar="tid", on=today(), system=hidden,
        )  # fmt: skip
        mote = motes.planned(self.cast, arenden=[arende, told], avvikelser=[deviation])
        sent = self.letters(actions.call, mote)
        said = sent[self.cast.oa.email].message().as_string() + kallelse.calendar(mote).decode()
        assert kallelse.agenda_lines(mote) == ["1. Köp en modul"]
        assert "larmet" not in said.lower()
        assert moten.agenda(self.cast.oa, mote).count() == 3
        assert moten.agenda(make_user(), mote).count() == 1

    def test_items_of_ones_own_move_and_go(self) -> None:
        first = actions.add_item(self.cast.fl, self.mote, title="Läget")
        second = actions.add_item(self.cast.fl, self.mote, title="Övrigt")
        actions.move_item(self.cast.fl, second, up=True)
        assert kallelse.agenda_lines(self.mote) == ["1. Övrigt", "2. Läget"]
        actions.move_item(self.cast.fl, second, up=True)
        actions.remove_item(self.cast.fl, first)
        assert kallelse.agenda_lines(self.mote) == ["1. Övrigt"]
        with pytest.raises(ValidationError, match="Skriv vad punkten gäller"):
            actions.add_item(self.cast.fl, self.mote, title=" ")

    def test_a_matter_of_another_object_is_refused(self) -> None:
        other = casts.build("Vattenförsörjningen")
        with pytest.raises(ValidationError, match="annat objekt"):
            actions.add_item(self.cast.fl, self.mote, arende=casts.arende_of(other))
