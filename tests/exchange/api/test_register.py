"""Reading and writing the register: the pages' actions, rights and sight, by key."""

from typing import Any, ClassVar

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from governance.actions import informationsmangd
from governance.models import Gesture, Informationssystem
from tests import world as worlds
from tests.exchange.api.caller import Caller
from tests.factories import make_objekt, make_system, make_user, today


class TestRegister(TestCase):
    """One world, asked by programs of its people."""

    world: ClassVar[worlds.World]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = worlds.build()

    def setUp(self) -> None:
        people: Any = self.world.people
        self.leader, self.outsider = Caller(people["fl"]), Caller(people["out"])
        self.objekt, self.system = self.world.objekt, self.world.things["system"]
        self.hidden = self.world.things["hidden"]

    def test_pages_follow_each_other_without_a_gap(self) -> None:
        for n in range(5):
            make_system(self.objekt, f"Sida {n}")
        found, cursor = [], ""
        while True:
            answer = self.leader.get("/system", cursor=cursor, limit=2).json()
            found += [row["id"] for row in answer["items"]]
            cursor = answer["next"]
            if cursor is None:
                break
        assert found == list(Informationssystem.objects.order_by("pk").values_list("pk", flat=True))

    def test_filters_are_those_of_the_list_and_unknown_ones_are_refused(self) -> None:
        found = self.leader.get("/system", q="öppna").json()["items"]
        assert [row["name"] for row in found] == ["Öppna systemet"]
        assert self.leader.get("/system", livscykel="i_drift").status_code == 200
        for wrong in ({"livscykel": "hittepå"}, {"hittepa": "1"}, {"cursor": "§§"}, {"limit": 0}):
            answer = self.leader.get("/system", **wrong)
            assert answer.status_code == 422, wrong
            assert answer["Content-Type"] == "application/problem+json"
            assert list(answer.json()["errors"]) == list(wrong)

    def test_what_is_hidden_is_told_to_nobody_who_may_not_know(self) -> None:
        paths = {
            "/system": self.hidden.pk,
            "/informationsmangder": self.world.things["hidden_mangd"].pk,
            "/samband": self.world.things["hidden_samband"].pk,
            "/avtal": self.world.things["hidden_avtal"].pk,
        }
        for path, pk in paths.items():
            for caller, sees in ((self.leader, True), (self.outsider, False)):
                ids = [row["id"] for row in caller.get(path, limit=200).json()["items"]]
                assert (pk in ids) is sees, path
                assert caller.get(f"{path}/{pk}").status_code == (200 if sees else 404), path
        body = {"source": self.system.pk, "target": self.hidden.pk}
        refused = self.outsider.post("/samband", body)
        assert refused.json()["errors"] == {"target": ["Det finns inget med det numret."]}

    def test_an_entry_is_changed_from_the_version_that_was_read(self) -> None:
        path = f"/system/{self.system.pk}"
        version = self.leader.get(path)["ETag"].strip('"')
        assert self.leader.send("PATCH", path, {"purpose": "Nytt"}).status_code == 428
        changed = self.leader.send("PATCH", path, {"purpose": "Nytt"}, if_match=version)
        assert changed.status_code == 200, changed.content
        assert changed.json()["purpose"] == "Nytt"
        late = self.leader.send("PATCH", path, {"purpose": "Annat"}, if_match=version)
        assert late.status_code == 412
        assert late.json()["differences"] == [
            {"field": "purpose", "saved": "Nytt", "yours": "Annat"}
        ]
        again = late["ETag"].strip('"')
        assert (
            self.leader.send("PATCH", path, {"purpose": "Annat"}, if_match=again).status_code == 200
        )
        gesture = Gesture.objects.latest("at")
        assert (gesture.kind, gesture.actor) == ("change", self.world.people["fl"])

    def test_who_lacks_the_mandate_hears_which_and_whose(self) -> None:
        path, version = (
            f"/system/{self.system.pk}",
            self.leader.get(f"/system/{self.system.pk}")["ETag"],
        )
        refused = self.outsider.send("PATCH", path, {"purpose": "x"}, if_match=version.strip('"'))
        assert refused.status_code == 403
        assert str(self.world.people["fl"]) in refused.json()["detail"]
        assert refused.json()["mandate"]
        gone = self.outsider.send("PATCH", f"/system/{self.hidden.pk}", {}, if_match="1")
        assert gone.status_code == 404
        assert Caller(None).get(path).status_code == 401

    def test_things_are_registered_with_a_sentence_for_each_fault(self) -> None:
        body = {"objekt": self.objekt.pk, "name": "Nya systemet", "livscykel": "i_drift"}
        made = self.leader.post("/system", body)
        assert made.status_code == 201, made.content
        assert made["Location"] == f"/api/v1/system/{made.json()['id']}"
        faulty = self.leader.post(
            "/system", {"objekt": 10**12, "name": 3, "livscykel": "x", "hej": 1}
        )
        assert set(faulty.json()["errors"]) == {"name", "livscykel", "hej"}
        unknown = self.leader.post("/system", body | {"objekt": 10**12})
        assert unknown.json()["errors"] == {"objekt": ["Det finns inget med det numret."]}
        control = self.leader.post("/system", body | {"name": "a\u0000b"})
        assert control.status_code == 422
        elsewhere = self.leader.post("/system", body | {"objekt": make_objekt().pk})
        assert elsewhere.status_code == 403

    def test_status_and_livscykel_are_decided_by_their_own_acts_only(self) -> None:
        for path, field in (
            (f"/objekt/{self.objekt.pk}", "status"),
            (f"/system/{self.system.pk}", "livscykel"),
        ):
            refused = self.leader.send("PATCH", path, {field: "avvecklat"}, if_match="1")
            assert refused.json()["errors"] == {field: ["Det finns inget sådant fält."]}
        body = {"status": "avvecklat", "reason": "Prov"}
        assert self.leader.post(f"/objekt/{self.objekt.pk}/status", body).status_code == 403

    def test_agreements_are_signed_by_who_may(self) -> None:
        avtal = self.world.things["avtal"]
        path, body = f"/avtal/{avtal.pk}/sign", {"signed_on": str(today()), "decision": "UN 2026/1"}
        assert self.outsider.post(path, body).status_code == 403
        assert self.leader.post(path, body).status_code == 403
        signed = Caller(self.world.people["oa"]).post(path, body)
        assert signed.status_code == 200, signed.content
        assert signed.json()["status"] == "tecknat"

    def test_as_many_queries_for_fifty_as_for_two(self) -> None:
        def asked(path: str) -> int:
            with CaptureQueriesContext(connection) as context:
                assert self.leader.get(path, limit=200).status_code == 200
            return len(context)

        paths = ("/system", "/objekt", "/avtal", "/informationsmangder", "/roller", "/personer")
        for path in paths:
            asked(path)
        few = {path: asked(path) for path in paths}
        for n in range(50):
            system = make_system(self.objekt, f"Fler {n}")
            informationsmangd.create(None, system, content="x", verksamhet="y")
            make_user()
            make_objekt()
        assert {path: asked(path) for path in paths} == few

    def test_every_answer_that_refuses_is_a_problem(self) -> None:
        wrong = [
            self.leader.get("/finns-inte"),
            self.leader.get("/system/noll"),
            self.leader.send("PUT", "/system", {}),
            Caller(None).get("/system"),
            self.leader.post("/system", "x" * 3_000_000),
        ]
        assert [answer.status_code for answer in wrong] == [404, 422, 405, 401, 413]
        for answer in wrong:
            assert answer["Content-Type"] == "application/problem+json"
            assert answer.json()["status"] == answer.status_code
            assert answer.json()["detail"]
