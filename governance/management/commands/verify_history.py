"""verify_history: recompute the chain of hashes, and name the first gesture that does not agree."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from governance.history import verifying
from governance.history.sealing import Head

BAD_INPUT = 2
SHOWN = 10


class Command(BaseCommand):
    """Exit status 0: everything sealed is as it was; 1: something is not; 2: bad input."""

    help = (
        "Kontrollera att den förseglade historiken är orörd, och jämför med ett huvud som har "
        "sparats någon annanstans."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Choose what to compare with, and where to write the head."""
        kept = parser.add_mutually_exclusive_group()
        kept.add_argument(
            "--head", type=Path, metavar="FILE", help="jämför med ett sparat huvud (JSON)"
        )
        kept.add_argument("--expect", default="", metavar="HASH", help="kräv denna kontrollsumma")
        parser.add_argument(
            "--export-head",
            type=Path,
            metavar="FILE",
            help="skriv huvudet till en fil att spara någon annanstans, om allt stämmer",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Verify, say what was found, and write the head."""
        kept = read_head(options["head"]) if options["head"] else None
        try:
            report = verifying.verify(kept, options["expect"].strip().lower())
        except verifying.Unreadable as error:
            message = _("En förseglad kolumn finns inte längre i databasen: %(why)s")
            raise CommandError(message % {"why": error}, returncode=BAD_INPUT) from error
        if report.faults:
            self.tell_faults(report.faults)
            sys.exit(1)
        self.tell(report)
        if options["export_head"]:
            self.write_head(options["export_head"], report.head)

    def tell_faults(self, faults: list[str]) -> None:
        """Say the first fault, and some of the rest."""
        self.stdout.write(_("Historiken stämmer inte. Det första felet:"))
        self.stdout.write(f"  {faults[0]}")
        for fault in faults[1:SHOWN]:
            self.stdout.write(f"  {fault}")
        if len(faults) > SHOWN:
            self.stdout.write(_("  … och %(more)d fel till.") % {"more": len(faults) - SHOWN})

    def tell(self, report: verifying.Report) -> None:
        """Say how far the chain reaches, and what it does not cover."""
        if report.head is None:
            self.stdout.write(_("Inget är förseglat än. Kör seal_history."))
        else:
            self.stdout.write(
                _("Historiken stämmer till och med försegling %(seal)d: %(gestures)d händelser.")
                % report.head._asdict()
            )
            self.stdout.write(_("Huvud: %(hash)s") % report.head._asdict())
        self.stdout.write(_("Ännu inte förseglade: %(n)d.") % {"n": report.unsealed})
        if report.own:
            self.stdout.write(
                _(
                    "RegIT:s roll i databasen äger tabellerna och kan ta bort skyddet av dem: "
                    "se WEB_ROLE i docs/operations.md."
                )
            )
        if report.back_dated:
            self.stdout.write(
                _("Medgivet tillbakadaterade händelser finns i försegling %(numbers)s.")
                % {"numbers": ", ".join(map(str, report.back_dated))}
            )

    def write_head(self, path: Path, head: Head | None) -> None:
        """Write the head. Raises CommandError with status 2 where there is none, or no way to write."""
        if head is None:
            raise CommandError(_("Det finns inget huvud att skriva än."), returncode=BAD_INPUT)
        try:
            path.write_text(json.dumps(head._asdict(), indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            message = _("Det går inte att skriva till %(path)s: %(why)s.")
            values = {"path": path, "why": error.strerror or error}
            raise CommandError(message % values, returncode=BAD_INPUT) from error


def read_head(path: Path) -> Head:
    """Return a head that was written by --export-head. Raises CommandError with status 2."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Head(
            seal=int(said["seal"]),
            gestures=int(said["gestures"]),
            at=str(said["at"]),
            hash=str(said["hash"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = _("%(path)s är inte ett huvud som RegIT har skrivit.")
        raise CommandError(message % {"path": path}, returncode=BAD_INPUT) from error
