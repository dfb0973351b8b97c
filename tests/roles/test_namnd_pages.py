"""Nämnder: what each owns, what to mend, who acts for it (6.0, 6.1.b)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import Namnd
from roles import assignments, namnder, people
from roles.models import ObjektGrant, Representant, User
from tests import factories as make

pytestmark = pytest.mark.django_db
LIST = "/namnder/"


@pytest.fixture
def namnd() -> Namnd:
    return make.make_namnd("Skolnämnden")


@pytest.fixture
def nils() -> User:
    return make.make_user("nils.nyfiken")


def of(namnd: Namnd) -> list[str]:
    names = ("governance:namnd_change", "roles:representant_add")
    return [reverse(name, args=[namnd.pk]) for name in names]


def test_figures_equal_the_findings_of_the_page(namnd: Namnd, nils: User) -> None:
    other = make.make_namnd("Kulturnämnden")
    for n in range(3):
        objekt = make.make_active(f"Objekt {n}", namnd=namnd)
        make.make_system(objekt, f"System {n}")
    make.make_active("Annat", namnd=other)
    figures, _counted_at = namnder.figures(nils)
    for one, objects in ((namnd, 3), (other, 1)):
        broken, _counted_at = namnder.broken(nils, one)
        assert figures[one.pk].objects == objects
        assert figures[one.pk].findings == sum(len(b.things) for b in broken) > 0


def test_only_todays_owner_answers(nils: User, namnd: Namnd) -> None:
    other = make.make_namnd("Kulturnämnden")
    objekt = make.make_active(namnd=namnd)
    held = objekt.assignments.get(role="namnd")
    assignments.hand_over(None, held, other, on=make.today(), reason="Ny organisation")
    assert namnder.figures(nils)[0][namnd.pk].objects == 0
    assert list(namnder.owned_by(other)) == [objekt]
    assert list(namnder.owned_by(namnd, make.today() - timedelta(days=1))) == [objekt]


def test_the_list_is_searched_and_sorted(client: Client, nils: User, namnd: Namnd) -> None:
    make.make_namnd("Äldrenämnden")
    make.make_namnd("Byggnadsnämnden")
    make.make_active(namnd=namnd)
    client.force_login(nils)

    def names(**query: str) -> list[str]:
        page = client.get(LIST, query).context["page"]
        return [one.name for one, _figures in page.object_list if one.name.endswith("nämnden")]

    assert names() == ["Byggnadsnämnden", "Skolnämnden", "Äldrenämnden"]
    assert names(sort="-namn") == ["Äldrenämnden", "Skolnämnden", "Byggnadsnämnden"]
    assert names(sort="objekt")[0] == "Skolnämnden"
    assert names(sort="brister")[0] == "Skolnämnden"
    assert names(q="aldre") == ["Äldrenämnden"]
    assert "Ingen nämnd passar" in client.get(LIST, {"q": "zzz"}).content.decode()


def test_an_empty_list_says_why(client: Client, nils: User) -> None:
    client.force_login(nils)
    assert "Inga nämnder än" in client.get(LIST).content.decode()


def test_the_page_shows_objects_roles_findings_and_who_acts(
    client: Client, nils: User, namnd: Namnd
) -> None:
    eva = make.make_user("eva.lund")
    objekt = make.make_active("Elevadministration", namnd=namnd, objektagare=eva)
    make.make_system(objekt, "Alva", informationen_ags_av=namnd)
    people.add_representant(None, namnd, make.make_user("ingrid.lind", title="Sekreterare"))
    people.set_active(None, eva, False, reason="Slutat")
    client.force_login(nils)
    page = client.get(namnd.get_absolute_url()).content.decode()
    for words in ("Elevadministration", "I förvaltning", "Eva Lund", "har slutat", "Alva"):
        assert words in page
    assert "mailto:ingrid.lind@example.se" in page
    assert "Objektägaren har slutat" in page
    assert "Lägg till företrädare</a>" not in page


def test_several_things_of_one_rule_lead_to_the_filtered_list(
    client: Client, nils: User, namnd: Namnd
) -> None:
    objects = [make.make_active(namnd=namnd) for _ in range(2)]
    for objekt in objects:
        make.make_system(objekt)
    client.force_login(nils)
    page = client.get(namnd.get_absolute_url()).content.decode()
    for path, code in (("system", "not_classified"), ("objekt", "not_verified")):
        link = f"/{path}/?namnd={namnd.pk}&amp;finding={code}"
        assert link in page
        listed = client.get(link.replace("&amp;", "&"))
        assert listed.context["page"].paginator.count == 2


def test_hidden_systems_are_in_no_number_and_no_list(
    client: Client, nils: User, namnd: Namnd
) -> None:
    objekt = make.make_active(namnd=namnd)
    make.make_system(objekt, "Alva")
    before = namnder.figures(nils)[0][namnd.pk].findings
    make.make_system(objekt, "Larmkedjan", skyddsvard=True, informationen_ags_av=namnd)
    assert namnder.figures(nils)[0][namnd.pk].findings == before
    client.force_login(nils)
    assert "Larmkedjan" not in client.get(namnd.get_absolute_url()).content.decode()
    client.force_login(make.make_revisor())
    assert "Larmkedjan" in client.get(namnd.get_absolute_url()).content.decode()


def test_pages_take_as_many_queries_for_50_as_for_2(
    client: Client, nils: User, namnd: Namnd
) -> None:
    def asked(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    eva = make.make_user("eva.lund")

    def grow(number: int) -> None:
        for _ in range(number):
            objekt = make.make_objekt()
            make.appoint(objekt, "namnd", namnd)
            make.appoint(objekt, "objektagare", eva)
            make.make_system(objekt, informationen_ags_av=namnd)
            make.make_namnd()

    client.force_login(nils)
    urls = (LIST, namnd.get_absolute_url())
    grow(2)
    for url in urls:
        asked(url)  # the first page of the day keeps what it has counted
    few = [asked(url) for url in urls]
    grow(48)
    for url in urls:
        asked(url)
    assert [asked(url) for url in urls] == few
    assert max(few) <= 15


def test_administratorer_register_and_change_a_namnd(client: Client) -> None:
    client.force_login(make.make_admin())
    data = {"name": "Skolnämnden", "kind": "namnd", "reglemente": "§ 3", "email": ""}
    response = client.post(reverse("governance:namnd_create"), data)
    namnd = Namnd.objects.get()
    assert response.headers["Location"] == namnd.get_absolute_url()
    url = reverse("governance:namnd_change", args=[namnd.pk])
    assert client.post(url, {**data, "kind": "styrelse", "version": 1}).status_code == 302
    assert Namnd.objects.get().kind == "styrelse"
    assert client.get(namnd.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("name", ["Umeå Energi AB", "Bostaden aktiebolag"])
def test_a_company_is_refused_by_name_with_clause_2_2(client: Client, name: str) -> None:
    client.force_login(make.make_admin())
    data = {"name": name, "kind": "namnd", "reglemente": "", "email": ""}
    response = client.post(reverse("governance:namnd_create"), data)
    assert response.status_code == 422
    assert f"{name} är ett kommunalt bolag." in response.content.decode()
    assert "avsnitt 2.2" in response.content.decode()
    assert not Namnd.objects.exists()


def test_a_representative_may_appoint_at_once_and_no_longer_when_removed(
    client: Client, namnd: Namnd
) -> None:
    objekt = make.make_active(namnd=namnd)
    ingrid = make.make_user("ingrid.lind")
    client.force_login(make.make_admin())
    url = reverse("roles:representant_add", args=[namnd.pk])
    response = client.post(url, {"person": "ingrid.lind", "reason": "Vald"})
    assert response.status_code == 302
    held = ObjektGrant.objects.filter(user=ingrid, content_object=objekt)
    assert held.filter(permission__codename="appoint_objektagare").exists()
    again = client.post(url, {"person": "ingrid.lind"})
    assert again.status_code == 422
    assert "företräder redan nämnden" in again.content.decode()
    representant = Representant.objects.get()
    remove = reverse("roles:representant_remove", args=[representant.pk])
    assert "Det är den sista företrädaren" in client.get(remove).content.decode()
    assert Representant.objects.exists()
    assert client.post(remove, {"reason": "Avgått"}).status_code == 302
    assert not held.exists()
    assert Representant.history.latest().gesture.reason == "Avgått"


def test_who_may_change_a_namnd_and_who_acts_for_it(
    client: Client, nils: User, namnd: Namnd
) -> None:
    ingrid = make.make_user("ingrid.lind")
    representant = people.add_representant(None, namnd, ingrid)
    urls = [*of(namnd), reverse("roles:representant_remove", args=[representant.pk])]
    urls.append(reverse("governance:namnd_create"))
    for url in [*urls, LIST, namnd.get_absolute_url()]:
        assert client.get(url).status_code == 302
    for person, status in (
        (make.make_admin(), 200),
        (ingrid, 403),
        (nils, 403),
        (make.make_revisor(), 403),
    ):
        client.force_login(person)
        assert client.get(LIST).status_code == 200
        assert client.get(namnd.get_absolute_url()).status_code == 200
        for url in urls:
            assert client.get(url).status_code == status, (url, person)
            if status == 403:
                data = {"name": "X", "kind": "namnd", "person": "nils.nyfiken", "version": 1}
                assert client.post(url, data).status_code == 403
    client.force_login(make.make_admin("ada.admin"))
    for url in urls[:-1]:
        missing = url.replace(f"/{namnd.pk}/", "/987654321/")
        if missing != url:
            assert client.get(missing).status_code == 404
    assert [r.person for r in Representant.objects.all()] == [ingrid]
