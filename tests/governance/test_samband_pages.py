"""Samband: registered, changed and removed; the picture and its table; what is hidden stays hidden."""

from dataclasses import dataclass

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.actions import samband as actions
from governance.models import Informationssystem, Samband
from governance.samband import picture, rows
from roles.models import User
from tests import factories as make

pytestmark = pytest.mark.django_db


@dataclass
class World:
    """A system with a leader of IT, another object with its own, and a hidden system there."""

    malin: User
    other_leader: User
    outsider: User
    alva: Informationssystem
    procap: Informationssystem
    hidden: Informationssystem


@pytest.fixture
def world() -> World:
    malin, other = make.make_user("malin.holm"), make.make_user("otto.annan")
    objekt = make.make_active("Elevadministration", forvaltningsledare_it=malin)
    elsewhere = make.make_active("Trygghetslarm", forvaltningsledare_it=other)
    return World(
        malin=malin,
        other_leader=other,
        outsider=make.make_user("nils.nyfiken"),
        alva=make.make_system(objekt, "Alva"),
        procap=make.make_system(elsewhere, "Procap"),
        hidden=make.make_system(elsewhere, "Larmkedjan", skyddsvard=True),
    )


def connect(source: Informationssystem, target: Informationssystem | str, **fields: str) -> Samband:
    end = {"outside_party": target} if isinstance(target, str) else {"target": target}
    return actions.create(None, source, **end, **fields)


def posted(**changes: object) -> dict[str, object]:
    fields = {"direction": "lamnar", "target": "", "outside_party": "", "kind": "api"}
    return {**fields, "information": "elever", **changes}


def panel(user: User, *systems: Informationssystem) -> str:
    source = "{% load samband %}{% samband_panel user systems %}"
    return Template(source).render(Context({"user": user, "systems": systems}))


def test_the_leader_of_it_registers_a_connection(client: Client, world: World) -> None:
    client.force_login(world.malin)
    url = reverse("governance:samband_create", args=[world.alva.pk])
    assert client.get(url).status_code == 200
    response = client.post(url, posted(target=f"Procap ({world.procap.pk})", reason="Nytt API"))
    assert response.status_code == 302
    samband = Samband.objects.get()
    assert (samband.source, samband.target) == (world.alva, world.procap)
    assert samband.history.get().gesture.reason == "Nytt API"
    assert response.headers["Location"] == f"/system/{world.alva.pk}/#samband"
    page = client.get(response.headers["Location"]).content.decode()
    assert "Sambandet Alva – Procap är registrerat." in page


def test_an_outside_party_is_the_other_end(client: Client, world: World) -> None:
    client.force_login(world.malin)
    url = reverse("governance:samband_create", args=[world.alva.pk])
    client.post(url, posted(outside_party="Skatteverket", direction="hamtar"))
    row = rows(world.malin, [world.alva])[0]
    assert (row.giver, row.taker) == ("Skatteverket", world.alva)


@pytest.mark.parametrize("both", [True, False])
def test_neither_or_both_other_ends_are_refused_with_the_text_kept(
    client: Client, world: World, both: bool
) -> None:
    client.force_login(world.malin)
    url = reverse("governance:samband_create", args=[world.alva.pk])
    ends = {"target": f"Procap ({world.procap.pk})", "outside_party": "SKR"} if both else {}
    response = client.post(url, posted(**ends))
    assert response.status_code == 422
    page = response.content.decode()
    assert "Ange antingen ett annat system eller en utomstående part." in page
    assert 'value="elever"' in page
    assert not Samband.objects.exists()


def test_a_system_cannot_be_connected_with_itself(client: Client, world: World) -> None:
    client.force_login(world.malin)
    url = reverse("governance:samband_create", args=[world.alva.pk])
    response = client.post(url, posted(target=f"Alva ({world.alva.pk})"))
    assert response.status_code == 422
    assert "samband med sig självt" in response.content.decode()


def test_either_end_may_change_and_remove(client: Client, world: World) -> None:
    samband = connect(world.alva, world.procap)
    client.force_login(world.other_leader)
    url = reverse("governance:samband_change", args=[samband.pk])
    assert client.get(url).status_code == 200
    data = posted(target=f"Procap ({world.procap.pk})", information="betyg", version=1)
    assert client.post(url, data).status_code == 302
    samband.refresh_from_db()
    assert samband.information == "betyg"
    client.force_login(world.malin)
    remove = reverse("governance:samband_remove", args=[samband.pk])
    assert "Ta bort sambandet" in client.get(remove).content.decode()
    assert Samband.objects.count() == 1
    assert client.post(remove, {"reason": "Ersatt"}).status_code == 302
    assert not Samband.objects.exists()
    assert Samband.history.latest().history_type == "-"


def test_two_who_change_at_once_are_told(client: Client, world: World) -> None:
    samband = connect(world.alva, "SKR", information="elever")
    actions.change(None, samband, information="klasser")
    client.force_login(world.malin)
    url = reverse("governance:samband_change", args=[samband.pk])
    response = client.post(url, posted(outside_party="SKR", information="frånvaro", version=1))
    assert response.status_code == 409
    assert "klasser" in response.content.decode()
    assert "frånvaro" in response.content.decode()


