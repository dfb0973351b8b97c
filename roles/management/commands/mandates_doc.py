"""mandates_doc: write docs/mandates.md from the catalogue and what carries it."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from roles.mandates_doc import PATH, document


class Command(BaseCommand):
    """Exit status 0: written, or current; 1: --check found that it is not current."""

    help = "Skriv docs/mandates.md ur rollkatalogen."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Choose to look only."""
        parser.add_argument("--check", action="store_true", help="skriv inget, jämför bara")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write, or compare."""
        if not options["check"]:
            PATH.write_text(document(), encoding="utf-8")
            self.stdout.write(f"{PATH} är skriven.")
        elif not PATH.exists() or PATH.read_text(encoding="utf-8") != document():
            self.stderr.write(f"{PATH} är inte aktuell. Kör manage.py mandates_doc.")
            sys.exit(1)
