"""Letters on a plan's way: who is asked to sign, who hears that it came back, who that it is adopted."""

from collections.abc import Iterable

from django.core import mail

from governance.actions import plan as actions
from roles.models import User
from tests.governance.plan.case import PlanCase, refused


class TestPlanLetters(PlanCase):
    def sent(self, people: Iterable[User], subject: str) -> bool:
        """Tell whether just these people got a letter of this subject, and empty the box."""
        assert {letter.subject for letter in mail.outbox} == {subject}
        got = sorted(to for letter in mail.outbox for to in letter.to)
        mail.outbox.clear()
        return got == sorted(person.email for person in people)

    def test_who_acts_next_gets_a_letter_at_each_step(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            actions.put_forward(self.fl, self.plan)
        assert f"/planer/{self.plan.pk}/" in mail.outbox[0].body
        assert self.sent([self.oa, self.oait], "Förvaltningsplan att underteckna: Elevregister")
        with self.captureOnCommitCallbacks(execute=True):
            actions.take_back(self.oa, self.fresh(), reason="Hemligt system saknas")
        assert str(self.oa) in mail.outbox[0].body
        assert "Hemligt" not in mail.outbox[0].body
        back = "Förvaltningsplanen för Elevregister är ett utkast igen"
        assert self.sent([self.fl, self.flit], back)

    def test_all_four_hear_that_it_is_adopted_and_nobody_before(self) -> None:
        actions.put_forward(self.fl, self.plan)
        with self.captureOnCommitCallbacks(execute=True):
            self.sign(self.oa, "verksamhet")
        assert mail.outbox == []
        with self.captureOnCommitCallbacks(execute=True):
            self.sign(self.oait, "it")
        everybody = [self.oa, self.oait, self.fl, self.flit]
        assert self.sent(everybody, "Förvaltningsplanen för Elevregister är fastställd")

    def test_who_takes_it_back_needs_no_letter_and_a_refused_step_sends_none(self) -> None:
        actions.put_forward(self.fl, self.plan)
        with self.captureOnCommitCallbacks(execute=True):
            refused(lambda: actions.take_back(self.oa, self.fresh()))
        assert mail.outbox == []
        with self.captureOnCommitCallbacks(execute=True):
            actions.take_back(self.fl, self.fresh())
        back = "Förvaltningsplanen för Elevregister är ett utkast igen"
        assert self.sent([self.flit], back)
