"""What the two sides judge of a system: who may, what is kept, and the picture of the register."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance import access
from governance.actions import bedomning as actions
from governance.actions import system as system_actions
from governance.actions.base import Conflict
from governance.models import Bedomning, Informationssystem
from governance.steering import judging
from roles.models import User
from tests import factories as make

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]


@pytest.fixture
def cast() -> dict[str, User]:
    return {
        role: make.make_user(f"{role}.person")
        for role in ("objektagare", "objektagare_it", "forvaltningsledare", "forvaltningsledare_it")
    }


@pytest.fixture
def system(cast: dict[str, User]) -> Informationssystem:
    return make.make_system(make.make_active("Elevhälsa", **cast), "Alva")


def judge(actor: Any, system: Informationssystem, sida: str, omdome: str, **more: Any) -> Bedomning:
    return actions.judge(actor, system, sida, omdome=omdome, motivering="Därför att", **more)


def test_each_side_is_judged_by_its_owner_and_its_leader_alone(
    cast: dict[str, User], system: Informationssystem
) -> None:
    business = {"objektagare", "forvaltningsledare"}
    everybody = {**cast, "admin": make.make_admin(), "revisor": make.make_revisor()}
    for name, person in everybody.items():
        for sida in ("verksamhet", "it"):
            mine = name in cast and (name in business) == (sida == "verksamhet")
            if mine:
                assert judge(person, system, sida, "utveckla").judged_by is not None
            else:
                with pytest.raises(access.Forbidden):
                    judge(person, system, sida, "utveckla")


def test_a_new_judgement_takes_the_place_of_the_old_and_history_keeps_both(
    cast: dict[str, User], system: Informationssystem
) -> None:
    judge(cast["objektagare"], system, "verksamhet", "utveckla", version=0)
    judge(cast["forvaltningsledare"], system, "verksamhet", "avveckla", version=1)
    now = Bedomning.objects.get()
    assert (now.omdome, now.judged_by) == ("avveckla", cast["forvaltningsledare"])
    assert [row.omdome for row in Bedomning.history.all()] == ["avveckla", "utveckla"]
    side = judging.said_of(system)["verksamhet"]
    assert [row.omdome for row in side.before] == ["utveckla"]


def test_what_somebody_else_said_in_between_is_a_conflict_and_a_double_click_is_none(
    cast: dict[str, User], system: Informationssystem
) -> None:
    judge(cast["objektagare"], system, "verksamhet", "utveckla", version=0)
    judge(cast["objektagare"], system, "verksamhet", "utveckla", version=0)
    with pytest.raises(Conflict):
        judge(cast["forvaltningsledare"], system, "verksamhet", "avveckla", version=0)


def test_a_system_that_is_gone_and_a_day_to_come_are_refused(
    cast: dict[str, User], system: Informationssystem
) -> None:
    tomorrow = make.today() + timedelta(days=1)
    with pytest.raises(ValidationError, match="framtiden"):
        judge(cast["objektagare"], system, "verksamhet", "utveckla", on=tomorrow)
    system_actions.decide_livscykel(
        None, system, livscykel="avvecklat", since=make.today(), decision="KS 1", reason="Slut"
    )
    with pytest.raises(ValidationError, match="avvecklat"):
        judge(cast["objektagare"], system, "verksamhet", "utveckla")


def test_the_database_holds_one_judgement_a_side(system: Informationssystem) -> None:
    judge(None, system, "it", "utveckla")
    columns = 'system_id, sida, omdome, motivering, "on", version, updated_at'
    copy = (
        f"INSERT INTO governance_bedomning ({columns}) SELECT {columns} FROM governance_bedomning"
    )
    with (
        pytest.raises(IntegrityError, match="bedomning_one_a_side"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(copy)


def test_the_page_of_the_system_shows_both_sides_and_a_button_for_ones_own(
    login: Login, cast: dict[str, User], system: Informationssystem
) -> None:
    client = login(cast["objektagare"])
    url = reverse("governance:bedomning_change", args=[system.pk, "verksamhet"])
    other = reverse("governance:bedomning_change", args=[system.pk, "it"])
    said = client.get(system.get_absolute_url()).content.decode()
    assert url in said
    assert other not in said
    assert "Inte bedömt än." in said
    assert client.get(other).status_code == 403
    data = {"omdome": "utveckla", "motivering": "Den behövs", "on": "2026-11-01", "version": 0}
    answer = client.post(url, data)
    assert answer["Location"] == f"{system.get_absolute_url()}#bedomning"
    judge(cast["objektagare_it"], system, "it", "avveckla")
    said = client.get(system.get_absolute_url()).content.decode()
    assert "Den behövs" in said
    assert "Verksamheten och IT bedömer olika." in said
    refused = client.post(url, {**data, "motivering": "", "version": 1})
    assert refused.status_code == 422


def test_who_may_not_is_told_who_may(
    login: Login, cast: dict[str, User], system: Informationssystem
) -> None:
    url = reverse("governance:bedomning_change", args=[system.pk, "it"])
    said = login(cast["forvaltningsledare"]).get(url).content.decode()
    assert "Bedöma för IT" in said
    assert str(cast["objektagare_it"]) in said
    assert str(cast["forvaltningsledare_it"]) in said


def test_every_cell_of_the_matrix_leads_to_as_many_systems_as_it_says(
    login: Login, system: Informationssystem
) -> None:
    judge(None, system, "verksamhet", "utveckla")
    judge(None, system, "it", "avveckla")
    agreed = make.make_system(system.objekt)
    for sida in ("verksamhet", "it"):
        judge(None, agreed, sida, "utveckla")
    make.make_system(system.objekt)
    client = login(make.make_user())
    page = client.get(reverse("governance:bedomning"))
    drawn = page.context["matrix"]
    assert (drawn.total, drawn.differing, drawn.judged_by_both) == (3, 1, 2)
    said = unescape(page.content.decode())
    for row in drawn.rows:
        for cell in row.cells:
            asked = {"bedomning": cell.verksamhet, "bedomning_it": cell.it}
            assert f'{reverse("governance:system_list")}?{urlencode(asked)}"' in said
            listed = client.get(reverse("governance:system_list"), asked)
            assert listed.context["total"] == cell.number


def test_a_hidden_system_is_in_no_cell_of_who_may_not_know_of_it(login: Login) -> None:
    objekt = make.make_active()
    hidden = make.make_system(objekt, "Hemliga larmet", skyddsvard=True)
    judge(None, hidden, "verksamhet", "utveckla")
    url = reverse("governance:bedomning")
    assert login(make.make_user()).get(url).context["matrix"].total == 0
    assert login(make.make_revisor()).get(url).context["matrix"].total == 1


def test_the_matrix_and_a_systems_page_ask_as_much_however_much_is_judged(
    login: Login, system: Informationssystem
) -> None:
    client = login(make.make_user())

    def queries(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    urls = reverse("governance:bedomning"), system.get_absolute_url()
    few = [queries(url) for url in urls]
    for n in range(12):
        judge(None, make.make_system(system.objekt), "it", "utveckla")
        judge(None, system, "it", ("utveckla", "avveckla")[n % 2])
    assert [queries(url) for url in urls] == few


def test_the_history_of_the_system_says_what_each_side_judged(
    login: Login, system: Informationssystem
) -> None:
    judge(None, system, "verksamhet", "utveckla")
    judge(None, system, "verksamhet", "avveckla")
    url = reverse("governance:system_history", args=[system.pk])
    said = login(make.make_user()).get(url).content.decode()
    assert "Verksamheten bedömde Alva: utveckla." in said
    assert "Verksamheten bedömde Alva: avveckla." in said
