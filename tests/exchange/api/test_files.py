"""Files, reports, corrections and history by key: to those who may know of them."""

import hashlib
from base64 import b64encode
from typing import Any, ClassVar
from unittest.mock import patch

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext

from governance.actions import objekt as objekt_actions
from governance.views import planer
from tests import world as worlds
from tests.exchange.api.caller import V1, Caller
from tests.factories import today


class TestFiles(TestCase):
    """What hangs on agreements and reports."""

    world: ClassVar[worlds.World]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = worlds.build()

    def setUp(self) -> None:
        cache.clear()
        self.people: Any = self.world.people
        self.leader, self.outsider = Caller(self.people["fl"]), Caller(self.people["out"])
        self.things: dict[str, Any] = self.world.things

    def upload(self, caller: Caller, avtal: int, content: bytes, name: str = "bilaga.txt") -> Any:
        """Send a file as multipart/form-data."""
        sent = {"avtal": avtal, "file": SimpleUploadedFile(name, content), "reason": "Ny bilaga"}
        return Client().post(f"{V1}/avtalsfiler", sent, headers=caller.headers)

    def test_a_file_is_sent_with_its_checksum_to_who_may_know_of_it(self) -> None:
        fil, hidden = self.things["fil"], self.things["hidden_fil"]
        content = self.outsider.get(f"/avtalsfiler/{fil.pk}/innehall")
        assert content.content == b"Vi avtalar."
        digest = hashlib.sha256(b"Vi avtalar.")
        assert content["ETag"] == f'"{digest.hexdigest()}"'
        assert content["Repr-Digest"] == f"sha-256=:{b64encode(digest.digest()).decode()}:"
        assert content["Content-Disposition"].startswith("attachment")
        for caller, knows in ((self.leader, True), (self.outsider, False)):
            ids = [row["id"] for row in caller.get("/avtalsfiler").json()["items"]]
            assert fil.pk in ids
            assert (hidden.pk in ids) is knows
            for path in (f"/avtalsfiler/{hidden.pk}", f"/avtalsfiler/{hidden.pk}/innehall"):
                assert caller.get(path).status_code == (200 if knows else 404)
        assert Caller(None).get(f"/avtalsfiler/{fil.pk}/innehall").status_code == 401

    def test_a_plan_comes_as_a_pdf_and_a_meeting_for_the_calendar(self) -> None:
        plan, mote = self.things["plan"], self.things["mote"]
        paper = self.outsider.get(f"/planer/{plan.pk}/plan.pdf")
        assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
        calendar = self.outsider.get(f"/moten/{mote.pk}/mote.ics")
        assert calendar["Content-Type"].startswith("text/calendar")
        assert b"METHOD:REQUEST" in calendar.content
        for path in (f"/planer/{plan.pk}/plan.pdf", f"/moten/{mote.pk}/mote.ics"):
            assert Caller(None).get(path).status_code == 401
        assert self.outsider.get("/planer/999999999/plan.pdf").status_code == 404

    def test_what_a_reader_may_not_know_of_is_in_neither(self) -> None:
        path = f"/planer/{self.things['plan'].pk}/plan.pdf"

        def systems(said: dict[str, Any]) -> bytes:
            return " ".join(str(row.system) for row in said["activities"]).encode()

        secret = self.things["hidden"].name.encode()
        with patch.object(planer, "pdf", side_effect=systems):
            assert secret in self.leader.get(path).content
            assert secret not in self.outsider.get(path).content
        mote, punkt = self.things["mote"], self.things["hidden_punkt"]
        assert mote.dagordningspunkt.filter(title=punkt.title).count() == 2
        calendar = self.leader.get(f"/moten/{mote.pk}/mote.ics").content.decode()
        assert calendar.count(punkt.title) == 1

    def test_a_file_is_received_by_content_and_size_from_who_keeps_the_entry(self) -> None:
        avtal = self.things["signed"].pk
        assert self.upload(self.outsider, avtal, b"x").status_code == 403
        reading = Caller(self.people["fl"], may_write=False)
        assert self.upload(reading, avtal, b"x").status_code == 403
        hidden = self.upload(self.outsider, self.things["hidden_avtal"].pk, b"x")
        assert hidden.json()["errors"] == {"avtal": ["Det finns inget med det numret."]}
        made = self.upload(self.leader, avtal, "Bilaga å".encode())
        assert made.status_code == 201, made.content
        assert made["Location"] == f"{V1}/avtalsfiler/{made.json()['id']}"
        assert (made.json()["name"], made.json()["media_type"]) == ("bilaga.txt", "text/plain")
        assert made.json()["sha256"] == hashlib.sha256("Bilaga å".encode()).hexdigest()
        with self.settings(AVTAL_FILE_MAX_MB=0):
            large = self.upload(self.leader, avtal, b"mer")
        for refused, said in (
            (self.upload(self.leader, avtal, b"<script>"), "varken PDF"),
            (self.upload(self.leader, avtal, "Bilaga å".encode()), "Samma fil"),
            (large, "större än"),
        ):
            assert refused.status_code == 422
            assert said in refused.json()["errors"]["file"][0]
        assert list(self.leader.post("/avtalsfiler", {}).json()["errors"]) == ["avtal", "file"]
        path = f"/avtalsfiler/{made.json()['id']}"
        assert "tas bort" in self.leader.send("DELETE", path).json()["errors"]["reason"][0]
        assert self.outsider.send("DELETE", path, {"reason": "x"}).status_code == 403
        assert self.leader.send("DELETE", path, {"reason": "Dubblett"}).status_code == 204

    def test_terms_of_a_signed_agreement_are_corrected_by_who_signs(self) -> None:
        signed = self.things["signed"]
        path, body = f"/avtal/{signed.pk}/correct", {"notice_months": 6, "reason": "Skrivfel"}
        assert self.leader.post(path, body).status_code == 403
        owner = Caller(self.people["oa"])
        assert owner.post(path, {"notice_months": 6}).status_code == 422
        assert owner.post(path, body, if_match="0").status_code == 412
        assert owner.post(path, body).json()["notice_months"] == 6

    def test_costs_are_reported_and_read_by_receivers(self) -> None:
        body = {
            "objekt": self.world.objekt.pk, "sida": "it", "until": str(today()), "comment": "Bra",
        }  # fmt: skip
        assert self.outsider.post("/kostnadsrapporter", body).status_code == 403
        made = Caller(self.people["flit"]).post("/kostnadsrapporter", body)
        assert made.status_code == 201, made.content
        pk = made.json()["id"]
        assert self.outsider.get(f"/kostnadsrapporter/{pk}").status_code == 404
        rows = self.leader.get("/delgivningar", kostnadsrapport=pk).json()["items"]
        vikarie = self.things["substitution"].person_id
        reached = {self.people["oait"].pk, self.people["fl"].pk, vikarie}
        assert {row["person"] for row in rows} == reached
        assert self.outsider.get("/delgivningar", kostnadsrapport=pk).json()["items"] == []
        assert Caller(self.people["sf"]).post(f"/kostnadsrapporter/{pk}/read").status_code == 403
        assert self.leader.post(f"/kostnadsrapporter/{pk}/read").status_code == 200
        read = self.leader.get("/delgivningar", kostnadsrapport=pk, person=self.people["fl"].pk)
        assert read.json()["items"][0]["read_at"]

    def test_acknowledgements_are_told(self) -> None:
        document = self.things["styrdokument"]
        assert self.leader.post(f"/styrdokument/{document.pk}/acknowledge").status_code == 200
        rows = self.outsider.get("/kvittenser", styrdokument=document.pk).json()["items"]
        assert [row["person"] for row in rows] == [self.people["fl"].pk]

    def test_history_is_told_page_by_page_without_what_is_hidden(self) -> None:
        objekt = self.world.objekt
        for n in range(3):
            objekt_actions.change(None, objekt, description=f"Omgång {n}", reason=f"Anledning {n}")
        path, found = f"/objekt/{objekt.pk}/historik", []
        cursor: str | None = ""
        first = self.leader.get(path, limit=1).json()["items"][0]
        assert first["reason"] == "Anledning 2"
        assert "Omgång 2" in str(first["things"][0]["changes"])
        while cursor is not None:
            answer = self.leader.get(path, limit=20, cursor=cursor).json()
            found += answer["items"]
            cursor = answer["next"]
        at = [entry["at"] for entry in found]
        assert at == sorted(at, reverse=True)
        assert len({entry["gesture"] for entry in found}) == len(found)
        for caller, knows in ((self.leader, True), (self.outsider, False)):
            told = str(caller.get(path, limit=200).json())
            assert "Öppna systemet" in told
            assert ("Skyddade systemet" in told) is knows
        hidden = f"/system/{self.things['hidden'].pk}/historik"
        assert self.outsider.get(hidden).status_code == 404
        assert self.leader.get(path, cursor="fel").status_code == 422

    def test_as_many_queries_for_many_gestures_as_for_few(self) -> None:
        objekt = self.world.objekt

        def asked() -> int:
            with CaptureQueriesContext(connection) as context:
                self.leader.get(f"/objekt/{objekt.pk}/historik", limit=5 * factor)
            return len(context)

        factor = 1
        asked()
        for n in range(30):
            objekt_actions.change(None, objekt, description=f"Omgång {n}")
        few = asked()
        factor = 6
        assert asked() == few
