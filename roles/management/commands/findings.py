"""findings: what breaks the rules of the register, worst first."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from governance import rules
from governance.console import table
from governance.models import Forvaltningsobjekt, Informationssystem
from governance.rules import Finding
from roles.scope import objects_of


class Command(BaseCommand):
    """Exit status 0: no brist; 1: there are some; 2: bad input."""

    help = (
        "Visa vad som ska åtgärdas i registret, värst först, med avsnitt. "
        "Slutar med status 1 om någon brist finns; påminnelser är inga brister."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Choose form and nämnd."""
        parser.add_argument("--format", choices=["table", "json"], default="table")
        parser.add_argument("--namnd", metavar="NAMN", help="bara objekt som nämnden äger")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the findings."""
        found = list(findings(objects_of(options["namnd"])))
        if options["format"] == "json":
            self.stdout.write(json.dumps([as_data(f) for f in found], ensure_ascii=False, indent=2))
        else:
            self.print_table(found)
        if any(f.rule.severity == rules.BRIST for f in found):
            sys.exit(1)

    def print_table(self, found: list[Finding]) -> None:
        """Print a line per finding and the numbers last."""
        if not found:
            self.stdout.write(_("Inget att åtgärda."))
            return
        head = (_("Allvar"), _("Avsnitt"), _("Vad"))
        self.stdout.write(table(head, [(_(f.rule.word), f.rule.clause, f.text) for f in found]))
        brister = sum(f.rule.severity == rules.BRIST for f in found)
        self.stdout.write(
            _("%(brister)d brister och %(paminnelser)d påminnelser.")
            % {"brister": brister, "paminnelser": len(found) - brister}
        )


def findings(objects: QuerySet[Forvaltningsobjekt]) -> Iterable[Finding]:
    """Return what the objects and their systems break, worst first: one query a rule."""
    for rule in rules.all_rules():
        things: QuerySet[Any] = objects
        if rule.model is Informationssystem:
            things = Informationssystem.objects.filter(objekt__in=objects)
        for thing in rules.breaking(things, rule):
            yield Finding(rule, thing)


def as_data(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain data."""
    return {
        "rule": finding.rule.code,
        "clause": finding.rule.clause,
        "severity": finding.rule.severity,
        "kind": finding.thing._meta.model_name,
        "id": finding.thing.pk,
        "name": str(finding.thing),
        "sentence": finding.text,
    }
