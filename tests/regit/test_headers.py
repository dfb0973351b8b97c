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
