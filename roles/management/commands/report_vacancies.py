"""report_vacancies: the mandatory roles that nobody holds, or whose holder has left."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from governance.console import table
from roles.scope import objects_of
from roles.vacancies import Vacancy, vacancies


class Command(BaseCommand):
    """Exit status 0: none; 1: there are some; 2: bad input."""

    help = (
        "Visa obligatoriska roller som saknar innehavare eller vars innehavare har slutat, "
        "sedan när och vem som kan utse. Slutar med status 1 om någon finns."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Choose a nämnd."""
        parser.add_argument("--namnd", metavar="NAMN", help="bara objekt som nämnden äger")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the table."""
        found = vacancies(objects_of(options["namnd"]))
        if not found:
            self.stdout.write(_("Alla obligatoriska roller har en innehavare."))
            return
        head = (_("Objekt"), _("Roll"), _("Brist"), _("Sedan"), _("Utses av"))
        self.stdout.write(table(head, [row(vacancy) for vacancy in found]))
        sys.exit(1)


def row(vacancy: Vacancy) -> tuple[object, ...]:
    """Return the cells of one vacancy."""
    lacks = _("%(who)s har slutat") % {"who": vacancy.left} if vacancy.left else _("Ingen utsedd")
    return (
        vacancy.objekt,
        _(vacancy.role.name),
        lacks,
        vacancy.since or "–",
        vacancy.appointers,
    )
