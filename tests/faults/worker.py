"""What the fault tests run as processes of their own: one change to the register, or a look at it.

    python -m tests.faults build FILE | hand_over | transfer_all | import_register FILE | look
    python -m tests.faults invite FILE

Each works on the register of DATABASE_URL. A change first says the id of the process that serves it
in PostgreSQL, so that the test may kill that one, and at the end that it is done.
"""

import csv
import io
import json
import sys
from contextlib import redirect_stdout, suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from exchange.api import keys
from exchange.importing import Instructions, uploads
from roles import assignments, grants, transfer
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


def invite(file: Path) -> None:
    """Make an Administratör, and say what a program and a browser of theirs would send for each change."""
    from tests import factories

    admin = factories.make_admin("ada.administrator")
    in_a_week = timezone.localdate() + timedelta(days=7)
    _key, text = keys.create(admin, name="Prov", may_write=True, expires_on=in_a_week)
    browser = Client()
    browser.force_login(admin)
    upload = uploads.receive(admin, SimpleUploadedFile("register.csv", file.read_bytes()))
    book = uploads.book_of(upload)
    uploads.prepare(admin, upload, Instructions.guess(book), book)
    grants.bring_up_to_date()
    held = RoleAssignment.objects.filter(role="forvaltningsledare").order_by("pk")[0]
    leaves, follows = (User.objects.get(username=name) for name in (LEAVES, FOLLOWS))
    why = {"on": timezone.localdate().isoformat(), "reason": "Gun slutar"}
    items = transfer.items_of(leaves, timezone.localdate())
    heirs = {"successors": {item.key: follows.pk for item in items}}
    requests = {
        "hand_over": (f"/api/v1/roller/{held.pk}/hand_over", {"person": follows.pk, **why}),
        "transfer_all": (f"/api/v1/personer/{leaves.pk}/transfer_all", {**heirs, **why}),
        "import_register": (
            f"/import/{upload.pk}/bekrafta/",
            {"fingerprint": upload.fingerprint, "reason": "Inflyttning"},
        ),
    }
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    say(json.dumps({"key": text, "session": session, "requests": requests}))


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
    elif name == "invite":
        invite(Path(*arguments))
    elif name == "look":
        look()
    else:
        change = {"hand_over": hand_over, "transfer_all": transfer_all}.get(name, import_register)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            say(str(cursor.fetchone()[0]))
        change(*arguments)
        say("done")
