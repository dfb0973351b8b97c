"""An object with agreements, who looks at them, and a form filled in as in a browser."""

from typing import Any, ClassVar

from django.test import Client, TestCase

from governance.models import Forvaltningsobjekt, Informationssystem
from roles.models import User
from tests.factories import make_active, make_system, make_user
from tests.factories.avtal import (
    holder,
)


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def fill(client: Client, path: str, **typed: Any) -> Any:
    """Open a form and post what it holds, with something else typed."""
    form = client.get(path).context["form"]
    data = {f.html_name: f.value() for f in form if f.value() not in (None, "", False)}
    return client.post(path, data | typed)


class PageCase(TestCase):
    objekt: ClassVar[Forvaltningsobjekt]
    system: ClassVar[Informationssystem]
    hidden: ClassVar[Informationssystem]
    leader: ClassVar[User]
    owner: ClassVar[User]
    owner_it: ClassVar[User]
    outsider: ClassVar[User]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.objekt = make_active("Elevadministration")
        cls.system = make_system(cls.objekt, "Alva")
        cls.hidden = make_system(cls.objekt, "Hemliga systemet", skyddsvard=True)
        cls.leader = holder(cls.objekt, "forvaltningsledare")
        cls.owner = holder(cls.objekt, "objektagare")
        cls.owner_it = holder(cls.objekt, "objektagare_it")
        cls.outsider = make_user("ute.utanfor")
