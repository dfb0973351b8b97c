"""What the fault tests run as processes of their own: one change to the register, or a look at it.

    python -m tests.faults build FILE | hand_over | transfer_all | import_register FILE | look

Each works on the register of DATABASE_URL. A change first says the id of the process that serves it
in PostgreSQL, so that the test may kill that one, and at the end that it is done.
"""

import csv
import io
import json
import sys
from contextlib import redirect_stdout, suppress
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from roles import assignments, transfer
from roles.models import RoleAssignment, User

OBJECTS, ROWS = 25, 600
LEAVES, FOLLOWS = "gun.avgaende", "nils.tilltradande"


def build(file: Path) -> None:
    """Make a register in which one person answers for much, and a file that would change it."""
    from tests import factories

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("migrate", verbosity=0)
    leaves, namnd = factories.make_user(LEAVES), factories.make_namnd()
    factories.make_user(FOLLOWS)
    others = {role: factories.make_user() for role in ("objektagare_it", "forvaltningsledare_it")}
    for number in range(OBJECTS):
        objekt = factories.make_active(
            f"Objekt {number}", namnd=namnd, objektagare=leaves, forvaltningsledare=leaves, **others
        )
        factories.appoint(objekt, "systemforvaltare", leaves)
        factories.make_system(objekt, f"System {number}")
    with file.open("w", newline="") as sheet:
        rows = csv.writer(sheet)
        rows.writerow(["Namn", "Förvaltningsobjekt", "Syfte", "Diarienummer"])
        rows.writerows(
            [f"System {n}", f"Objekt {n % (2 * OBJECTS)}", f"Syfte {n}", f"KS {n}"]
            for n in range(ROWS)
        )


def hand_over() -> None:
    """Let somebody else be förvaltningsledare of the first object."""
    held = RoleAssignment.objects.filter(role="forvaltningsledare").order_by("pk")
    successor = User.objects.get(username=FOLLOWS)
    day = timezone.localdate()
    assignments.hand_over(None, held[0], successor, on=day, reason="Gun slutar")


def transfer_all() -> None:
    """Hand over all that one person answers for."""
    leaves, follows = (User.objects.get(username=name) for name in (LEAVES, FOLLOWS))
    day = timezone.localdate()
    chosen = {item.key: follows for item in transfer.items_of(leaves, day)}
    transfer.transfer_all(None, leaves, chosen, on=day, reason="Gun slutar")


def import_register(file: str) -> None:
    """Import the file, as the command does."""
    with redirect_stdout(io.StringIO()):
        call_command("import_register", file, reason="Inflyttning")


def look() -> None:
    """Say whether grants agree with the catalogue, and what the findings are."""
    agree, found = True, io.StringIO()
    try:
        call_command("sync_grants", check=True, stdout=io.StringIO())
    except SystemExit:
        agree = False
    with suppress(SystemExit):  # its status 1 says that there are findings
        call_command("findings", format="json", stdout=found)
    say(json.dumps({"grants agree": agree, "findings": json.loads(found.getvalue())}))


def say(text: str) -> None:
    """Tell the test at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main(name: str, *arguments: str) -> None:
    """Do what the command line says."""
    if name == "build":
        build(Path(*arguments))
    elif name == "look":
        look()
    else:
        change = {"hand_over": hand_over, "transfer_all": transfer_all}.get(name, import_register)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            say(str(cursor.fetchone()[0]))
        change(*arguments)
        say("done")
