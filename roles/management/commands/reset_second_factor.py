"""reset_second_factor: take away somebody's second factor when the phone is lost."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from roles.login import second_factor
from roles.models import User


class Command(BaseCommand):
    """Exit status 0: taken away; 2: nobody is called that."""

    help = "Ta bort en persons tvåfaktorsinloggning, till exempel när telefonen är borta."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whose."""
        parser.add_argument("username", help="användarnamnet, som lars.nystrom")
        parser.add_argument("--reason", default="", help="anledning; står i historiken")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Take it away, and say so."""
        person = User.objects.filter(username=options["username"]).first()
        if person is None:
            self.stderr.write(_("Ingen person heter %s.") % options["username"])
            sys.exit(2)
        second_factor.remove(None, person, reason=options["reason"])
        self.stdout.write(
            _("%s har inte längre tvåfaktorsinloggning, och kan ställa in en ny.") % person
        )
