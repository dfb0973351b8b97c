"""Översikt: what waits for whom, the register's figures, leaks and the number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from roles import assignments, people
from roles.models import User
from tests import factories
from tests.factories import today

pytestmark = pytest.mark.django_db
URL = "/"


def login(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: User) -> str:
    return login(user).get(URL).content.decode()


def test_it_asks_for_a_login() -> None:
    assert Client().get(URL).status_code == 302


def test_a_new_person_is_told_what_regit_is_and_where_to_begin() -> None:
    said = page(factories.make_user())
    assert "RegIT är kommunens register" in said
    assert reverse("roles:ansvar") in said
    assert "Mina roller" not in said


def test_own_roles_with_a_planned_handover_and_until_when() -> None:
    lars, karin = factories.make_user("lars.nystrom"), factories.make_user("karin.oberg")
    objekt = factories.make_active("Bygglov", forvaltningsledare=lars)
    held = objekt.assignments.get(role="forvaltningsledare")
    assignments.hand_over(None, held, karin, on=today() + timedelta(days=30), reason="Planerat")
    assert "Karin Oberg tar över" in page(lars)
    assert "från och med" in page(karin)


def test_an_entry_is_verified_from_its_row_and_leads_back_to_the_same_place() -> None:
    lars = factories.make_user()
    objekt = factories.make_active("Bygglov", forvaltningsledare=lars)
    following = factories.make_active("Elevhälsa", forvaltningsledare=lars)
    client = login(lars)
    verify = reverse("governance:objekt_verify", args=[objekt.pk])
    said = client.get(URL).content.decode()
    assert verify in said
    place = f"/#rad-{following.pk}"
    assert f'value="{place}"' in said
    assert f'id="rad-{following.pk}"' in said
    answer = client.post(verify, {"next": place})
    assert answer["Location"] == place
    assert verify not in client.get(URL).content.decode()
    objekt.refresh_from_db()
    assert objekt.verified_by == lars


def test_verifying_never_leads_to_another_site() -> None:
    lars = factories.make_user()
    objekt = factories.make_active(forvaltningsledare=lars)
    verify = reverse("governance:objekt_verify", args=[objekt.pk])
    answer = login(lars).post(verify, {"next": "https://example.com/"})
    assert answer["Location"] == objekt.get_absolute_url()


def test_only_whoever_keeps_the_entry_is_asked_to_verify_it() -> None:
    eva = factories.make_user()
    objekt = factories.make_active(objektagare=eva)
    verify = reverse("governance:objekt_verify", args=[objekt.pk])
    for user in (eva, factories.make_user(), factories.make_admin(), factories.make_revisor()):
        assert verify not in page(user)


def test_a_vacancy_and_a_holder_who_has_left_wait_for_whoever_appoints() -> None:
    eva, lars = factories.make_user("eva.lund"), factories.make_user("lars.nystrom")
    left = factories.make_active("Bygglov", objektagare=eva, forvaltningsledare=lars)
    people.set_active(None, lars, False, reason="Slutade")
    vacant = factories.make_objekt("Elevhälsa")
    factories.appoint(vacant, "objektagare", eva)
    said = page(eva)
    assert reverse("roles:appoint", args=[left.pk, "forvaltningsledare"]) in said
    assert reverse("roles:appoint", args=[vacant.pk, "forvaltningsledare"]) in said
    assert "Lars Nystrom" in said
    assert reverse("roles:appoint", args=[vacant.pk, "forvaltningsledare_it"]) not in said
    assert "Roller att tillsätta" not in page(factories.make_user())


def test_findings_are_counted_for_whoever_can_mend_them_and_lead_to_the_list() -> None:
    lars = factories.make_user()
    objekt = factories.make_active(forvaltningsledare=lars)
    factories.make_system(objekt)
    factories.make_system(factories.make_active())
    client = login(lars)
    said = client.get(URL).content.decode()
    link = f"{reverse('governance:system_list')}?finding=not_classified&mine=1"
    assert link.replace("&", "&amp;") in said
    listed = client.get(link).content.decode()
    assert "1 system" in listed


def test_a_hidden_system_is_in_no_number_and_no_row() -> None:
    outsider, lars = factories.make_user(), factories.make_user()
    objekt = factories.make_active("Krisberedskap")
    hidden = factories.make_system(objekt, "Hemliga larmet", skyddsvard=True)
    factories.make_system(objekt, "Öppna kartan")
    factories.appoint(objekt, "it_specialist", lars, systems=[hidden])
    assert "1 system" in page(outsider)
    assert "Hemliga larmet" not in page(outsider)
    assert "2 system" in page(factories.make_revisor())
    assert "Hemliga larmet" in page(lars)


def count(user: User) -> int:
    client = login(user)
    client.get(URL)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(URL).status_code == 200
    return len(queries)


def test_of_what_is_empty_nothing_is_asked() -> None:
    factories.make_system(factories.make_active("Vatten"))
    # Session, account, groups, what there is, and the figures of the register.
    assert count(factories.make_user()) == 5


def test_it_asks_as_much_for_many_objects_as_for_few() -> None:
    lars, eva, gone = (factories.make_user() for _ in range(3))

    def give(number: int) -> None:
        for _ in range(number):
            objekt = factories.make_active(
                objektagare=eva, forvaltningsledare=lars, objektagare_it=lars
            )
            factories.make_system(objekt)
            factories.make_system(objekt)
            vacant = factories.make_objekt()
            factories.appoint(vacant, "objektagare", eva)
            factories.appoint(vacant, "forvaltningsledare", gone)

    give(2)
    people.set_active(None, gone, False, reason="Slutade")
    few = count(lars), count(eva), count(factories.make_admin())
    people.set_active(None, gone, True, reason="Åter")
    give(8)
    people.set_active(None, gone, False, reason="Slutade")
    many = count(lars), count(eva), count(factories.make_admin("ada.admin"))
    assert many == few
    assert max(many) <= 45
