"""report_vacancies: the mandatory roles that nobody holds, or whose holder has left."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.console import table
from governance.models import Forvaltningsobjekt, Namnd
from roles import rules
from roles.models import RoleAssignment
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
        objects = Forvaltningsobjekt.objects.all()
        if options["namnd"]:
            objects = objects.filter(pk__in=owned_by(options["namnd"]))
        found = vacancies(objects)
        if not found:
            self.stdout.write(_("Alla obligatoriska roller har en innehavare."))
            return
        head = (_("Objekt"), _("Roll"), _("Brist"), _("Sedan"), _("Utses av"))
        self.stdout.write(table(head, [row(vacancy) for vacancy in found]))
        sys.exit(1)


def owned_by(name: str) -> list[int]:
    """Return the ids of the objects that the nämnd owns; raises CommandError when there is none."""
    namnd = Namnd.objects.filter(name__iexact=name.strip()).first()
    if namnd is None:
        known = ", ".join(Namnd.objects.values_list("name", flat=True))
        raise CommandError(
            _("Ingen nämnd heter %(name)s. Registrerade: %(known)s.")
            % {"name": name, "known": known or "–"},
            returncode=2,
        )
    held = RoleAssignment.objects.filter(rules.on(timezone.localdate()), namnd=namnd)
    return list(held.values_list("objekt_id", flat=True))


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
