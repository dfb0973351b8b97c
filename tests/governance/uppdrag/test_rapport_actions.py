"""Avvikelser and statusrapporter reach exactly those that the clause names, and stay as sent."""

from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import TestCase

from governance.access import Forbidden
from governance.actions import avvikelse, delgivning, statusrapport
from governance.models import Avvikelse, Statusrapport
from governance.steering.rapporter import unread_by
from roles import assignments
from roles.models import RoleAssignment, User
from tests.factories import make_active, make_admin, make_objekt, make_user, today
from tests.governance.uppdrag import cast as casts

STATUS: dict[str, Any] = {
    "sida": "verksamhet",
    "mal_lage": "gron",
    "tid_lage": "gul",
    "kostnad_lage": "rod",
    "summary": "Det går framåt.",
}


class TestRapporter(TestCase):
    cast: ClassVar[casts.Cast]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = casts.build()

    def deviation(self, person: User | None = None, **fields: Any) -> Avvikelse:
        given: dict[str, Any] = {
            "sida": "verksamhet",
            "title": "Försenat",
            "description": "Leverantören är sen.",
        }
        given |= {"paverkar": "tid", "on": today(), **fields}
        return avvikelse.report(person or self.cast.fl, self.cast.objekt, **given)

    def status(self, person: User | None = None, **fields: Any) -> Statusrapport:
        given = {"period_from": today() - timedelta(days=30), "period_to": today()}
        return statusrapport.report(
            person or self.cast.fl, self.cast.objekt, **{**STATUS, **given, **fields}
        )

    def reached(self, report: Any) -> set[User]:
        return {row.person for row in report.delgivningar.all()}

    def test_an_avvikelse_reaches_the_styrgrupp_and_nobody_else(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            report = self.deviation()
        assert self.reached(report) == {self.cast.oa, self.cast.oait}
        assert {d.clause for d in report.delgivningar.all()} == {"6.3.U9"}
        assert {m.to[0] for m in mail.outbox} == {self.cast.oa.email, self.cast.oait.email}
        it = self.deviation(self.cast.flit, sida="it")
        assert {d.clause for d in it.delgivningar.all()} == {"6.5.U4"}

    def test_a_statusrapport_reaches_the_owner_of_its_side(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            report = self.status()
        assert self.reached(report) == {self.cast.oa}
        assert report.plan == self.cast.plan
        assert [m.to for m in mail.outbox] == [[self.cast.oa.email]]
        it = self.status(self.cast.flit, sida="it")
        assert self.reached(it) == {self.cast.oait}
        assert it.delgivningar.get().clause == "6.5.U3"

    def test_a_substitute_is_reached_while_substituting(self) -> None:
        vera = make_user("vera.vikarie")
        owner = RoleAssignment.objects.get(objekt=self.cast.objekt, role="objektagare")
        assignments.substitute(
            None, owner, vera, valid_from=today(), valid_to=today(), reason="Ledig"
        )
        assert self.reached(self.status()) == {self.cast.oa, vera}

    def test_nobody_reports_for_a_side_that_somebody_else_leads(self) -> None:
        for report in (self.status, self.deviation):
            with pytest.raises(ValidationError, match="den sida som du leder"):
                report(self.cast.flit)
        for person in (self.cast.oa, make_admin(), make_user()):
            with pytest.raises(Forbidden):
                self.status(person)
            with pytest.raises(Forbidden):
                self.deviation(person)

    def test_nothing_is_sent_when_there_is_nobody_to_reach(self) -> None:
        draft = make_objekt("Utkastet")
        with pytest.raises(ValidationError, match="inga ledamöter"):
            avvikelse.report(None, draft, sida="it", title="x", description="y", paverkar="tid")
        period: dict[str, Any] = {"period_from": today(), "period_to": today()}
        with pytest.raises(ValidationError, match="ingen objektägare i dag"):
            statusrapport.report(None, draft, **STATUS, **period)
        assert not Avvikelse.objects.exists()
        assert not Statusrapport.objects.exists()

    def test_each_receiver_marks_it_as_read_once(self) -> None:
        report = self.deviation()
        assert [d.avvikelse for d in unread_by(self.cast.oa)] == [report]
        first = delgivning.mark_read(self.cast.oa, report).read_at
        assert delgivning.mark_read(self.cast.oa, report).read_at == first
        assert not unread_by(self.cast.oa).exists()
        assert unread_by(self.cast.oait).count() == 1
        with pytest.raises(Forbidden):
            delgivning.mark_read(self.cast.fl, report)

    def test_a_member_of_the_styrgrupp_handles_an_avvikelse(self) -> None:
        report = self.deviation()
        for person in (self.cast.fl, make_admin()):
            with pytest.raises(Forbidden):
                avvikelse.handle(person, report, handling="Klart")
        with pytest.raises(ValidationError, match="hur avvikelsen har hanterats"):
            avvikelse.handle(self.cast.oait, report, handling=" ")
        handled = avvikelse.handle(self.cast.oait, report, handling="Ny tidplan är beslutad.")
        assert (handled.status, handled.handled_on) == ("hanterad", today())
        with pytest.raises(ValidationError, match="redan hanterad"):
            avvikelse.handle(self.cast.oa, report, handling="Igen")

    def test_a_correction_names_the_report_that_it_corrects(self) -> None:
        report = self.status()
        assert self.status(corrects=report).corrects == report
        with pytest.raises(ValidationError, match="annat objekt eller en annan sida"):
            self.status(self.cast.flit, sida="it", corrects=report)
        other = make_active("Annat", forvaltningsledare=self.cast.fl)
        period: dict[str, Any] = {"period_from": today(), "period_to": today()}
        with pytest.raises(ValidationError, match="annat objekt"):
            statusrapport.report(self.cast.fl, other, corrects=report, **STATUS, **period)

    def test_a_day_to_come_is_refused(self) -> None:
        with pytest.raises(ValidationError, match="framtiden"):
            self.deviation(on=today() + timedelta(days=1))

    def test_the_database_keeps_what_was_sent(self) -> None:
        sent, report = self.deviation(), self.status()
        delgivning.mark_read(self.cast.oa, report)
        for statement in (
            "UPDATE governance_statusrapport SET summary = 'x'",
            "DELETE FROM governance_statusrapport",
            f"UPDATE governance_avvikelse SET title = 'x' WHERE id = {sent.pk}",
            "DELETE FROM governance_avvikelse",
            "UPDATE governance_delgivning SET read_at = now()",
            "DELETE FROM governance_delgivning",
        ):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as c:
                c.execute(statement)
