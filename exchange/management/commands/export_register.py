"""export_register: write the register to a file that imports again as it is."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from exchange import exporting
from exchange.management.output import BAD_INPUT, ending, written_whole
from exchange.writing import Table, write_csv, write_json, write_workbook
from governance.access import visible
from governance.models import Informationssystem
from roles.models import User

ENDINGS = (".xlsx", ".csv", ".json")
EVERY = 1000


class Command(BaseCommand):
    help = (
        "Skriv registret till en fil. .xlsx och .json rymmer hela registret: objekt, system, roller, "
        "samband och informationsmängder. .csv rymmer ett blad: systemen, med dem som ansvarar för "
        "dem i dag. Filen går att importera igen. Slutstatus: 0 när filen är skriven, 2 när den "
        "inte går att skriva."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FIL", help="namn.xlsx, namn.csv eller namn.json"
        )
        parser.add_argument(
            "--user",
            metavar="ANVÄNDARNAMN",
            help="exportera det som den här personen får se; annars allt, även skyddsvärda system",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        kind = ending(path, ENDINGS)
        user = named(options["user"]) if options["user"] else None
        try:
            with written_whole(path) as file:
                if kind == ".csv":
                    systems = visible(user, Informationssystem.objects.all())
                    write_csv(next(self.told([exporting.system_table(systems)])), file)
                else:
                    write = write_workbook if kind == ".xlsx" else write_json
                    write(self.told(exporting.register_tables(user)), file)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=BAD_INPUT) from error
        self.stdout.write(_("Registret är skrivet till %s.") % path)
        if kind == ".csv":
            self.stdout.write(
                _("En CSV-fil rymmer bara systemen. Välj .xlsx eller .json för resten.")
            )

    def told(self, tables: Iterable[Table]) -> Iterator[Table]:
        """Return the tables; on the way out the rows are counted aloud."""
        for table in tables:
            yield Table(table.name, table.headings, self.counted(table))

    def counted(self, table: Table) -> Iterator[Any]:
        """Return the rows of a table, and say how many they were."""
        number = 0
        with closing(table):
            for number, row in enumerate(table.rows, 1):
                yield row
                if number % EVERY == 0:
                    self.stderr.write(
                        _("%(sheet)s: %(count)s rader …") % {"sheet": table.name, "count": number}
                    )
        self.stderr.write(_("%(sheet)s: %(count)s rader") % {"sheet": table.name, "count": number})


def named(username: str) -> User:
    """Return the person. Raises CommandError with status 2 when nobody has the user name."""
    person: User | None = User.objects.filter(username=username).first()
    if person is None:
        message = _("Ingen har användarnamnet %s. Ange ett som finns, eller utelämna --user.")
        raise CommandError(message % username, returncode=BAD_INPUT)
    if not person.is_active:
        message = _("%s har slutat och kan inte se registret. Ange någon annan.")
        raise CommandError(message % person, returncode=BAD_INPUT)
    return person
