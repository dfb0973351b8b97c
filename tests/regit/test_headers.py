"""What every page says to the browser about what it may do."""

import pytest
from django.test import Client

from tests.factories import make_admin


def test_a_page_loads_nothing_from_elsewhere_and_is_framed_by_nobody(client: Client) -> None:
    headers = client.get("/utseende/").headers

    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "host"),
    [
        ("name=" + "x" * 3_000_000, "testserver"),
        ("&x=1" * 10_001, "testserver"),
        ("", "evil.example"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(client: Client, sent: str, host: str) -> None:
    client.force_login(make_admin())
    kind = "application/x-www-form-urlencoded"
    answer = client.post("/namnder/ny/", sent, content_type=kind, headers={"host": host})
    assert answer.status_code == 400
    assert "Det gick inte att ta emot" in answer.text


@pytest.mark.django_db
def test_handing_over_a_thousand_assignments_is_not_too_many_fields(client: Client) -> None:
    client.force_login(make_admin())
    rows = "".join(f"&med-r{n}=on&till-r{n}=" for n in range(1_000))
    kind = "application/x-www-form-urlencoded"
    assert client.post("/namnder/ny/", rows, content_type=kind).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/objekt/?q=" + "x" * 20_000, "/objekt/1/den/" + "x" * 20_000 + "/"]
)
def test_a_very_long_address_still_leads_to_login(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"] in ("/logga-in/?next=/objekt/", "/logga-in/?next=/")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/namnder/ny/", "/logga-in/", "/utseende/"])
@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "utf-16", "idna", "zip"])
def test_text_in_an_encoding_of_the_senders_own_choice_is_refused(
    client: Client, path: str, charset: str
) -> None:
    if path != "/logga-in/":
        client.force_login(make_admin())
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\na\\ud800+2AA-b\r\n'
        for name in ("name", "username", "password", "next", "kind")
    )
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    sent = f"{parts}--x--\r\n".encode()
    answer = client.generic("POST", path, sent, content_type=kind)
    assert answer.status_code == 400
    assert "Det gick inte att ta emot" in answer.content.decode()
