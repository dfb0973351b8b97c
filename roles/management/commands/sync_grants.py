"""sync_grants: make the grants equal to the catalogue and the staffing of today, or compare only."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from roles import grants


class Command(BaseCommand):
    """Exit status 0: they were, or are now, equal; 1: --check found a difference; 2: bad input."""

    help = (
        "Gör behörigheterna lika med katalogen och dagens bemanning. Körs varje natt; behövs "
        "annars bara efter en återläst säkerhetskopia. Med --check jämförs de bara."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Choose whether to mend."""
        parser.add_argument(
            "--check",
            action="store_true",
            help="ändra inget; sluta med status 1 om något skiljer",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Mend or compare, and say what was found."""
        checking = options["check"]
        found = grants.check() if checking else grants.sync_all()
        words = {"missing": found.missing, "superfluous": found.superfluous}
        if not found:
            self.stdout.write(_("Behörigheterna stämmer med katalogen och bemanningen."))
        elif not checking:
            self.stdout.write(
                _("Lade till %(missing)d behörigheter och tog bort %(superfluous)d.") % words
            )
        else:
            self.stdout.write(
                _("%(missing)d behörigheter saknas och %(superfluous)d är för många.") % words
            )
            self.stdout.write(_("Kör sync_grants utan --check för att rätta dem."))
            sys.exit(1)
