"""Letters: to each person alone, after commit, and never in the way of what was done."""

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.test import TestCase

from governance import mailing
from roles import people
from tests.factories import make_user


class Down(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, _messages: object) -> int:
        raise ConnectionRefusedError("nobody answers")


class TestMailing(TestCase):
    def test_a_letter_goes_to_each_person_alone_with_the_address_written_out(self) -> None:
        eva, lars = make_user("eva.lund"), make_user("lars.nystrom")
        with (
            self.settings(SITE_URL="https://regit.example.se/"),
            self.captureOnCommitCallbacks(execute=True),
        ):
            mailing.send([eva, lars, eva], "Ny\nrad", ["Lars skrev.", ""], url="/x/1/")
        assert [m.to for m in mail.outbox] == [[eva.email], [lars.email]]
        assert mail.outbox[0].subject == "Ny rad"
        assert "Lars skrev.\n\nhttps://regit.example.se/x/1/\n\n" in mail.outbox[0].body

    def test_nothing_is_sent_when_the_change_is_taken_back(self) -> None:
        eva = make_user("eva.lund")
        with self.captureOnCommitCallbacks(execute=True), transaction.atomic():
            mailing.send([eva], "Ämne", ["Text"])
            transaction.set_rollback(True)
        assert mail.outbox == []

    def test_who_has_left_or_has_no_address_gets_nothing(self) -> None:
        gone, mute = make_user("gun.slut"), make_user("mia.utan", email="")
        gone = people.set_active(None, gone, False, reason="Slutat")
        with self.captureOnCommitCallbacks(execute=True):
            mailing.send([gone, mute], "Ämne", ["Text"])
        assert mail.outbox == []

    def test_a_mail_server_that_is_down_is_logged_and_stops_nobody(self) -> None:
        eva = make_user("eva.lund")
        with (
            self.settings(EMAIL_BACKEND=f"{__name__}.Down"),
            self.assertLogs("regit.mail", "ERROR"),
            self.captureOnCommitCallbacks(execute=True),
        ):
            mailing.send([eva], "Ämne", ["Text"])

    def test_a_file_goes_with_the_letter(self) -> None:
        eva = make_user("eva.lund")
        calendar = mailing.Attachment("mote.ics", "BEGIN:VCALENDAR", "text/calendar")
        with self.captureOnCommitCallbacks(execute=True):
            mailing.send([eva], "Kallelse", ["Text"], attachments=[calendar])
        assert mail.outbox[0].attachments == [tuple(calendar)]
