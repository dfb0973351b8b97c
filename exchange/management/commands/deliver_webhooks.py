"""deliver_webhooks: tell other programs what has happened since the last time."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from exchange.webhooks import outbox


class Command(BaseCommand):
    """Exit status 0: nothing was given up; 1: something was, after the last try."""

    help = (
        "Berätta för de program som prenumererar vad som har hänt. Det som inte kommer fram prövas "
        "igen efter 1, 5 och 30 minuter, 2, 8 och 24 timmar, och ges sedan upp. Körs var femte minut."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Fill the outbox, send, and say how it went."""
        outbox.fill()
        arrived, again, given_up = outbox.deliver()
        told = {"arrived": arrived, "again": again, "given_up": given_up}
        self.stdout.write(_("%(arrived)d kom fram, %(again)d prövas igen.") % told)
        if given_up:
            self.stderr.write(_("%(given_up)d gavs upp efter sista försöket.") % told)
            sys.exit(1)
