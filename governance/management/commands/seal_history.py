"""seal_history: seal what has happened since last time into the chain of hashes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from governance.history import sealing


class Command(BaseCommand):
    """Exit status 0, whether or not there was anything to seal."""

    help = "Försegla de händelser som har tillkommit. Körs var femte minut, minst varje natt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Admit back-dated gestures."""
        parser.add_argument(
            "--back-dated",
            action="store_true",
            help="medge händelser äldre än förseglingen före, till exempel inlästa ur en annan "
            "källa; verify_history säger sedan att det har medgetts",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Seal, and say the new head."""
        before = sealing.head()
        made = sealing.seal(back_dated=options["back_dated"])
        if made is None:
            self.stdout.write(_("Inget nytt att försegla."))
            return
        values = {
            "number": made.number,
            "gestures": made.last_position - (before.gestures if before else 0),
            "hash": made.hash,
        }
        self.stdout.write(
            _("Försegling %(number)d omfattar %(gestures)d händelser. Huvud: %(hash)s") % values
        )
