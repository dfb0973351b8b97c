"""What the SAML service did not say to this browser, now, in one piece, lets nobody in."""

import base64
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount

from roles.models import User
from tests.factories import make_admin
from tests.roles.login.saml import (
    BACK,
    EVAS,
    MAIL,
    START,
    TRANSIENT,
    browser,
    hand_over,
    is_in,
    is_refused,
    log_in,
    question,
)
from tests.saml_idp import IdP

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "said",
    [
        {"sign": ""},
        {"sign": "assertion", "key": "somebody else"},
        {"sign": "response", "key": "somebody else"},
        {"audience": "https://another.example.se/"},
        {"to": "https://another.example.se/svar/"},
        {"issuer": "https://another.example.se/idp"},
        {"lasts": -301},
        {"asked": "_another_question"},
        {"asked": ""},
        {"name_format": TRANSIENT},
    ],
)
def test_what_is_unsigned_expired_or_meant_for_another_is_refused_in_swedish(
    idp: IdP, eva: User, said: dict[str, Any]
) -> None:
    client = browser()
    answer = log_in(idp, client, **said)
    assert is_refused(answer, client)
    assert "Försök igen" in answer.text


@pytest.mark.parametrize("sign", ["assertion", "response"])
@pytest.mark.parametrize(
    ("true", "false"),
    [("Eva.Lund@example.se", "adam.admin@example.se"), (">e1<", ">a1<"), ("true", "True")],
)
def test_what_was_changed_after_it_was_signed_is_refused(
    idp: IdP, eva: User, sign: str, true: str, false: str
) -> None:
    make_admin()
    client = browser()
    signed = idp.answer(question(idp, client), "e1", EVAS, sign=sign)
    said = base64.b64decode(signed).decode()
    assert true in said
    changed = packed(said.replace(true, false))
    assert is_refused(hand_over(client, changed), client)


def test_an_answer_counts_once_and_for_the_browser_that_asked(idp: IdP, eva: User) -> None:
    client = browser()
    answer = idp.answer(question(idp, client), "e1", EVAS)
    thief = browser()
    assert is_refused(hand_over(thief, answer), thief)
    asking = browser()
    question(idp, asking)
    assert is_refused(hand_over(asking, answer), asking)
    assert hand_over(client, answer).status_code == 302
    assert is_in(client)
    client.post("/logga-ut/")
    SocialAccount.objects.all().delete()
    assert is_refused(hand_over(client, answer), client)
    assert is_refused(hand_over(thief, answer), thief)


def test_a_signed_assertion_inside_an_answer_of_the_thiefs_own_is_refused(
    idp: IdP, eva: User
) -> None:
    victims = idp.answer(question(idp, browser()), "e1", EVAS)
    thief = browser()
    asked = question(idp, thief)
    said = base64.b64decode(victims).decode()
    head, assertion = said.split("<saml:Assertion", 1)
    number = head.split('InResponseTo="')[1].split('"')[0]
    wrapped = head.replace(number, asked["id"]) + "<saml:Assertion" + assertion
    assert is_refused(hand_over(thief, packed(wrapped)), thief)


def test_an_assertion_beside_the_signed_one_is_refused(idp: IdP, eva: User) -> None:
    make_admin()
    client = browser()
    asked = question(idp, client)
    said = base64.b64decode(idp.answer(asked, "e1", EVAS)).decode()
    forged = base64.b64decode(
        idp.answer(asked, "a1", {**EVAS, MAIL: ["adam.admin@example.se"]}, sign="")
    ).decode()
    extra = "<saml:Assertion" + forged.split("<saml:Assertion", 1)[1].split("</samlp:Resp")[0]
    for both in (
        said.replace("</samlp:Response>", extra + "</samlp:Response>"),
        said.replace("</samlp:Status>", "</samlp:Status>" + extra),
    ):
        assert is_refused(hand_over(client, packed(both)), client)


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'


def packed(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "junk",
    ["", "%%%", "PGE+", "å", "\x00", packed("<a>"), packed(BOMB), packed("<a>" * 5_000)],
)
def test_junk_is_refused_in_swedish(idp: IdP, junk: str) -> None:
    client = browser()
    assert is_refused(hand_over(client, junk), client)


def test_an_answer_that_is_too_large_is_not_even_kept(idp: IdP) -> None:
    client = browser()
    answer = client.post(BACK, {"SAMLResponse": "A" * 300_000})
    assert is_refused(answer, client)


def test_an_answer_that_nobody_asked_for_logs_nobody_in(idp: IdP, eva: User) -> None:
    client = browser()
    assert is_refused(client.get("/sso/saml/sso/klar/"), client)
    assert client.get(BACK).status_code == 405


def test_it_never_leads_to_another_site_nor_does_anything_but_log_in(idp: IdP, eva: User) -> None:
    assert log_in(idp, browser(), "https://evil.example/")["Location"] == "/"
    assert browser().post(START, {"process": "connect"}).status_code == 400
    assert browser().get(START).status_code == 405
