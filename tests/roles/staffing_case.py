"""What tests of the staffing pages share: an object with named people, and a form filled in and confirmed."""

from typing import Any

from django.test import Client
from django.utils.html import strip_tags

from roles import people
from roles.models import RoleAssignment, User
from tests import factories as make

REASON = "Ny organisation"


class Case:
    """An object with named people, and an unrelated one."""

    def __init__(self) -> None:
        self.namnd = make.make_namnd("Utbildningsnämnden")
        self.nora = make.make_user("nora.namnd")
        people.add_representant(None, self.namnd, self.nora)
        self.eva = make.make_user("eva.lund")
        self.per = make.make_user("per.sandstrom")
        self.lars = make.make_user("lars.nystrom")
        self.mona = make.make_user("mona.it")
        self.karin = make.make_user("karin.oberg")
        self.objekt = make.make_active(
            "Elevadministration",
            namnd=self.namnd,
            objektagare=self.eva,
            objektagare_it=self.per,
            forvaltningsledare=self.lars,
            forvaltningsledare_it=self.mona,
        )
        self.other = make.make_active("Bygglov")

    def held(self, role: str) -> RoleAssignment:
        return self.objekt.assignments.get(role=role, valid_to=None)


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response: Any) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def confirm(client: Client, url: str, **data: Any) -> Any:
    """Fill in, review, and confirm with the mark that the review gave."""
    first = client.post(url, data)
    assert first.status_code == 200, words(first)
    assert "Det här händer" in words(first)
    return client.post(url, {**data, "granskat": first.context["mark"]})


def errors(answer: Any, name: str) -> str:
    assert answer.status_code == 422, words(answer)
    return " ".join(map(str, answer.context["form"].errors.get(name, [])))
