"""import_template: write the workbook to fill in before an import."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from exchange.management.output import ending, written_whole
from exchange.writing import write_template
from governance.models import Namnd


class Command(BaseCommand):
    help = (
        "Skriv arbetsboken att fylla i inför en import, med anvisningar och registrets nämnder att "
        "välja bland. Slutstatus: 0 när filen är skriven, 2 när den inte går att skriva."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL", help="namn.xlsx")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        ending(path, (".xlsx",))
        with written_whole(path) as file:
            write_template(file, list(Namnd.objects.values_list("name", flat=True)))
        self.stdout.write(_("Mallen är skriven till %s.") % path)
