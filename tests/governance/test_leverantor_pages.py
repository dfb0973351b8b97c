"""Leverantörer: the list, the page of one, and no supplier twice."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.actions import leverantor as actions
from governance.models import Forvaltningsobjekt, Leverantor
from roles.models import User
from tests import factories as make

pytestmark = pytest.mark.django_db
LIST = "/leverantorer/"
NUMBER = "556677-8899"


@pytest.fixture
def lars() -> User:
    return make.make_user("lars.nystrom")


@pytest.fixture
def objekt(lars: User) -> Forvaltningsobjekt:
    return make.make_active("Elevadministration", forvaltningsledare=lars)


def supplier(name: str = "Nordlärande AB", **fields: str) -> Leverantor:
    return actions.create(None, name=name, **fields)


def names(client: Client, **query: str) -> list[str]:
    return [one.name for one in client.get(LIST, query).context["page"].object_list]


def test_the_list_is_searched_and_sorted(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    oberg, anka = supplier("Öberg Data"), supplier("Ankan AB")
    supplier("Zebra", organisationsnummer=NUMBER)
    make.make_system(objekt, leverantor=oberg)
    client.force_login(lars)
    assert names(client) == ["Ankan AB", "Zebra", "Öberg Data"]
    assert names(client, sort="-namn") == ["Öberg Data", "Zebra", "Ankan AB"]
    assert names(client, sort="-system")[0] == oberg.name
    assert names(client, q="oberg") == ["Öberg Data"]
    assert names(client, q="556677") == ["Zebra"]
    assert names(client, sort="nonsens") == names(client)
    assert anka.get_absolute_url() in client.get(LIST).content.decode()


def test_an_empty_list_says_why(client: Client) -> None:
    client.force_login(make.make_user())
    assert "Inga leverantörer än" in client.get(LIST).content.decode()
    supplier()
    assert "Ingen leverantör passar" in client.get(LIST, {"q": "finns ej"}).content.decode()


def test_fifty_a_page_with_as_many_queries_as_two(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    client.force_login(lars)
    for n in range(2):
        make.make_system(objekt, leverantor=supplier(f"Leverantör {n}"))
    few = asked()
    for n in range(2, 53):
        make.make_system(objekt, leverantor=supplier(f"Leverantör {n}"))
    assert asked() == few <= 10
    assert len(names(client)) == 50
    assert len(names(client, page="2")) == 3


def test_numbers_and_names_of_hidden_systems_are_not_shown(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    found = supplier()
    make.make_system(objekt, "Alva", leverantor=found)
    make.make_system(make.make_active(), "Larmkedjan", leverantor=found, skyddsvard=True)
    for person, number in ((lars, 1), (make.make_revisor(), 2)):
        client.force_login(person)
        assert client.get(LIST).context["page"].object_list[0].system_count == number
        page = client.get(found.get_absolute_url())
        assert page.context["total"] == number
        assert ("Larmkedjan" in page.content.decode()) == (number == 2)


def test_a_page_of_one_shows_contacts_as_links(client: Client, lars: User) -> None:
    found = supplier(contacts="Kundtjänst, kund@example.se\nJour 090-16 10 00")
    client.force_login(lars)
    page = client.get(found.get_absolute_url()).content.decode()
    assert "mailto:kund@example.se" in page
    assert "Jour 090-16 10 00" in page


def test_a_leader_registers_and_changes_a_supplier(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    client.force_login(lars)
    data = {"name": "  Nordlärande   AB ", "organisationsnummer": "16 5566778899", "contacts": ""}
    response = client.post(reverse("governance:leverantor_create"), data)
    found = Leverantor.objects.get()
    assert response.headers["Location"] == found.get_absolute_url()
    assert (found.name, found.organisationsnummer) == ("Nordlärande AB", NUMBER)
    url = reverse("governance:leverantor_change", args=[found.pk])
    data = {"name": "Nordlärande Sverige AB", "organisationsnummer": NUMBER, "contacts": ""}
    assert client.post(url, {**data, "version": 1}).status_code == 302
    assert Leverantor.objects.get().name == "Nordlärande Sverige AB"


@pytest.mark.parametrize(
    "data",
    [
        {"name": "NORDLÄRANDE  ab", "organisationsnummer": ""},
        {"name": "nord lärande ab", "organisationsnummer": ""},
        {"name": "Något annat", "organisationsnummer": "5566778899"},
    ],
)
def test_a_double_is_refused_with_a_link_to_the_one_that_is_there(
    client: Client, lars: User, objekt: Forvaltningsobjekt, data: dict[str, str]
) -> None:
    found = supplier(organisationsnummer=NUMBER)
    client.force_login(lars)
    response = client.post(reverse("governance:leverantor_create"), {**data, "contacts": ""})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Det finns redan en leverantör" in page
    assert f'<a href="{found.get_absolute_url()}">Nordlärande AB</a>' in page
    assert Leverantor.objects.count() == 1


def test_the_name_of_the_one_that_is_there_is_written_safely(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    supplier("<b>100 % AB</b>")
    client.force_login(lars)
    data = {"name": "<b>100%AB</b>", "organisationsnummer": "", "contacts": ""}
    response = client.post(reverse("governance:leverantor_create"), data)
    assert response.status_code == 422
    assert "<b>" not in response.content.decode()


@pytest.mark.parametrize("number", ["556677-8898", "123", "abc", "556677-88990", "55667788²9"])
def test_a_wrong_number_is_explained_and_kept(
    client: Client, lars: User, objekt: Forvaltningsobjekt, number: str
) -> None:
    client.force_login(lars)
    data = {"name": "Nordlärande", "organisationsnummer": number, "contacts": ""}
    response = client.post(reverse("governance:leverantor_create"), data)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Organisationsnumret stämmer inte" in page or "Högst 11 tecken" in page
    assert f'value="{number}"' in page
    assert not Leverantor.objects.exists()


def test_who_may_register_and_change(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    found = supplier()
    urls = [
        reverse("governance:leverantor_create"),
        reverse("governance:leverantor_change", args=[found.pk]),
    ]
    for url in [*urls, LIST, found.get_absolute_url()]:
        assert client.get(url).status_code == 302
    other = objekt.assignments.get(role="objektagare").person
    assert other is not None
    for person, status in (
        (lars, 200),
        (make.make_admin(), 200),
        (other, 403),
        (make.make_user(), 403),
        (make.make_revisor(), 403),
    ):
        client.force_login(person)
        assert client.get(LIST).status_code == 200
        assert client.get(found.get_absolute_url()).status_code == 200
        for url in urls:
            assert client.get(url).status_code == status, (url, person)
            if status == 403:
                data = {"name": "X", "organisationsnummer": "", "contacts": "", "version": 1}
                assert client.post(url, data).status_code == 403
    assert client.get("/leverantorer/987654321/").status_code == 404
    assert client.get("/leverantorer/987654321/andra/").status_code == 404
