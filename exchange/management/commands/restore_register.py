"""restore_register: return the whole database to what a backup holds."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from exchange import backup
from exchange.management.output import BAD_INPUT


class Command(BaseCommand):
    help = (
        "Ersätt hela databasen med en säkerhetskopia: allt eller inget. Det som fanns sparas först "
        "som en egen säkerhetskopia. Kör sedan migrate och sync_grants. Slutstatus: 0, eller 2 när "
        "det inte går; då är databasen orörd."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL", help="fil från backup_register")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            backup.check(options["file"])
            if connection.introspection.table_names():
                before = backup.backup(settings.BACKUP_DIR, "before-restore")
                self.stdout.write(_("Det som fanns är sparat: %s") % before)
            backup.restore(options["file"])
        except (backup.Failed, OSError) as error:
            message = _("Säkerhetskopian är inte återläst; databasen är orörd. %s")
            raise CommandError(message % error, returncode=BAD_INPUT) from error
        self.stdout.write(_("Databasen är återläst ur %s.") % options["file"])
