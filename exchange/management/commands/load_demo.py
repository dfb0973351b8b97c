"""load_demo: fill an empty register with the demo municipality, and print its accounts."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.text import get_text_list

from exchange.demo import municipality
from exchange.demo.people import CAST, PASSWORD, cast
from governance.history import sealing
from roles.catalogue import BY_CODE
from roles.models import RoleAssignment


class Command(BaseCommand):
    """Loads nothing into a register that has objects; prints the demo accounts that exist.

    Raises CommandError, before anything is written, where what the demo would make is there.
    """

    help = "Läs in exempelkommunen i ett tomt register och skriv ut dess konton."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Choose how the accounts are printed."""
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load if empty, then print the accounts."""
        say = self.stderr.write
        if not municipality.exists():
            refuse_what_is_taken()
            say("Läser in exempelkommunen; det tar ungefär en minut.")
            municipality.load(say)
            sealing.seal(back_dated=True)  # two years of gestures, made today
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # or PostgreSQL plans for empty tables for a minute
        accounts = demo_accounts()
        if options["format"] == "json":
            self.stdout.write(json.dumps(accounts, ensure_ascii=False, indent=2))
        elif not accounts:
            self.stdout.write("Registret är inte tomt; inga exempeldata lästes in.")
        else:
            self.print_table(accounts)

    def print_table(self, accounts: list[dict[str, Any]]) -> None:
        """Print one line per account."""
        self.stdout.write(f"Konton att prova med, alla med lösenordet {PASSWORD}:")
        for account in accounts:
            what = ", ".join(account["roles"]) or "ingen roll"
            where = f" ({', '.join(account['objects'])})" if account["objects"] else ""
            self.stdout.write(f"  {account['username']:<18}{what}{where}")


def refuse_what_is_taken() -> None:
    """Raise CommandError where an account, a nämnd or a supplier has the name of one of the demo's."""
    if taken := municipality.in_the_way():
        raise CommandError(
            f"Exempelkommunen kan inte läsas in, eftersom {get_text_list(taken, 'och')} redan finns: "
            "byt namn på det som finns, eller läs in exempelkommunen i en tom databas."
        )


def demo_accounts() -> list[dict[str, Any]]:
    """Return username, password, roles and objects of each demo account."""
    accounts = []
    for person in cast().prefetch_related("groups", "represents__namnd"):
        held = [
            a
            for a in RoleAssignment.objects.filter(person=person).select_related("objekt")
            if a.is_current()
        ]
        roles = [g.name for g in person.groups.all()]
        roles += [f"företräder {r.namnd}" for r in person.represents.all()]
        roles += sorted({BY_CODE[a.role].name for a in held})
        accounts.append(
            {
                "username": person.username,
                "password": PASSWORD,
                "roles": roles,
                "objects": sorted({a.objekt.name for a in held}),
            }
        )
    return sorted(accounts, key=lambda a: list(CAST).index(a["username"]))
