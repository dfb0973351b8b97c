"""Informationsmängder: what is in a system, who owns it, and how to reach the owner (5.a, 6.2.b)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.actions import informationsmangd as actions
from governance.models import Informationsmangd, Informationssystem
from roles import people
from roles.models import User
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def lars() -> User:
    return make.make_user("lars.nystrom")


@pytest.fixture
def alva(lars: User) -> Informationssystem:
    return make.make_system(make.make_active("Elevadministration", forvaltningsledare=lars), "Alva")


def panel(user: User, *systems: Informationssystem) -> str:
    source = "{% load samband %}{% informationsmangd_panel user systems %}"
    return Template(source).render(Context({"user": user, "systems": systems}))


def test_the_leader_registers_changes_and_removes(
    client: Client, lars: User, alva: Informationssystem
) -> None:
    owner = make.make_user("anna.agare")
    client.force_login(lars)
    url = reverse("governance:informationsmangd_create", args=[alva.pk])
    assert client.get(url).status_code == 200
    data = {"content": "Frånvaro", "verksamhet": "Grundskolan"}
    response = client.post(url, {**data, "informationsagare": "Anna Agare (anna.agare)"})
    assert response.headers["Location"] == f"/system/{alva.pk}/#informationsmangder"
    mangd = Informationsmangd.objects.get()
    assert (mangd.system, mangd.informationsagare) == (alva, owner)
    change = reverse("governance:informationsmangd_change", args=[mangd.pk])
    assert "Anna Agare (anna.agare)" in client.get(change).content.decode()
    client.post(change, {**data, "content": "Närvaro", "informationsagare": "", "version": 1})
    mangd.refresh_from_db()
    assert (mangd.content, mangd.informationsagare) == ("Närvaro", None)
    remove = reverse("governance:informationsmangd_remove", args=[mangd.pk])
    assert client.get(remove).status_code == 200
    assert Informationsmangd.objects.exists()
    client.post(remove, {"reason": "Flyttad"})
    assert not Informationsmangd.objects.exists()
    assert Informationsmangd.history.latest().gesture.reason == "Flyttad"


def test_an_owner_nobody_knows_is_refused_with_the_text_kept(
    client: Client, lars: User, alva: Informationssystem
) -> None:
    client.force_login(lars)
    url = reverse("governance:informationsmangd_create", args=[alva.pk])
    data = {"content": "Frånvaro", "verksamhet": "Skola", "informationsagare": "Ingen Alls"}
    response = client.post(url, data)
    assert response.status_code == 422
    assert "”Ingen Alls” hittades inte." in response.content.decode()
    assert 'value="Frånvaro"' in response.content.decode()


@pytest.mark.parametrize("verb", ["create", "change", "remove"])
def test_who_may_reach_the_forms(
    client: Client, lars: User, alva: Informationssystem, verb: str
) -> None:
    mangd = actions.create(None, alva, content="Frånvaro", verksamhet="Skola")
    elsewhere = make.make_user("annan.ledare")
    make.make_active(forvaltningsledare=elsewhere)
    pk = alva.pk if verb == "create" else mangd.pk
    url = reverse(f"governance:informationsmangd_{verb}", args=[pk])
    assert client.get(url).status_code == 302
    for person, status in (
        (lars, 200),
        (make.make_admin(), 200),
        (elsewhere, 403),
        (make.make_user(), 403),
        (make.make_revisor(), 403),
    ):
        client.force_login(person)
        assert client.get(url).status_code == status, person
        if status == 403:
            data = {"content": "X", "verksamhet": "Y", "version": 1}
            assert client.post(url, data).status_code == 403, person
    assert Informationsmangd.objects.get().content == "Frånvaro"


def test_what_is_in_a_hidden_system_is_hidden(client: Client, alva: Informationssystem) -> None:
    hidden = make.make_system(make.make_active(), "Larmkedjan", skyddsvard=True)
    mangd = actions.create(None, hidden, content="Larmkoder", verksamhet="Trygghet")
    nils = make.make_user("nils.nyfiken")
    client.force_login(nils)
    for verb, pk in (("create", hidden.pk), ("change", mangd.pk), ("remove", mangd.pk)):
        url = reverse(f"governance:informationsmangd_{verb}", args=[pk])
        assert client.get(url).status_code == 404
    assert "Larmkoder" not in panel(nils, alva, hidden)
    assert "Larmkoder" in panel(make.make_revisor(), alva, hidden)


def test_owners_are_listed_with_contact_and_those_who_left_are_marked(
    lars: User, alva: Informationssystem
) -> None:
    owner = make.make_user("anna.agare", phone="090-16 10 00")
    actions.create(None, alva, content="Frånvaro", verksamhet="Skola", informationsagare=owner)
    html = panel(lars, alva)
    assert "mailto:anna.agare@example.se" in html
    assert "tel:090-161000" in html
    assert "har slutat" not in html
    people.set_active(None, owner, False, reason="Slutat")
    assert "har slutat" in panel(lars, alva)


def test_the_panel_takes_as_many_queries_for_50_as_for_2(
    lars: User, alva: Informationssystem
) -> None:
    def asked(number: int) -> int:
        systems = [make.make_system(alva.objekt) for _ in range(number)]
        for one in systems:
            actions.create(None, one, content="X", verksamhet="Y", informationsagare=lars)
        found = Informationssystem.objects.select_related("objekt").filter(
            pk__in=[s.pk for s in systems]
        )
        fresh = User.objects.get(pk=lars.pk)
        with CaptureQueriesContext(connection) as queries:
            panel(fresh, *list(found))
        return len(queries)

    assert asked(2) == asked(50) <= 5


def test_who_has_left_becomes_no_owner_but_stays_where_nothing_else_is_chosen(
    lars: User, alva: Informationssystem
) -> None:
    owner = make.make_user("anna.agare")
    gone = people.set_active(None, make.make_user("gosta.gick"), False, reason="Slutat")
    values = {"content": "Frånvaro", "verksamhet": "Skola"}
    with pytest.raises(ValidationError) as refused:
        actions.create(lars, alva, informationsagare=gone, **values)
    assert refused.value.message_dict == {
        "informationsagare": ["Gosta Gick har slutat. Välj någon annan."]
    }
    mangd = actions.create(lars, alva, informationsagare=owner, **values)
    with pytest.raises(ValidationError, match="har slutat"):
        actions.change(lars, mangd, informationsagare=gone)
    owner = people.set_active(None, owner, False, reason="Slutat")
    mangd.refresh_from_db()
    changed = actions.change(lars, mangd, content="Närvaro", informationsagare=owner)
    assert (changed.content, changed.informationsagare) == ("Närvaro", owner)
