"""Möten by key: planned, called, held, minuted, put forward and approved, as the pages do it."""

from datetime import timedelta
from typing import Any, ClassVar

from django.core import mail
from django.core.cache import cache
from django.test import Client, TestCase
from django.utils import timezone

from governance.actions import arende as arenden
from governance.models import Mote
from roles import people
from tests import world as worlds
from tests.exchange.api.caller import V1, Caller
from tests.factories import make_active, make_user, put


class TestMeetings(TestCase):
    """The meetings of one object, asked by programs of its people."""

    world: ClassVar[worlds.World]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = worlds.build()

    def setUp(self) -> None:
        cache.clear()
        self.people: Any = self.world.people
        self.leader, self.outsider = Caller(self.people["fl"]), Caller(self.people["out"])
        self.things: dict[str, Any] = self.world.things

    def planned(self, **more: Any) -> dict[str, Any]:
        """Return a meeting in three days."""
        start = timezone.now().replace(microsecond=0) + timedelta(days=3)
        return {
            "objekt": self.world.objekt.pk,
            "slag": "styrgrupp",
            "starts_at": start.isoformat(),
            "ends_at": (start + timedelta(hours=1)).isoformat(),
            **more,
        }

    def test_a_meeting_goes_from_plan_to_approved_minutes(self) -> None:
        owners = [self.people["oa"], self.people["oait"]]
        body = self.planned(
            arenden=[self.things["arende"].pk], people=[person.pk for person in owners]
        )
        made = self.leader.post("/moten", body)
        assert made.status_code == 201, made.content
        path = f"/moten/{made.json()['id']}"
        assert made["Location"] == f"/api/v1{path}"
        (item,) = self.leader.get("/dagordningspunkter", mote=made.json()["id"]).json()["items"]
        assert item["arende"] == self.things["arende"].pk
        with self.captureOnCommitCallbacks(execute=True):
            assert self.leader.post(f"{path}/call").json()["status"] == "kallat"
        assert {m.to[0] for m in mail.outbox} == {person.email for person in owners}
        self.begun(made.json()["id"])
        rows = self.leader.get("/motesdeltagare", mote=made.json()["id"]).json()["items"]
        held = self.leader.post(
            f"{path}/hold", {"attended": [row["id"] for row in rows], "minutes": "Vi möttes."}
        )
        assert held.json()["status"] == "hallet", held.content
        noted = self.leader.send(
            "PATCH", f"/dagordningspunkter/{item['id']}", {"notes": "Två frågor"},
            if_match=str(item["version"]),
        )  # fmt: skip
        assert noted.json()["notes"] == "Två frågor", noted.content
        forward = self.leader.post(f"{path}/put_forward").json()
        assert forward["status"] == "framlagt"
        read = {"content_hash": forward["content_hash"]}
        assert self.leader.post(f"{path}/approve", read).status_code == 403
        for person in owners:
            approved = Caller(person).post(f"{path}/approve", read)
        assert approved.json()["status"] == "justerat"

    def begun(self, pk: int) -> None:
        """Let the meeting have begun."""
        start = timezone.now() - timedelta(hours=2)
        put(Mote.objects.get(pk=pk), starts_at=start, ends_at=start + timedelta(hours=1))

    def test_only_who_calls_meetings_writes_and_a_reading_key_does_not(self) -> None:
        mote, punkt = self.things["mote"], self.things["punkt"]
        writes: list[tuple[str, str, dict[str, Any]]] = [
            ("POST", "/moten", self.planned()),
            ("POST", f"/moten/{mote.pk}/call", {}),
            ("POST", f"/moten/{mote.pk}/cancel", {"reason": "Nej"}),
            ("POST", f"/moten/{mote.pk}/hold", {"attended": []}),
            ("POST", f"/moten/{mote.pk}/put_forward", {}),
            ("POST", f"/moten/{self.things['forward_mote'].pk}/take_back", {}),
            ("POST", "/dagordningspunkter", {"mote": mote.pk, "title": "Ny"}),
            ("POST", f"/dagordningspunkter/{punkt.pk}/move", {"up": True}),
            ("DELETE", f"/dagordningspunkter/{punkt.pk}", {}),
            ("POST", "/motesdeltagare", {"mote": mote.pk, "person": self.people["sf"].pk}),
            ("DELETE", f"/motesdeltagare/{self.things['motesdeltagare'].pk}", {}),
        ]
        elsewhere, reading = (
            Caller(self.world.elsewhere["fl"]),
            Caller(self.people["fl"], may_write=False),
        )
        for method, path, body in writes:
            for caller in (self.outsider, elsewhere, reading):
                assert caller.send(method, path, body).status_code == 403, path
            assert Caller(None).send(method, path, body).status_code == 401, path
        mote.refresh_from_db()
        assert mote.status == "utkast"

    def test_the_agenda_is_changed_from_the_version_that_was_read(self) -> None:
        path = f"/dagordningspunkter/{self.things['punkt'].pk}"
        assert self.leader.send("PATCH", path, {"title": "Ny"}).status_code == 428
        version = self.leader.get(path)["ETag"].strip('"')
        changed = self.leader.send("PATCH", path, {"title": "Ny"}, if_match=version)
        assert changed.json()["title"] == "Ny"
        late = self.leader.send("PATCH", path, {"title": "Annan"}, if_match=version)
        assert late.status_code == 412
        assert late.json()["differences"][0]["saved"] == "Ny"
        mote = f"/moten/{self.things['held_mote'].pk}"
        stale = self.leader.post(f"{mote}/hold", {"attended": [], "minutes": "Annat"}, if_match="0")
        assert stale.status_code == 412

    def test_items_move_and_go_and_people_come_and_go(self) -> None:
        mote = self.things["mote"]
        own = self.leader.post("/dagordningspunkter", {"mote": mote.pk, "title": "Övrigt"})
        assert own.json()["position"] == 3
        moved = self.leader.post(f"/dagordningspunkter/{own.json()['id']}/move", {"up": True})
        assert moved.json()["position"] == 2
        gone = self.leader.send(
            "DELETE", f"/dagordningspunkter/{own.json()['id']}", {"reason": "x"}
        )
        assert gone.status_code == 204
        assert self.leader.get(f"/dagordningspunkter/{own.json()['id']}").status_code == 404
        body = {"mote": mote.pk, "person": self.people["sf"].pk}
        row = self.leader.post("/motesdeltagare", body)
        assert row.status_code == 201, row.content
        twice = self.leader.post("/motesdeltagare", body).json()
        assert twice["errors"] == {"": ["Personen är redan kallad till mötet."]}
        address = f"{V1}/motesdeltagare/{row.json()['id']}"
        assert Client().delete(address, headers=self.leader.headers).status_code == 204

    def test_what_is_hidden_is_on_nobodys_agenda_who_may_not_know(self) -> None:
        seen, hidden = self.things["punkt"].pk, self.things["hidden_punkt"].pk
        for caller, knows in ((self.leader, True), (self.outsider, False)):
            ids = [row["id"] for row in caller.get("/dagordningspunkter").json()["items"]]
            assert seen in ids
            assert (hidden in ids) is knows
            path = f"/dagordningspunkter/{hidden}"
            assert caller.get(path).status_code == (200 if knows else 404)
        secret = self.things["hidden_arende"].pk
        calls = Caller(self.world.elsewhere["fl"])
        refused = calls.post("/moten", self.planned(arenden=[secret]))
        assert refused.json()["errors"] == {"arenden": ["Det finns inget med det numret."]}

    def test_what_the_forms_do_not_offer_the_actions_refuse(self) -> None:
        mote, punkt = self.things["mote"], self.things["punkt"]
        left = make_user("sture.slutat")
        people.set_active(None, left, False, reason="Slutade")
        matter: dict[str, Any] = {"title": "Ny modul", "description": "Behövs"}
        other = arenden.refer(None, make_active("Annat"), **matter).pk
        closed = arenden.withdraw(None, arenden.refer(None, self.world.objekt, **matter)).pk
        item = {"mote": mote.pk, "title": "Ny modul"}
        held, stranger = (
            self.things["held_mote"],
            self.things["forward_mote"].motesdeltagare.first(),
        )
        far = self.planned(
            starts_at="9999-12-31T23:00:00+00:00", ends_at="9999-12-31T23:30:00+00:00"
        )
        naive = self.planned(starts_at="2026-05-12T09:00:00")
        for path, body, field, said in (
            ("/motesdeltagare", {"mote": mote.pk, "person": left.pk}, "person", "har slutat"),
            ("/moten", self.planned(people=[left.pk]), "people", "har slutat"),
            ("/moten", self.planned(arenden=[closed]), "arenden", "är återtaget"),
            ("/dagordningspunkter", {**item, "arende": closed}, "arende", "är återtaget"),
            ("/moten", self.planned(arenden=[other]), "arenden", "gäller ett annat objekt"),
            ("/moten", far, "starts_at", "mellan 2000 och 2100"),
            ("/moten", naive, "starts_at", "tidszon"),
            (f"/moten/{held.pk}/hold", {"attended": [stranger.pk]}, "attended", "kallade till"),
            (f"/moten/{stranger.mote_id}/hold", {"attended": []}, "", "framlagt"),
        ):
            refused = self.leader.post(path, body)
            assert refused.status_code == 422, path
            assert said in refused.json()["errors"][field][0], refused.json()
        early = self.leader.send(
            "PATCH", f"/dagordningspunkter/{punkt.pk}", {"notes": "Redan"},
            if_match=str(punkt.version),
        )  # fmt: skip
        assert "när mötet är hållet" in early.json()["errors"]["notes"][0]