@pytest.mark.parametrize("name", ["samband_create", "samband_change", "samband_remove"])
def test_who_may_reach_the_forms(client: Client, world: World, name: str) -> None:
    samband = connect(world.alva, "SKR")
    pk = world.alva.pk if name == "samband_create" else samband.pk
    url = reverse(f"governance:{name}", args=[pk])
    assert client.get(url).status_code == 302
    for person, status in (
        (world.malin, 200),
        (make.make_admin(), 200),
        (world.other_leader, 403),
        (world.outsider, 403),
        (make.make_revisor(), 403),
    ):
        client.force_login(person)
        assert client.get(url).status_code == status, person
        if status == 403:
            assert client.post(url, posted(outside_party="X", version=1)).status_code == 403


def test_a_connection_with_a_hidden_system_is_not_there_for_others(
    client: Client, world: World
) -> None:
    samband = connect(world.alva, world.hidden, information="larm")
    client.force_login(world.malin)  # holds the mandate at the visible end
    for name in ("samband_change", "samband_remove"):
        assert client.get(reverse(f"governance:{name}", args=[samband.pk])).status_code == 404
    url = reverse("governance:samband_create", args=[world.hidden.pk])
    assert client.get(url).status_code == 404
    client.force_login(world.other_leader)
    url = reverse("governance:samband_change", args=[samband.pk])
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("typed", ["Larmkedjan ({})", "{}", "x ({})", "Larmkedjan"])
def test_a_hidden_system_answers_as_one_that_does_not_exist(
    client: Client, world: World, typed: str
) -> None:
    client.force_login(world.malin)
    url = reverse("governance:samband_create", args=[world.alva.pk])
    said = []
    for pk in (world.hidden.pk, 987654321):
        response = client.post(url, posted(target=typed.format(pk)))
        assert response.status_code == 422
        problems = response.context["form"].problems()
        said.append([(place, words.replace(str(pk), "?")) for place, words in problems])
    assert not Samband.objects.exists()
    assert said[0] == said[1]
    assert said[0][0][0] == "id_target"


def test_suggestions_hold_no_hidden_system(client: Client, world: World) -> None:
    url = reverse("governance:system_search")
    assert client.get(url, {"q": "lar"}).status_code == 302
    client.force_login(world.malin)
    assert "Larmkedjan" not in client.get(url, {"q": "larm"}).content.decode()
    assert "Procap" in client.get(url, {"q": "proc"}).content.decode()
    client.force_login(world.other_leader)
    assert f"Larmkedjan ({world.hidden.pk})" in client.get(url, {"q": "larm"}).content.decode()


def test_the_picture_and_the_table_leave_out_what_is_hidden(world: World) -> None:
    connect(world.alva, world.hidden, information="larm")
    connect(world.alva, world.procap, information="klasser")
    seen = panel(world.malin, world.alva)
    assert "Procap" in seen
    assert "klasser" in seen
    assert "Larmkedjan" not in seen
    assert "larm" not in seen
    assert f"/system/{world.hidden.pk}/" not in seen
    assert "Larmkedjan" in panel(make.make_revisor(), world.alva)


def test_the_picture_says_what_the_table_says(world: World) -> None:
    connect(world.alva, world.procap, direction="bada")
    connect(world.alva, "Skatteverket", direction="hamtar")
    found = rows(world.malin, [world.alva])
    drawn = picture(found, [world.alva])
    assert drawn is not None
    assert {(b.node.name, b.node.own) for b in drawn.boxes} == {
        ("Alva", True),
        ("Procap", False),
        ("Skatteverket", False),
    }
    assert sorted(line.both for line in drawn.lines) == [False, True]
    html = panel(world.malin, world.alva)
    assert html.count("marker-start") == 1
    assert 'role="img"' in html
    assert "båda hållen" in html


def test_a_knot_is_left_to_the_table(world: World) -> None:
    for n in range(61):
        connect(world.alva, f"Part {n}")
    html = panel(world.malin, world.alva)
    assert "<svg" not in html
    assert "Part 60" in html


def test_a_name_is_written_safely(world: World) -> None:
    connect(world.alva, "<script>alert(1)</script>")
    assert "<script>" not in panel(world.malin, world.alva)


def test_only_who_may_is_offered_to_add_or_change(world: World) -> None:
    samband = connect(world.alva, "SKR")
    change = reverse("governance:samband_change", args=[samband.pk])
    add = reverse("governance:samband_create", args=[world.alva.pk])
    mine, theirs = panel(world.malin, world.alva), panel(world.outsider, world.alva)
    assert change in mine
    assert add in mine
    assert change not in theirs
    assert add not in theirs


def test_the_panel_takes_as_many_queries_for_50_as_for_2(world: World) -> None:
    def asked(number: int) -> int:
        systems = [make.make_system(world.alva.objekt) for _ in range(number)]
        for one in systems:
            connect(one, world.procap)
        found = list(
            Informationssystem.objects.select_related("objekt").filter(
                pk__in=[s.pk for s in systems]
            )
        )
        fresh = User.objects.get(pk=world.malin.pk)
        with CaptureQueriesContext(connection) as queries:
            panel(fresh, *found)
        return len(queries)

    assert asked(2) == asked(50) <= 6


def test_no_samband_is_said(world: World) -> None:
    assert "Inga samband är registrerade för systemet." in panel(world.malin, world.alva)
