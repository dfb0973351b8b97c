"""Minutes: written, put forward and then frozen, approved by all members who were there."""

from typing import Any, ClassVar

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import TestCase

from governance import todo
from governance.access import Forbidden
from governance.actions import mote as actions
from governance.actions import protokoll
from governance.history.timeline import Timeline
from governance.models import Mote
from governance.steering import moten
from tests.factories import make_admin, make_system, make_user
from tests.governance.mote import cast as motes
from tests.governance.uppdrag import cast as casts

FROZEN = [
    "UPDATE governance_mote SET minutes = 'Annat' WHERE id = %s",
    "UPDATE governance_mote SET location = 'Annat' WHERE id = %s",
    "UPDATE governance_mote SET content_hash = repeat('1', 64) WHERE id = %s",
    "UPDATE governance_dagordningspunkt SET decision = 'Annat' WHERE mote_id = %s",
    "DELETE FROM governance_dagordningspunkt WHERE mote_id = %s",
    "UPDATE governance_motesdeltagare SET attended = false WHERE mote_id = %s",
    "DELETE FROM governance_motesdeltagare WHERE mote_id = %s",
    "DELETE FROM governance_mote WHERE id = %s",
]


def refused(sql: str, mote: Mote) -> None:
    """Try raw SQL, which the database is to refuse."""
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [mote.pk])


