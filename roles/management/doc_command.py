"""What the commands that write a page of docs/ from the catalogue have in common."""

import sys
from argparse import ArgumentParser
from types import ModuleType
from typing import Any

from django.core.management.base import BaseCommand


class DocCommand(BaseCommand):
    """Exit status 0: written, or current; 1: --check found that it is not current."""

    page: ModuleType
    """The module that has PATH and document(), called as the command is."""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Choose to look only."""
        parser.add_argument("--check", action="store_true", help="skriv inget, jämför bara")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write, or compare."""
        path, document = self.page.PATH, self.page.document()
        if not options["check"]:
            path.write_text(document, encoding="utf-8")
            self.stdout.write(f"{path} är skriven.")
        elif not path.exists() or path.read_text(encoding="utf-8") != document:
            command = self.page.__name__.rpartition(".")[2]
            self.stderr.write(f"{path} är inte aktuell. Kör manage.py {command}.")
            sys.exit(1)
