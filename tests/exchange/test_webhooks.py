"""Webhooks: signed, tried again, given up aloud, and silent about what is hidden."""

import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from exchange.webhooks import outbox, sending, subscribing
from exchange.webhooks.models import WAITS, Leveransforsok, Prenumeration
from governance.access import Forbidden
from governance.actions import system as systems
from governance.models import Gesture
from tests.factories import make_admin, make_objekt, make_system, make_user

pytestmark = pytest.mark.django_db


class Listener(HTTPServer):
    """A program that remembers what it was told, and answers as it is bid."""

    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.told: list[tuple[dict[str, str], bytes]] = []


class Answer(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:  # http.server's name
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


@pytest.fixture
def listener(settings: Any) -> Iterator[Listener]:
    settings.WEBHOOKS_TO_LOOPBACK = True
    server = Listener()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def subscribe(listener: Listener) -> bytes:
    address = f"http://127.0.0.1:{listener.server_port}/hit"
    return bytes.fromhex(subscribing.begin(make_admin(), name="Program", address=address)[1])


def test_what_happens_is_told_once_and_signed(listener: Listener) -> None:
    secret = subscribe(listener)
    objekt = make_objekt("Skolan")
    call_command("deliver_webhooks")
    call_command("deliver_webhooks")
    ((headers, body),) = listener.told
    told = json.loads(body)
    assert told["things"] == [f"/api/v1/objekt/{objekt.pk}"]
    assert told["kind"] == "create"
    at, _sep, signed = headers["RegIT-Signature"].removeprefix("t=").partition(",v1=")
    assert signed == hmac.new(secret, f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert Prenumeration.objects.get().secret != secret.hex()
    assert b"Skolan" not in body


def test_nothing_is_told_of_what_is_hidden(listener: Listener) -> None:
    objekt = make_objekt()
    system = make_system(objekt, skyddsvard=True)
    subscribe(listener)
    systems.change(None, system, purpose="Hemligt")
    call_command("deliver_webhooks")
    assert listener.told == []
    row = Leveransforsok.objects.get(gesture=Gesture.objects.latest("at"))
    assert (row.things, row.next_at) == ([], None)


def test_what_does_not_arrive_is_tried_again_and_then_given_up(listener: Listener) -> None:
    subscribe(listener)
    make_objekt()
    listener.status = 500
    outbox.fill()
    for tries in range(1, len(WAITS) + 1):
        assert outbox.deliver() == (0, 1, 0)
        row = _waiting()
        assert row.tries == tries
        assert row.next_at
        assert row.next_at > timezone.now() + WAITS[tries - 1] - timedelta(minutes=1)
        assert outbox.deliver() == (0, 0, 0), "not before its time"
        Leveransforsok.objects.filter(pk=row.pk).update(next_at=timezone.now())
    with pytest.raises(SystemExit):
        call_command("deliver_webhooks")
    assert Leveransforsok.objects.get(tries=len(WAITS) + 1).given_up
    listener.status = 200
    assert outbox.deliver() == (0, 0, 0)


def _waiting() -> Leveransforsok:
    return Leveransforsok.objects.get(next_at__isnull=False)


def test_what_was_ended_is_told_nothing(listener: Listener) -> None:
    subscribe(listener)
    make_objekt()
    outbox.fill()
    subscribing.end(make_admin("ada.admin"), Prenumeration.objects.get())
    make_objekt()
    call_command("deliver_webhooks")
    assert listener.told == []


@pytest.mark.parametrize(
    "address",
    [
        "http://192.0.80.1/",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://[::1]/",
        "https://[fe80::1]/",
        "https://169.254.169.254/",
        "https://a:b@192.0.80.1/",
        "ftp://192.0.80.1/",
        "https://192.0.80.1:99999/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[2002:a00:1::]/",
        "https://[::10.0.0.1]/",
        "https://[fec0::1]/",
        "https://[ff0e::1]/",
        "https://0.0.0.0/",
        "https://100.64.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
    ],
)
def test_nothing_is_sent_into_the_own_network(address: str) -> None:
    with pytest.raises(sending.NotOutside):
        sending.target(address)
    with pytest.raises(ValidationError):
        subscribing.begin(make_admin(), name="x", address=address)


@pytest.mark.parametrize("address", ["https://[2a00:1450::1]/", "https://192.0.80.1:8443/x"])
def test_the_open_internet_may_be_told(address: str) -> None:
    assert sending.target(address).secure


def test_letters_outside_ascii_in_an_address_stop_nobody(listener: Listener) -> None:
    address = f"http://127.0.0.1:{listener.server_port}/händelser?för=oss"
    subscribing.begin(make_admin(), name="Program", address=address)
    make_objekt()
    outbox.fill()
    assert outbox.deliver() == (1, 0, 0)


def test_where_an_address_leads_is_judged_again_at_each_delivery(
    listener: Listener, settings: Any
) -> None:
    subscribe(listener)
    make_objekt()
    outbox.fill()
    settings.WEBHOOKS_TO_LOOPBACK = False
    assert outbox.deliver() == (0, 1, 0)
    assert listener.told == []


def test_a_redirect_is_no_arrival_and_leads_nowhere(listener: Listener) -> None:
    subscribe(listener)
    make_objekt()
    outbox.fill()
    listener.status = 302
    assert outbox.deliver() == (0, 1, 0)
    assert len(listener.told) == 1


def test_whoever_answers_a_letter_at_a_time_is_hung_up_on(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEBHOOKS_TO_LOOPBACK = True
    monkeypatch.setattr(sending, "LONGEST", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as slow:
        thread = threading.Thread(target=_drip, args=[slow])
        thread.start()
        began = time.monotonic()
        with pytest.raises(OSError):  # noqa: PT011 - whatever the line says
            sending.post(f"http://127.0.0.1:{slow.getsockname()[1]}/", b"x", {})
        assert time.monotonic() - began < 5
        thread.join()


def _drip(server: socket.socket) -> None:
    line = server.accept()[0]
    with line, suppress(OSError):
        for _n in range(100):
            line.sendall(b"H")
            time.sleep(0.1)


def test_only_administratorer_let_programs_know() -> None:
    with pytest.raises(Forbidden):
        subscribing.begin(make_user(), name="x", address="https://192.0.80.1/")


def test_an_address_that_never_answers_is_asked_once_a_run_and_holds_up_nobody(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "SECONDS", 0.3)
    monkeypatch.setattr(outbox, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        silent = f"http://127.0.0.1:{mute.getsockname()[1]}/"
        subscribing.begin(make_admin("ada.admin"), name="Tyst", address=silent)
        subscribe(listener)
        for name in ("Skolan", "Vården", "Vägar"):
            make_objekt(name)
        outbox.fill()
        waiting = Leveransforsok.objects.filter(next_at__isnull=False)
        due = waiting.filter(prenumeration__name="Tyst").count()
        asked: list[str] = []
        post = sending.post

        def note(address: str, *args: Any) -> str:
            asked.append(address)
            return post(address, *args)

        monkeypatch.setattr(sending, "post", note)
        told = len(listener.told)
        arrived, again, given_up = outbox.deliver()

    assert asked.count(silent) == 1
    assert (arrived, again, given_up) == (len(listener.told) - told, due, 0)
    assert arrived >= 3
    left = Leveransforsok.objects.filter(prenumeration__name="Tyst", next_at__isnull=False)
    assert {(row.tries, row.answer) for row in left} == {(1, left[0].answer)}
    assert all(row.next_at and row.next_at > timezone.now() for row in left)

    listener.status = 500
    Leveransforsok.objects.filter(prenumeration__name="Tyst").update(next_at=timezone.now())
    make_objekt("Bibliotek")
    outbox.fill()
    asked.clear()
    outbox.deliver()
    assert asked[-1] == silent, "who has failed before is asked last"
