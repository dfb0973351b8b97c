"""The person page and the list of people: who sees what, leaks and the number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.actions import informationsmangd
from governance.lists import prepared
from roles import assignments, people
from roles.models import User
from tests import factories
from tests.factories import today

pytestmark = pytest.mark.django_db


def login(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def person_url(person: User, name: str = "person_detail") -> str:
    return reverse(f"roles:{name}", args=[person.pk])


@pytest.mark.parametrize("name", ["person_detail", "person_history"])
def test_everybody_logged_in_reads_a_person_s_pages(name: str) -> None:
    person = factories.make_user()
    assert Client().get(person_url(person, name)).status_code == 302
    assert login(factories.make_user()).get(person_url(person, name)).status_code == 200
    unknown = reverse(f"roles:{name}", args=[person.pk + 1000])
    assert login(person).get(unknown).status_code == 404


@pytest.mark.parametrize("name", ["person_change", "person_active", "person_groups"])
def test_only_an_administrator_changes_a_person(name: str) -> None:
    person = factories.make_user()
    url = person_url(person, name)
    assert Client().get(url).status_code == 302
    assert login(person).get(url).status_code == 403
    assert login(factories.make_revisor()).get(url).status_code == 403
    client = login(factories.make_admin())
    assert client.get(url).status_code == 200
    assert client.get(reverse(f"roles:{name}", args=[person.pk + 1000])).status_code == 404


def test_only_an_administrator_registers_a_person() -> None:
    url = reverse("roles:person_create")
    assert Client().get(url).status_code == 302
    assert login(factories.make_user()).get(url).status_code == 403
    answer = login(factories.make_admin()).post(
        url,
        {"first_name": "Karin", "last_name": "Öberg", "username": "karin.oberg"},
    )
    person = User.objects.get(username="karin.oberg")
    assert answer.status_code == 302
    assert answer["Location"] == person.get_absolute_url()
    assert not person.has_usable_password()


def test_closing_an_account_takes_a_reason_and_ends_the_mandates() -> None:
    person = factories.make_user()
    objekt = factories.make_active(forvaltningsledare=person)
    client = login(factories.make_admin())
    url = person_url(person, "person_active")
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Har slutat"}).status_code == 302
    person.refresh_from_db()
    assert not person.is_active
    assert not objekt.grants.filter(user=person).exists()
    page = client.get(person_url(person)).content.decode()
    assert "har slutat men står kvar" in page


def test_a_person_is_put_in_a_group() -> None:
    person = factories.make_user()
    client = login(factories.make_admin())
    url = person_url(person, "person_groups")
    posted = {"names": ["Revisorer"], "reason": "Ny revisor", "version": person.version}
    client.post(url, posted)
    assert list(person.groups.values_list("name", flat=True)) == ["Revisorer"]


def test_who_was_taken_out_of_a_group_meanwhile_is_not_put_back_unseen() -> None:
    bo = factories.make_user("bo.ask", groups=("Administratörer",))
    client = login(factories.make_admin())
    url = person_url(bo, "person_groups")
    form = client.get(url).context["form"]
    posted = {"names": [*form["names"].value(), "Revisorer"], "reason": "Läser också"}
    posted["version"] = form["version"].value()
    people.set_groups(None, bo, [], reason="Byter jobb")
    page = client.post(url, posted)
    assert page.status_code == 409
    assert "RegIT ändrade uppgifterna" in page.text
    assert "Administratörer, Revisorer" in page.text
    assert people.groups_of(User.objects.get(pk=bo.pk)) == set()
    again = {**posted, "version": page.context["form"]["version"].value()}
    assert client.post(url, again).status_code == 302
    assert people.groups_of(User.objects.get(pk=bo.pk)) == {"Administratörer", "Revisorer"}


def test_the_page_of_groups_shows_a_superuser_as_administrator() -> None:
    root = factories.make_user("rot.ek", is_superuser=True)
    client = login(factories.make_admin())
    assert client.get(person_url(root, "person_groups")).context["form"]["names"].value() == [
        "Administratörer"
    ]
    assert "Administratörer" in client.get(person_url(root)).text
    posted = {"names": [], "reason": "Behövs inte", "version": root.version}
    assert client.post(person_url(root, "person_groups"), posted).status_code == 302
    assert not User.objects.get(pk=root.pk).is_superuser


def test_the_page_shows_what_is_what_comes_and_what_was() -> None:
    lars, karin = factories.make_user("lars.nystrom"), factories.make_user("karin.oberg")
    now = factories.make_active("Bygglov", forvaltningsledare=lars)
    assignments.hand_over(
        None,
        now.assignments.get(role="forvaltningsledare"),
        karin,
        on=today() + timedelta(days=30),
        reason="Planerat",
    )
    page = login(karin).get(person_url(lars)).content.decode()
    assert f"Karin Oberg tar över {today() + timedelta(days=30)}" in page
    page = login(karin).get(person_url(karin)).content.decode()
    assert "Kommande uppdrag" in page


def test_roles_and_information_in_a_hidden_system_are_not_told_to_outsiders() -> None:
    lars = factories.make_user("lars.nystrom")
    objekt = factories.make_active("Krisberedskap")
    hidden = factories.make_system(objekt, "Hemliga larmet", skyddsvard=True)
    factories.make_system(objekt, "Öppna kartan")
    factories.appoint(objekt, "it_specialist", lars, systems=[hidden])
    informationsmangd.create(
        None, hidden, content="Larmkoder", verksamhet="Räddning", informationsagare=lars
    )
    seen = login(factories.make_revisor()).get(person_url(lars)).content.decode()
    assert "Hemliga larmet" in seen
    assert "Larmkoder" in seen
    for url in (person_url(lars), reverse("roles:person_list"), "/personer/?visa=roll"):
        page = login(factories.make_user()).get(url).content.decode()
        for secret in ("Hemliga larmet", "Larmkoder", "IT-specialist", "Krisberedskap"):
            assert secret not in page, (url, secret)
    page = login(factories.make_user()).get("/personer/?visa=roll").content.decode()
    assert "Lars Nystrom" not in page


def test_the_list_filters_by_what_people_are() -> None:
    holder = factories.make_user("hanna.innehavare")
    factories.make_active(forvaltningsledare=holder)
    gone = factories.make_user("gosta.borta", is_active=False)
    people.create(None, username="nils.ny", first_name="Nils", last_name="Ny")
    client = login(factories.make_user("olle.outsider"))

    def listed(query: str) -> str:
        return client.get(f"/personer/?{query}").content.decode()

    assert "gosta.borta" in listed("visa=slutat")
    assert "hanna.innehavare" not in listed("visa=slutat")
    assert "hanna.innehavare" in listed("visa=roll")
    assert "nils.ny" in listed("visa=utan-inloggning")
    assert "olle.outsider" not in listed("visa=utan-inloggning&q=nils")
    assert "gosta.borta" not in listed("visa=aktiva")
    assert gone.username in listed("q=borta")
    assert "Ingen person passar urvalet" in listed("q=finns-inte")


def count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_person_page_asks_as_much_for_fifty_assignments_as_for_two() -> None:
    lars, stand_in = factories.make_user(), factories.make_user()
    client = login(factories.make_user())

    def give(number: int) -> None:
        for _ in range(number):
            objekt = factories.make_objekt()
            made = factories.appoint(objekt, "systemforvaltare", lars)
            assignments.substitute(
                None, made, stand_in, valid_from=today(), valid_to=today() + timedelta(days=9)
            )
            system = factories.make_system(objekt)
            informationsmangd.create(
                None, system, content="Betyg", verksamhet="Skola", informationsagare=lars
            )

    give(2)
    few = count(client, person_url(lars))
    give(48)
    assert count(client, person_url(lars)) == few
    assert few <= 25


def test_the_list_asks_as_much_for_fifty_people_as_for_two() -> None:
    client = login(factories.make_user())
    factories.make_user()
    few = count(client, reverse("roles:person_list"))
    for _ in range(48):
        factories.appoint(factories.make_objekt(), "it_specialist", factories.make_user())
    assert count(client, reverse("roles:person_list")) == few
    assert few <= 10


def test_a_person_with_very_much_gets_the_first_of_it_and_the_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("roles.duties.MOST", 3)
    monkeypatch.setattr("roles.oversikt.MOST", 3)
    monkeypatch.setattr(prepared, "_kept", {})
    lars, eva = factories.make_user("lars.nystrom"), factories.make_user("eva.lund")
    for number in range(5):
        objekt = factories.make_active(f"Objekt {number}", forvaltningsledare=lars, objektagare=eva)
        factories.make_system(objekt)
    said = login(factories.make_user()).get(person_url(lars))
    assert len(said.context["duties"].current) == 3
    text = said.content.decode()
    assert 'Uppdrag i dag <span class="count">5</span>' in text
    assert "/objekt/?q=lars.nystrom" in text
    assert "Objekt 4" not in text
    assert "Lämna över allt" not in text
    assert "Lämna över allt" in login(eva).get(person_url(lars)).content.decode()
    own = login(lars).get("/").content.decode()
    assert 'Mina roller <span class="count">5</span>' in own
    assert 'Uppgifter att bekräfta <span class="count">minst 3</span>' in own


def test_roles_to_fill_on_more_objects_than_are_asked_about_are_said_to_be_the_least(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("roles.oversikt.MOST", 3)
    monkeypatch.setattr(prepared, "_kept", {})
    eva = factories.make_user("eva.lund")
    for number in range(5):
        gone = factories.make_user(f"gone{number}")
        factories.make_active(f"Objekt {number}", forvaltningsledare=gone, objektagare=eva)
        people.set_active(None, gone, False, reason="Slutade")
    own = login(eva).get("/").content.decode()
    assert 'Roller att tillsätta <span class="count">minst 4</span>' in own
    assert "Alla står under Att åtgärda, roll för roll." in own
