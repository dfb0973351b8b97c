"""Who answers, by key: appointed, handed over, ended and substituted by the rules of the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.actions import informationsmangd
from roles import activation
from roles.models import RoleAssignment, Substitution, SystemGrant
from tests.exchange.api.caller import Caller
from tests.factories import appoint, make_admin, make_objekt, make_system, make_user, today
from tests.roles.staffing_case import Case

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = {"reason": "Ny organisation"}


@pytest.fixture
def case() -> Case:
    cache.clear()
    return Case()


def test_a_role_is_handed_over_by_who_appoints_to_it(case: Case) -> None:
    held = case.held("forvaltningsledare")
    path = f"/roller/{held.pk}/hand_over"
    body = {"person": case.karin.pk, "on": str(today() + DAY), "decision_reference": "UN 1", **WHY}
    for other in (case.lars, case.karin, make_user()):
        refused = Caller(other).post(path, body)
        assert refused.status_code == 403
        assert str(case.eva) in refused.json()["detail"]
    assert Caller(case.eva, may_write=False).post(path, body).status_code == 403
    assert Caller(None).post(path, body).status_code == 401
    made = Caller(case.eva).post(path, body)
    assert made.status_code == 201, made.content
    assert made["Location"] == f"/api/v1/roller/{made.json()['id']}"
    assert (made.json()["person"], made.json()["decision_reference"]) == (case.karin.pk, "UN 1")
    held.refresh_from_db()
    assert held.valid_to == today()


def test_what_leaves_a_gap_is_refused_in_the_sentences_of_the_pages(case: Case) -> None:
    held = case.held("forvaltningsledare")
    refused = Caller(case.eva).post(f"/roller/{held.pk}/end", {"on": str(today()), **WHY})
    assert refused.status_code == 422
    (sentence,) = refused.json()["errors"][""]
    assert sentence.startswith("Förvaltningsledare saknas från och med")
    assert sentence in refused.json()["detail"]
    draft = make_objekt("Utkast")
    asked = {"status": "i_forvaltning", **WHY}
    lacks = Caller(make_admin()).post(f"/objekt/{draft.pk}/status", asked)
    assert len(lacks.json()["errors"][""]) == 5
    assert "Objektägare är inte tillsatt." in lacks.json()["errors"][""]


def test_operative_roles_are_appointed_on_the_object_or_a_system_and_ended(case: Case) -> None:
    leader, system = Caller(case.lars), make_system(case.objekt, "Alva")
    body = {
        "objekt": case.objekt.pk, "role": "systemforvaltare", "person": case.karin.pk,
        "system": system.pk, "valid_from": str(today()),
    }  # fmt: skip
    made = leader.post("/roller", body)
    assert made.status_code == 201, made.content
    assert made.json()["system"] == system.pk
    assert SystemGrant.objects.filter(user=case.karin, content_object=system).exists()
    faults = {
        "system": body | {"system": make_system(case.other).pk},
        "person": {k: v for k, v in body.items() if k != "person"},
        "role": body | {"role": "kung"},
        "": body,
    }
    for field, wrong in faults.items():
        assert list(leader.post("/roller", wrong).json()["errors"]) == [field], field
    past = leader.post("/roller", body | {"system": None, "valid_from": str(today() - DAY)})
    assert "i efterhand" in past.json()["errors"]["reason"][0]
    assert Caller(case.karin).post("/roller", body | {"system": None}).status_code == 403
    ended = leader.post(f"/roller/{made.json()['id']}/end", {"on": str(today()), **WHY})
    assert ended.json()["valid_to"] == str(today())
    both = leader.post("/roller", body | {"namnd": case.namnd.pk})
    assert both.json()["errors"] == {"person": ["Ange en person, eller en nämnd."]}
    owner = body | {"role": "objektagare", "system": None}
    assert leader.post("/roller", owner).status_code == 403, "owners are appointed by the nämnd"


def test_an_appointment_that_has_not_begun_is_taken_back_with_a_reason(case: Case) -> None:
    leader = Caller(case.lars)
    coming = appoint(case.objekt, "it_specialist", case.karin, valid_from=today() + DAY)
    path = f"/roller/{coming.pk}"
    assert "anledning" in str(leader.send("DELETE", path).json()["errors"]["reason"])
    assert Caller(make_user()).send("DELETE", path, WHY).status_code == 403
    assert leader.send("DELETE", path, WHY).status_code == 204
    assert not RoleAssignment.objects.filter(pk=coming.pk).exists()


def test_somebody_stands_in_and_stops(case: Case) -> None:
    owner, held = Caller(case.eva), case.held("forvaltningsledare")
    body = {
        "assignment": held.pk, "person": case.karin.pk,
        "valid_from": str(today()), "valid_to": str(today() + 5 * DAY),
    }  # fmt: skip
    assert Caller(case.karin).post("/ersattare", body).status_code == 403
    made = owner.post("/ersattare", body)
    assert made.status_code == 201, made.content
    endless = owner.post("/ersattare", {k: v for k, v in body.items() if k != "valid_to"})
    assert "Ange en period" in endless.json()["errors"][""][0]
    own = owner.post("/ersattare", body | {"person": case.lars.pk})
    assert list(own.json()["errors"]) == ["person"]
    path = f"/ersattare/{made.json()['id']}/end"
    assert owner.post(path, {"on": str(today())}).json()["valid_to"] == str(today())
    assert owner.post(path, {"on": str(today() - DAY)}).status_code == 204
    assert not Substitution.objects.exists()


def test_staffing_says_who_acts_and_what_lacks(case: Case) -> None:
    told = Caller(make_user()).get(f"/objekt/{case.objekt.pk}/bemanning").json()["roles"]
    by_role = {role["role"]: role for role in told}
    assert by_role["namnd"]["holders"][0]["acting"] == [case.nora.pk]
    assert by_role["objektagare"]["holders"][0]["person"] == case.eva.pk
    assert "objektägaren, Eva Lund" in by_role["forvaltningsledare"]["appointed_by"]
    assert not by_role["forvaltningsledare"]["gaps"]
    draft = make_objekt("Utkast")
    lacks = Caller(case.eva).get(f"/objekt/{draft.pk}/bemanning").json()["roles"]
    assert [role["gaps"][0]["sentence"] for role in lacks][1] == "Objektägare är inte tillsatt."


def test_lists_hide_what_hangs_on_a_hidden_system_and_narrow_to_a_day(case: Case) -> None:
    hidden = make_system(case.objekt, "Hemligt", skyddsvard=True)
    secret = appoint(case.objekt, "it_specialist", case.karin, systems=[hidden])
    seen = appoint(case.objekt, "systemforvaltare", case.karin)
    for caller, knows in ((Caller(case.lars), True), (Caller(make_user()), False)):
        rows = caller.get("/roller", person=case.karin.pk, limit=200).json()["items"]
        ids = [row["id"] for row in rows]
        assert seen.pk in ids
        assert (secret.pk in ids) is knows
        assert caller.get(f"/roller/{secret.pk}").status_code == (200 if knows else 404)
        told = str(caller.get(f"/objekt/{case.objekt.pk}/bemanning").json())
        assert (f"'uppdrag': {secret.pk}," in told) is knows
        assert f"'uppdrag': {seen.pk}," in told
        items = caller.get(f"/personer/{case.karin.pk}/ansvar").json()["items"]
        assert (f"uppdrag-{secret.pk}" in [item["key"] for item in items]) is knows
    before = {"objekt": case.objekt.pk, "on": str(today() - 800 * DAY)}
    assert Caller(case.lars).get("/roller", **before).json()["items"] == []
    narrowed = Caller(case.lars).get("/roller", role="namnd", on=str(today())).json()["items"]
    assert {row["namnd"] for row in narrowed} >= {case.namnd.pk}
    assert {row["person"] for row in narrowed} == {None}
    assert Caller(case.lars).get("/roller", on="i dag").status_code == 422


def test_all_that_a_person_answers_for_is_handed_over_at_once(case: Case) -> None:
    system = make_system(case.objekt, "Alva")
    informationsmangd.create(
        None, system, content="Elever", verksamhet="Skola", informationsagare=case.lars
    )
    admin, path = Caller(make_admin()), f"/personer/{case.lars.pk}"
    items = admin.get(f"{path}/ansvar").json()["items"]
    assert {item["kind"] for item in items} == {"uppdrag", "information"}
    body: dict[str, Any] = {
        "successors": {item["key"]: case.karin.pk for item in items},
        "on": str(today() + DAY),
        **WHY,
    }
    refused = Caller(case.karin).post(f"{path}/transfer_all", body)
    assert refused.status_code == 403
    unknown = admin.post(f"{path}/transfer_all", body | {"successors": {"uppdrag-1": 10**12}})
    assert list(unknown.json()["errors"]) == ["successors"]
    assert admin.post(f"{path}/transfer_all", body).status_code == 200
    left = admin.get(f"/personer/{case.karin.pk}/ansvar").json()["items"]
    assert {item["what"] for item in left} == {item["what"] for item in items}


def test_roles_held_on_a_system_follow_when_it_moves(case: Case) -> None:
    system = make_system(case.objekt, "Alva")
    held = appoint(case.objekt, "it_specialist", case.karin, systems=[system])
    moved = Caller(make_admin()).post(f"/system/{system.pk}/move", {"to": case.other.pk, **WHY})
    assert moved.json()["objekt"] == case.other.pk
    held.refresh_from_db()
    assert held.objekt == case.other


def test_as_many_queries_for_fifty_as_for_two(case: Case) -> None:
    caller = Caller(case.lars)

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as context:
            assert caller.get(path).status_code == 200
        return len(context)

    paths = (f"/objekt/{case.objekt.pk}/bemanning", f"/personer/{case.karin.pk}/ansvar", "/roller")
    appoint(case.objekt, "systemforvaltare", case.karin)
    few = {path: [asked(path), asked(path)][1] for path in paths}
    for n in range(12):
        system = make_system(case.objekt, f"S{n}")
        appoint(case.objekt, "it_specialist", case.karin, systems=[system])
    assert {path: asked(path) for path in paths} == few


def test_what_is_wound_up_takes_no_role_and_no_system_in_use(case: Case) -> None:
    system = make_system(case.objekt, "Alva", livscykel="avvecklat")
    held, day = case.held("forvaltningsledare"), str(today() + DAY)
    activation.change_status(None, case.objekt, "avvecklat", reason="Slut")
    owner, leader = Caller(case.eva), Caller(case.lars)
    appointed = {"role": "it_specialist", "person": case.karin.pk, "valid_from": day}
    stands_in = {"person": case.karin.pk, "valid_from": day, "valid_to": day}
    answers = [
        Caller(case.mona).post("/roller", {"objekt": case.objekt.pk, **appointed}),
        owner.post(f"/roller/{held.pk}/hand_over", {"person": case.karin.pk, "on": day, **WHY}),
        owner.post("/ersattare", {"assignment": held.pk, **stands_in}),
        owner.post(f"/system/{system.pk}/livscykel", {"livscykel": "i_drift", "since": day, **WHY}),
        leader.post("/system", {"objekt": case.objekt.pk, "name": "Ny"}),
    ]
    for answer in answers:
        assert answer.status_code == 422, answer.content
        assert answer.json()["errors"][""][0].startswith("Elevadministration är avvecklat. ")
    ended = owner.post(f"/roller/{held.pk}/end", {"on": str(today()), **WHY})
    assert ended.status_code == 200, ended.content