class TestProtokoll(TestCase):
    cast: ClassVar[casts.Cast]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = casts.build()

    def approve(self, person: Any, mote: Mote) -> Mote:
        mote.refresh_from_db()
        return protokoll.approve(person, mote, content_hash=mote.content_hash)

    def waits(self, person: Any) -> list[str]:
        return [task.url for task in todo.tasks(person)]

    def test_a_meeting_is_held_once_it_has_begun(self) -> None:
        mote = actions.call(self.cast.fl, motes.planned(self.cast))
        with pytest.raises(ValidationError, match="inte börjat än"):
            protokoll.hold(self.cast.fl, mote, minutes="Klart")
        with pytest.raises(Forbidden):
            protokoll.hold(self.cast.oa, motes.passed(mote), minutes="Klart")
        held = protokoll.hold(
            self.cast.fl, mote, attended=[motes.row(mote, self.cast.oa)], minutes="Klart"
        )
        assert held.status == Mote.Status.HALLET
        assert motes.row(mote, self.cast.oa).attended is True
        assert motes.row(mote, self.cast.oait).attended is False

    def test_an_arende_is_decided_in_the_arende(self) -> None:
        arende = casts.arende_of(self.cast)
        mote = motes.held(self.cast, arenden=[arende])
        item = mote.dagordningspunkt.get()
        with pytest.raises(ValidationError, match="fattas i ärendet"):
            protokoll.note(self.cast.fl, item, decision="Bifall")
        protokoll.note(self.cast.fl, item, notes="Två frågor")
        own = actions.add_item(self.cast.fl, mote, title="Övrigt")
        assert protokoll.note(self.cast.fl, own, decision="Vi ses i mars").decision

    def test_those_who_were_there_approve_and_the_last_makes_it_final(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            mote = motes.put_forward(self.cast)
        asked = {m.to[0] for m in mail.outbox if "justera" in m.subject}
        assert asked == {self.cast.oa.email, self.cast.oait.email}
        assert self.approve(self.cast.oa, mote).status == Mote.Status.FRAMLAGT
        assert self.approve(self.cast.oait, mote).status == Mote.Status.JUSTERAT
        rows = mote.motesdeltagare.filter(approved_hash=mote.content_hash)
        assert {row.person for row in rows} == {self.cast.oa, self.cast.oait}

    def test_who_was_not_there_does_not_approve(self) -> None:
        mote = motes.put_forward(self.cast, self.cast.oa, self.cast.fl)
        for person in (self.cast.oait, self.cast.fl, make_admin(), make_user(), None):
            with pytest.raises(Forbidden):
                self.approve(person, mote)
        assert self.approve(self.cast.oa, mote).status == Mote.Status.JUSTERAT

    def test_nothing_is_put_forward_when_nobody_can_approve_it(self) -> None:
        with pytest.raises(ValidationError, match="Ingen av dem"):
            motes.put_forward(self.cast, self.cast.fl)
        with pytest.raises(ValidationError, match="Anteckna först"):
            protokoll.put_forward(self.cast.fl, motes.planned(self.cast))

    def test_other_minutes_than_those_that_were_read_are_not_approved(self) -> None:
        mote = motes.put_forward(self.cast)
        read = mote.content_hash
        protokoll.take_back(self.cast.fl, mote)
        protokoll.hold(self.cast.fl, mote, attended=mote.motesdeltagare.all(), minutes="Annat")
        again = protokoll.put_forward(self.cast.fl, mote)
        assert again.content_hash == moten.content_hash(again) != read
        with pytest.raises(ValidationError, match="Läs det igen"):
            protokoll.approve(self.cast.oa, again, content_hash=read)

    def test_taking_back_makes_approvals_fall(self) -> None:
        mote = motes.put_forward(self.cast)
        self.approve(self.cast.oa, mote)
        back = protokoll.take_back(self.cast.fl, mote)
        assert (back.status, back.content_hash) == (Mote.Status.HALLET, "")
        assert not mote.motesdeltagare.exclude(approved_hash="").exists()
        with pytest.raises(ValidationError, match="inte framlagt"):
            self.approve(self.cast.oa, mote)

    def test_what_was_put_forward_is_frozen_in_every_action(self) -> None:
        mote = motes.put_forward(self.cast, arenden=[casts.arende_of(self.cast)])
        item, person = mote.dagordningspunkt.get(), motes.row(mote, self.cast.flit)
        for act in (
            lambda: actions.add_item(self.cast.fl, mote, title="Ny"),
            lambda: actions.remove_item(self.cast.fl, item),
            lambda: actions.add_person(self.cast.fl, mote, person=make_user()),
            lambda: actions.remove_person(self.cast.fl, person),
            lambda: protokoll.note(self.cast.fl, item, notes="Ny"),
            lambda: protokoll.hold(self.cast.fl, mote, minutes="Ny"),
        ):
            with pytest.raises(ValidationError, match="framlagt och ändras inte"):
                act()

    def test_the_database_refuses_it_too(self) -> None:
        mote = motes.put_forward(self.cast, arenden=[casts.arende_of(self.cast)])
        for sql in FROZEN:
            with self.subTest(sql):
                refused(sql, mote)
        refused("UPDATE governance_mote SET status = 'justerat' WHERE id = %s", mote)
        refused(
            "UPDATE governance_motesdeltagare SET approved_at = now(), approved_hash = repeat('1', 64) WHERE mote_id = %s",
            mote,
        )
        for person in (self.cast.oa, self.cast.oait):
            self.approve(person, mote)
        for sql in FROZEN:
            with self.subTest(f"approved: {sql}"):
                refused(sql, mote)
        refused(
            "UPDATE governance_mote SET status = 'hallet', content_hash = '' WHERE id = %s", mote
        )

    def test_who_may_not_read_an_item_does_not_approve_it_unread(self) -> None:
        hidden = make_system(self.cast.objekt, "Larmet", skyddsvard=True)
        arende = casts.arende_of(self.cast, title="Byt larmet", system=hidden)
        mote = motes.planned(self.cast, arenden=[arende])
        guest = make_user("gunnar.gast")
        row = actions.add_person(self.cast.fl, mote, person=guest, ledamot=True)
        protokoll.hold(self.cast.fl, motes.passed(mote), attended=[row], minutes="")
        mote = protokoll.put_forward(self.cast.fl, mote)
        with pytest.raises(ValidationError, match="inte får läsa"):
            self.approve(guest, mote)

    def test_minutes_wait_for_exactly_those_who_are_to_act(self) -> None:
        mote = motes.held(self.cast)
        url = mote.get_absolute_url()
        assert not any(url in self.waits(p) for p in (self.cast.oa, self.cast.oait))
        mote = protokoll.put_forward(self.cast.fl, mote)
        people = (self.cast.oa, self.cast.oait, self.cast.fl, self.cast.flit, make_admin())
        assert [url in self.waits(p) for p in people] == [True, True, False, False, False]
        self.approve(self.cast.oa, mote)
        assert url not in self.waits(self.cast.oa)

    def test_a_meeting_without_minutes_waits_for_who_called_it(self) -> None:
        mote = motes.passed(actions.call(self.cast.fl, motes.planned(self.cast)))
        assert mote.get_absolute_url() in self.waits(self.cast.fl)
        assert mote.get_absolute_url() not in self.waits(self.cast.flit)

    def test_the_history_tells_each_step(self) -> None:
        mote = motes.put_forward(self.cast)
        self.approve(self.cast.oa, mote)
        protokoll.take_back(self.cast.fl, mote)
        timeline = Timeline(self.cast.fl, mote)
        entries = timeline.entries(list(timeline.gestures()))
        said = " ".join(item.said() for entry in entries for item in entry.items)
        for words in (
            "Kallelsen till Styrgruppsmöte",
            "lades fram för justering",
            f"{self.cast.oa} justerade protokollet",
            f"Justeringen av {self.cast.oa} föll",
            "togs tillbaka",
        ):
            assert words in said
