"""A kostnadsrapport reaches those that the clause names, keeps its sums, and hides what is hidden."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance import access
from governance.access import Forbidden
from governance.actions import avrop, delgivning, kostnadsrapport, tilldelning
from governance.actions import kostnad as costs
from governance.models import Delgivning, Kostnadsrapport
from governance.steering.rapporter import unread_by
from governance.todo import tasks
from roles import assignments
from roles.models import RoleAssignment, User
from tests.factories import (
    make_active,
    make_admin,
    make_objekt,
    make_revisor,
    make_system,
    make_user,
    today,
)
from tests.factories.steering import make_plan, put_avtal
from tests.governance.ekonomi.staffed import SEK, Staffed, refused


class TestKostnadsrapport(Staffed):
    def report(self, by: User | None = None, **fields: Any) -> Kostnadsrapport:
        given = {"sida": "verksamhet", "until": today(), "comment": "Enligt plan.", **fields}
        return kostnadsrapport.report(by or self.fl, self.objekt, **given)

    def it_report(self, **fields: Any) -> Kostnadsrapport:
        return self.report(self.flit, sida="it", **fields)

    def sums(self, rapport: Kostnadsrapport) -> list[Decimal]:
        return [rapport.budget, rapport.attesterat, rapport.vantar]

    def reached(self, rapport: Kostnadsrapport) -> set[tuple[User, str]]:
        return {(row.person, row.clause) for row in rapport.delgivningar.all()}

    def test_the_costs_of_the_object_reach_its_owner_alone(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            rapport = self.report()
        assert self.reached(rapport) == {(self.oa, "6.3.U11")}
        assert [message.to for message in mail.outbox] == [[self.oa.email]]
        assert rapport.get_absolute_url() in mail.outbox[0].body

    def test_the_costs_of_it_reach_the_leader_and_the_owner_of_it(self) -> None:
        assert self.reached(self.it_report()) == {(self.fl, "6.5.U7"), (self.oait, "6.5.U7")}

    def test_who_both_leads_and_owns_it_is_reached_once(self) -> None:
        both = make_user("bo.bada")
        objekt = make_active(
            "Litet", objektagare_it=both, forvaltningsledare=both, forvaltningsledare_it=self.flit
        )
        make_plan(objekt)
        rapport = kostnadsrapport.report(
            self.flit, objekt, sida="it", until=today(), comment="Enligt plan."
        )
        assert self.reached(rapport) == {(both, "6.5.U7")}

    def test_a_substitute_is_reached_while_substituting(self) -> None:
        vera = make_user("vera.vikarie")
        owner = RoleAssignment.objects.get(objekt=self.objekt, role="objektagare")
        assignments.substitute(
            None, owner, vera, valid_from=today(), valid_to=today(), reason="Ledig"
        )
        assert {person for person, _clause in self.reached(self.report())} == {self.oa, vera}

    def test_each_leader_reports_its_own_costs(self) -> None:
        with pytest.raises(Forbidden):
            self.report(self.flit)
        with pytest.raises(Forbidden):
            self.report(self.fl, sida="it")
        for person in (self.oa, self.oait, make_admin(), make_revisor(), make_user()):
            for sida in ("verksamhet", "it"):
                with pytest.raises(Forbidden):
                    self.report(person, sida=sida)

    def test_sums_are_those_of_the_day_and_of_the_side(self) -> None:
        costs.judge(self.oa, self.cost(belopp=SEK("300")), attest=True)
        self.cost(sida="it", belopp=SEK("50"))
        refused_cost = self.cost(belopp=SEK("7"))
        costs.judge(self.oa, refused_cost, attest=False, note="Fel")
        tilldelning.allocate(
            self.oa, self.objekt, sida="it", belopp=SEK("20"), on=today(), decision="KS 1"
        )
        assert self.sums(self.report()) == [SEK(1520), SEK(300), SEK(50)]
        assert self.sums(self.it_report()) == [SEK(520), SEK(0), SEK(50)]
        if today() > self.plan.period_from:
            before = self.report(until=today() - timedelta(days=1))
            assert self.sums(before) == [SEK(1500), SEK(0), SEK(0)]

    def test_a_sent_report_keeps_its_sums(self) -> None:
        rapport = self.report()
        costs.judge(self.oa, self.cost(), attest=True)
        rapport.refresh_from_db()
        assert self.sums(rapport) == [SEK(1500), SEK(0), SEK(0)]
        assert rapport.plan == self.plan
        assert self.sums(self.report()) == [SEK(1500), SEK(100), SEK(0)]

    def test_more_spent_than_planned_is_less_than_nothing_left(self) -> None:
        self.cost(belopp=SEK("2000"))
        assert self.report().left == -500

    def test_nothing_is_sent_without_a_plan_a_comment_or_somebody_to_reach(self) -> None:
        day = self.plan.period_from - timedelta(days=1)
        assert refused(lambda: self.report(until=day)) == [
            "Ingen fastställd förvaltningsplan gäller den dagen, och därför ingen budget."
        ]
        assert "framtiden" in refused(lambda: self.report(until=today() + timedelta(days=1)))[0]
        assert refused(lambda: self.report(comment="  "))
        assert refused(lambda: self.report(sida="")) == ["Välj vad rapporten gäller."]
        draft = make_objekt("Utkastet")
        make_plan(draft)
        given: dict[str, Any] = {"until": today(), "comment": "Enligt plan."}
        for sida in ("verksamhet", "it"):
            sentences = refused(lambda s=sida: kostnadsrapport.report(None, draft, sida=s, **given))
            assert sentences == [
                "Utkastet har ingen som rapporten når i dag.",
                "Ingenting är skickat.",
            ]
        assert not Kostnadsrapport.objects.exists()
        assert not Delgivning.objects.exists()

    def test_it_waits_for_each_receiver_until_it_is_read(self) -> None:
        rapport = self.it_report()
        for person in (self.fl, self.oait):
            assert [row.about for row in unread_by(person)] == [rapport]
            assert rapport.get_absolute_url() in [task.url for task in tasks(person)]
            delgivning.mark_read(person, rapport)
            assert rapport.get_absolute_url() not in [task.url for task in tasks(person)]
        with pytest.raises(Forbidden):
            delgivning.mark_read(self.oa, rapport)

    def test_a_report_with_the_cost_of_a_hidden_system_is_hidden_with_it(self) -> None:
        hidden = make_system(self.objekt, "Hemligt", skyddsvard=True)
        outside, revisor = make_user("ute.utanfor"), make_revisor()
        called = avrop.call_off(
            self.fl,
            put_avtal(self.objekt, hidden),
            title="Timmar",
            belopp=SEK("700.07"),
            on=today(),
        )
        avtal = put_avtal(self.objekt, hidden)
        for fields in ({"system": hidden}, {"avtal": avtal}, {"avrop": called}):
            with transaction.atomic():
                open_report = self.report()
                assert self.knows(outside, open_report)
                self.cost(belopp=SEK("700.07"), **fields)
                rapport = self.report()
                for person in (self.fl, self.flit, self.oa, self.oait, revisor):
                    assert self.knows(person, rapport), person
                assert not self.knows(outside, rapport)
                self.client.force_login(outside)
                for name in ("ekonomi", "objekt_history"):
                    page = self.client.get(reverse(f"governance:{name}", args=[self.objekt.pk]))
                    assert page.status_code == 200
                    assert "700,07" not in page.content.decode()
                    assert rapport.get_absolute_url() not in page.content.decode()
                assert self.client.get(rapport.get_absolute_url()).status_code == 404
                transaction.set_rollback(True)

    def knows(self, person: User, rapport: Kostnadsrapport) -> bool:
        """Whether the report, whom it reached and its history are the person's to know of, all alike."""
        history = Kostnadsrapport.history.model.objects.filter(id=rapport.pk)
        reached = Delgivning.objects.filter(kostnadsrapport=rapport)
        told = Delgivning.history.model.objects.filter(kostnadsrapport=rapport.pk)
        rows = (Kostnadsrapport.objects.filter(pk=rapport.pk), reached, history, told)
        found = {access.visible(person, each).exists() for each in rows}
        assert len(found) == 1
        return found.pop()

    def test_the_database_keeps_what_was_sent_and_of_which_plan(self) -> None:
        rapport = self.report()
        other = make_plan(make_active("Annat"))
        for statement, why in (
            ("UPDATE governance_kostnadsrapport SET attesterat = 1", "skickad kostnadsrapport"),
            ("UPDATE governance_kostnadsrapport SET comment = 'x'", "skickad kostnadsrapport"),
            ("DELETE FROM governance_kostnadsrapport", "skickad kostnadsrapport"),
            ("UPDATE governance_delgivning SET kostnadsrapport_id = NULL", "Vem som har nåtts"),
            ("DELETE FROM governance_delgivning", "Vem som har nåtts"),
        ):
            self.refuses(statement, why)
        early = f"'{self.plan.period_from - timedelta(days=1)}'"
        for change, why in (
            ({"plan_id": other.pk}, "dagar i en fastställd plan"),
            ({"until": early}, "dagar i en fastställd plan"),
            ({"budget": -1}, "kostnadsrapport_budget_not_negative"),
        ):
            self.refuses(self.copied(rapport, **change), why)

    def test_the_database_lets_one_thing_reach_a_person_once(self) -> None:
        told = self.report().delgivningar.get()
        columns = "version, updated_at, clause, person_id, kostnadsrapport_id"
        insert = f"INSERT INTO governance_delgivning ({columns}%s) SELECT {columns}%s FROM"
        row = f" governance_delgivning WHERE id = {told.pk}"
        self.refuses(insert % ("", "") + row, "delgivning_kostnadsrapport_once")
        nothing = "INSERT INTO governance_delgivning (version, updated_at, clause, person_id)"
        nothing += " SELECT version, updated_at, clause, person_id FROM"
        self.refuses(nothing + row, "delgivning_of_one_thing")

    def copied(self, rapport: Kostnadsrapport, **change: Any) -> str:
        """Return the statement that writes the report once more with something else in it."""
        names = [str(f.column) for f in Kostnadsrapport._meta.concrete_fields if f.name != "id"]
        values = ", ".join(str(change.get(name, name)) for name in names)
        table = Kostnadsrapport._meta.db_table
        return f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table}"

    def refuses(self, statement: str, why: str) -> None:
        with (
            pytest.raises(IntegrityError, match=why),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    def test_the_page_sends_shows_and_marks(self) -> None:
        economy = reverse("governance:ekonomi", args=[self.objekt.pk])
        form = reverse("governance:kostnadsrapport_create", args=[self.objekt.pk])
        self.client.force_login(self.oa)
        assert form not in self.client.get(economy).content.decode()
        self.client.force_login(self.flit)
        assert form in self.client.get(economy).content.decode()
        opened = self.client.get(form).content.decode()
        assert str(self.oait) in opened
        assert str(self.fl) in opened
        empty = self.client.post(form, {"sida": "it", "until": today().isoformat(), "comment": ""})
        assert empty.status_code == 422
        typed = {"sida": "it", "until": today().isoformat(), "comment": "Licenserna kostar mer."}
        sent = self.client.post(form, typed)
        rapport = Kostnadsrapport.objects.get()
        assert sent.headers["Location"] == rapport.get_absolute_url()
        self.client.force_login(self.oait)
        page = self.client.get(rapport.get_absolute_url()).content.decode()
        for words in ("Licenserna kostar mer.", "500\u00a0kr", "Markera som läst", "IT-kostnader"):
            assert words in page, words
        self.client.post(reverse("governance:kostnadsrapport_read", args=[rapport.pk]))
        assert not unread_by(self.oait).exists()
        assert (
            "Markera som läst" not in self.client.get(rapport.get_absolute_url()).content.decode()
        )
        for name, pk in (("kostnadsrapport", rapport.pk), ("objekt", self.objekt.pk)):
            told = self.client.get(reverse(f"governance:{name}_history", args=[pk]))
            assert f"nådde {self.fl}" in told.content.decode()

    def test_the_economy_asks_as_many_questions_whatever_was_sent(self) -> None:
        economy = reverse("governance:ekonomi", args=[self.objekt.pk])
        self.client.force_login(make_user("ute.utanfor"))
        counts = []
        for more in (2, 48):
            for _ in range(more):
                self.report()
            with CaptureQueriesContext(connection) as queries:
                assert self.client.get(economy).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1]
