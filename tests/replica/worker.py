"""A process of RegIT that reads pages and changes the register as tests/replica/test_replica.py says."""

import json
import sys
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command


def build() -> None:
    """Make a register with people, a hidden system and some history."""
    from tests import factories

    call_command("migrate", verbosity=0)
    factories.make_revisor()
    admin = factories.make_admin()
    factories.make_user("nils.nyfiken")
    objekt = factories.make_active("Elevadministration", forvaltningsledare=admin)
    for name in ("Elevregistret", "Schemat"):
        factories.make_system(objekt, name)
    factories.make_system(objekt, "Skyddade systemet", skyddsvard=True)


def change(text: str) -> None:
    """Let the Administratör change an object, with a reason."""
    from governance.actions import objekt as actions
    from governance.models import Forvaltningsobjekt

    adam, objekt = person("adam.admin"), Forvaltningsobjekt.objects.get()
    actions.change(adam, objekt, description=text, reason=text)


def hide(name: str) -> None:
    """Make a system skyddsvärt."""
    from governance.actions import system as actions
    from governance.models import Informationssystem

    actions.change(None, Informationssystem.objects.get(name=name), skyddsvard=True)


def dismiss(username: str) -> None:
    """Take somebody out of all groups."""
    from roles import people

    people.set_groups(None, person(username), [])


def read(username: str, path: str) -> dict[str, Any]:
    """Fetch a page as somebody; say from which database it came."""
    from django.test import Client

    client, before = Client(), counted()
    client.force_login(person(username))
    response: Any = client.get(path)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    asked = [name for name, number in counted().items() if number != before[name]]
    return {"status": response.status_code, "text": body.decode(), "from": asked}


def probe(path: str, port: str = "80") -> str:
    """Fetch what monitors read."""
    from django.test import Client

    return Client().get(path, SERVER_PORT=port).text


def limit(seconds: float) -> None:
    """Say how old a read may be."""
    settings.REPLICA_MOST_LAG = seconds


def forget(seconds: float) -> None:
    """Say for how long a replica that was away is not asked."""
    from governance import replica

    replica.FORGET = seconds


def person(username: str) -> Any:
    """Return somebody."""
    from roles.models import User

    return User.objects.get(username=username)


def counted() -> dict[str, float]:
    """Return how many tolerant reads each database has answered."""
    from prometheus_client import REGISTRY

    name = "regit_tolerant_reads_total"
    return {
        d: REGISTRY.get_sample_value(name, {"database": d}) or 0 for d in ("default", "replica")
    }


def main() -> None:
    """Do what each line says."""
    django.setup()
    settings.METRICS_ADDRESS = "127.0.0.1:9101"
    if "django.test.utils" not in sys.modules:
        from django.test.utils import setup_test_environment

        setup_test_environment(debug=False)
    known: list[Callable[..., Any]] = [build, change, hide, dismiss, read, probe, limit, forget]
    can = {one.__name__: one for one in known}
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        sys.stdout.write(json.dumps(can[name](*arguments)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
