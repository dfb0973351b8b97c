"""Ärenden: the two sides of the styrgrupp decide them together, in two different people."""

from typing import Any, ClassVar

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import TestCase

from governance import todo
from governance.access import Forbidden
from governance.actions import arende as actions
from governance.models import Arende
from governance.steering import styrgrupp
from roles import assignments
from roles.models import RoleAssignment, User
from tests.factories import make_admin, make_objekt, make_system, make_user, today
from tests.governance.uppdrag import cast as casts


def waiting(person: User) -> set[Arende]:
    provider = todo.get("arende")
    assert provider
    return set(todo.rows_of(provider, person))


class TestArende(TestCase):
    cast: ClassVar[casts.Cast]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = casts.build()

    def setUp(self) -> None:
        self.arende = casts.arende_of(self.cast)

    def say(self, person: User, bifall: bool) -> Arende:
        return actions.take_position(person, self.arende, bifall=bifall, note="Därför")

    def sentence(self) -> str:
        group = styrgrupp.styrgrupp_of(self.cast.objekt)
        return styrgrupp.outcome(group, self.arende.stallningstaganden.all()).sentence

    def substitute(self, role: str, person: User) -> None:
        assignment = RoleAssignment.objects.get(objekt=self.cast.objekt, role=role)
        assignments.substitute(
            None, assignment, person, valid_from=today(), valid_to=today(), reason="Ledig"
        )

    def test_leaders_refer_and_members_get_a_letter(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            arende = casts.arende_of(self.cast, title="Köp en till")
        assert sorted(m.to[0] for m in mail.outbox) == sorted(
            [self.cast.oa.email, self.cast.oait.email]
        )
        assert "Köp en till" in mail.outbox[0].body
        assert arende.get_absolute_url() in mail.outbox[0].body
        for person in (self.cast.oa, make_admin(), make_user()):
            with pytest.raises(Forbidden):
                actions.refer(person, self.cast.objekt, title="x", description="y")

    def test_what_the_styrgrupp_has_granted_is_not_put_before_it_again(self) -> None:
        uppdrag = casts.uppdrag_of(self.cast)
        self.arende = casts.arende_of(self.cast, uppdrag=uppdrag)
        for person in (self.cast.oa, self.cast.oait):
            self.say(person, bifall=True)
        with pytest.raises(ValidationError) as found:
            casts.arende_of(self.cast, uppdrag=uppdrag)
        assert found.value.messages == ["Styrgruppen har redan bifallit ett ärende om uppdraget."]
        uppdrag.refresh_from_db()
        assert uppdrag.arende == self.arende

    def test_a_letter_about_a_skyddsvart_system_tells_nothing_of_it(self) -> None:
        hidden = make_system(self.cast.objekt, "Larmet", skyddsvard=True)
        with self.captureOnCommitCallbacks(execute=True):
            casts.arende_of(self.cast, title="Byt larmet", system=hidden)
        assert all("larmet" not in m.body.lower() + m.subject.lower() for m in mail.outbox)

    def test_an_object_without_a_whole_styrgrupp_takes_no_matter(self) -> None:
        draft = make_objekt("Utkastet")
        with pytest.raises(ValidationError, match="ingen hel styrgrupp"):
            actions.refer(None, draft, title="x", description="y")

    def test_bifall_of_both_sides_grants_it(self) -> None:
        assert self.say(self.cast.oa, True).status == "oppet"
        assert self.sentence() == f"Väntar på att IT ({self.cast.oait}) tar ställning."
        with self.captureOnCommitCallbacks(execute=True):
            decided = self.say(self.cast.oait, True)
        assert (decided.status, decided.decided_on) == ("bifallet", today())
        assert str(self.cast.oait) in decided.decision
        assert [m.to for m in mail.outbox] == [[self.cast.fl.email]]

    def test_avslag_of_both_sides_rejects_it_and_says_why(self) -> None:
        with pytest.raises(ValidationError, match="varför du avslår"):
            actions.take_position(self.cast.oa, self.arende, bifall=False)
        self.say(self.cast.oa, False)
        assert self.say(self.cast.oait, False).status == "avslaget"

    def test_disagreement_stays_open_and_a_position_may_be_changed(self) -> None:
        self.say(self.cast.oa, True)
        assert self.say(self.cast.oait, False).status == "oppet"
        assert self.sentence().startswith("Ledamöterna är oense")
        assert self.say(self.cast.oa, False).status == "avslaget"
        with pytest.raises(ValidationError, match="avslaget"):
            self.say(self.cast.oa, True)

    def test_only_members_take_a_position(self) -> None:
        for person in (self.cast.fl, self.cast.flit, make_admin(), make_user()):
            with pytest.raises(Forbidden):
                self.say(person, True)

    def test_who_holds_both_sides_does_not_decide_alone(self) -> None:
        self.substitute("objektagare_it", self.cast.oa)
        assert self.say(self.cast.oa, True).status == "oppet"
        assert self.sentence().startswith("Två personer ska vara överens")
        assert self.say(self.cast.oait, True).status == "bifallet"

    def test_a_substitute_stands_in_for_the_side(self) -> None:
        vera = make_user("vera.vikarie")
        self.substitute("objektagare_it", vera)
        self.say(self.cast.oa, True)
        assert self.say(vera, True).status == "bifallet"

    def test_what_a_former_member_said_does_not_count(self) -> None:
        self.say(self.cast.oait, True)
        old = RoleAssignment.objects.get(objekt=self.cast.objekt, role="objektagare_it")
        new = make_user("nils.ny")
        assignments.hand_over(None, old, new, on=today(), reason="Byte")
        assert self.say(self.cast.oa, True).status == "oppet"
        assert str(new) in self.sentence()
        assert self.say(new, True).status == "bifallet"

    def test_waiting_for_a_member_until_a_position_is_taken(self) -> None:
        hidden = make_system(self.cast.objekt, "Larmet", skyddsvard=True)
        secret = casts.arende_of(self.cast, system=hidden)
        assert waiting(self.cast.oa) == {self.arende, secret}
        self.say(self.cast.oa, True)
        assert waiting(self.cast.oa) == {secret}
        for person in (self.cast.fl, make_admin(), make_user()):
            assert not waiting(person)

    def test_it_is_changed_or_withdrawn_only_while_open(self) -> None:
        actions.change(self.cast.flit, self.arende, title="Ny rubrik")
        self.say(self.cast.oa, True)
        with pytest.raises(ValidationError, match="redan tagit ställning"):
            actions.change(self.cast.flit, self.arende, title="Än en rubrik")
        assert actions.withdraw(self.cast.flit, self.arende).status == "atertaget"
        with pytest.raises(ValidationError, match="återtaget"):
            self.say(self.cast.oait, True)

    def test_the_database_lets_nobody_decide_alone_or_afterwards(self) -> None:
        def run(statement: str, *values: Any) -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [*values, self.arende.pk])

        grant = "UPDATE governance_arende SET status='bifallet', decided_on=%s WHERE id=%s"
        self.say(self.cast.oa, True)
        with pytest.raises(IntegrityError, match="Båda sidor"):
            run(grant, today())
        with pytest.raises(IntegrityError, match="redan tagit ställning"):
            run("UPDATE governance_arende SET title=%s WHERE id=%s", "Annat")
        self.say(self.cast.oait, True)
        with pytest.raises(IntegrityError, match="avgjort"):
            run("UPDATE governance_arende SET decision=%s WHERE id=%s", "Annat")
        with pytest.raises(IntegrityError, match="avgjort"):
            run("UPDATE governance_stallningstagande SET bifall=%s WHERE arende_id=%s", False)
