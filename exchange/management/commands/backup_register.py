"""backup_register: write the whole database into a file of its own."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from exchange import backup
from exchange.management.output import BAD_INPUT


class Command(BaseCommand):
    help = (
        "Skriv en säkerhetskopia av hela databasen, i PostgreSQL:s eget format. Den rymmer allt, "
        "även skyddsvärda system: förvara den därefter. Slutstatus: 0, eller 2 när det inte går."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--directory",
            type=Path,
            metavar="MAPP",
            help="mapp att skriva i; annars BACKUP_DIR, annars var/backups",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            path = backup.backup(options["directory"] or settings.BACKUP_DIR)
        except (backup.Failed, OSError) as error:
            message = _("Det gick inte att skriva en säkerhetskopia: %s")
            raise CommandError(message % error, returncode=BAD_INPUT) from error
        self.stdout.write(_("Säkerhetskopian är skriven: %s") % path)
