"""send_reminders: write to the people who can do something about what is to be mended."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.reminders.digest import send_reminders
from governance import mailing


class Command(BaseCommand):
    """Exit status 0: everybody who was due has been written to; 1: some letter could not be sent."""

    help = (
        "Skicka påminnelser till dem som kan åtgärda det som brister, var och en så ofta den har "
        "valt. Varje brist påminns om en gång, och på nytt om den kommer tillbaka. Körs varje natt; "
        "att köra den igen skickar inget dubbelt."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Send, and say how many. Without a mail server nobody is taken to have been told."""
        if not mailing.is_on():
            self.stdout.write(_("Ingen e-postserver är angiven (EMAIL_HOST): inget skickas."))
            return
        sent = send_reminders()
        self.stdout.write(
            _("Skickade %(letters)d brev om %(findings)d saker att åtgärda.") % sent._asdict()
        )
        if sent.unreached:
            self.stdout.write(
                ngettext(
                    "%(unreached)d person som kan åtgärda något saknar e-postadress.",
                    "%(unreached)d personer som kan åtgärda något saknar e-postadress.",
                    sent.unreached,
                )
                % sent._asdict()
            )
        if sent.failed:
            self.stderr.write(
                _("%(failed)d brev gick inte att skicka. De skickas vid nästa körning.")
                % sent._asdict()
            )
            sys.exit(1)
