"""Logging in through the municipality's own service by SAML, against one that signs in the test."""

import base64
from pathlib import Path
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as configured
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from governance.access import ADMINISTRATORER, REVISORER
from regit.settings import sso
from roles import people
from roles.models import User
from tests.factories import make_admin, make_user
from tests.saml_idp import IdP

pytestmark = pytest.mark.django_db
START, BACK = "/sso/saml/sso/", "/sso/saml/sso/svar/"
MAIL = sso.EMAIL[0]
EVAS = {MAIL: ["Eva.Lund@example.se"], "email_verified": ["true"]}
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"


def browser() -> Client:
    return Client()


@pytest.fixture
def idp(settings: Any, tmp_path: Path) -> IdP:
    """Return the service, with RegIT set up for it from the environment."""
    service = IdP()
    described = tmp_path / "idp.xml"
    described.write_text(service.metadata)
    cache.clear()  # django-allauth keeps what it read
    for name, value in sso.from_environment({"SAML_METADATA": str(described)}).items():
        setattr(settings, name, value)
    return service


@pytest.fixture
def eva() -> User:
    """Return a person that an import registered: no password."""
    return people.create(None, username="eva.lund", email="eva.lund@example.se")


def question(idp: IdP, client: Client, page: str = "") -> dict[str, str]:
    """Begin to log in; return what RegIT asks the service."""
    start = client.post(START, {"next": page})
    assert start.status_code == 302, start.content
    assert start["Location"].startswith("https://login.example.se/sso?")
    return idp.question(start["Location"])


def hand_over(client: Client, answer: str) -> Any:
    """Post the service's answer, as the browser does, and follow to where it is judged."""
    posted = client.post(BACK, {"SAMLResponse": answer, "RelayState": ""})
    assert posted.status_code == 302, posted.content
    return client.get(posted["Location"])


def log_in(idp: IdP, client: Client, page: str = "", name: str = "e1", **said: Any) -> Any:
    """Log in all the way."""
    said.setdefault("attributes", EVAS)
    return hand_over(client, idp.answer(question(idp, client, page), name, **said))


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def is_refused(answer: Any, client: Client) -> bool:
    """Whether it ended with the page in Swedish, and nobody in."""
    assert answer.status_code == 403, answer.status_code
    assert "Du är inte inloggad" in answer.text
    assert not SocialAccount.objects.exists()
    return not is_in(client)


@pytest.mark.parametrize("sign", ["assertion", "response"])
def test_who_the_import_registered_is_let_in_by_e_mail_and_reaches_the_page(
    idp: IdP, eva: User, sign: str
) -> None:
    client = browser()
    answer = log_in(idp, client, "/ansvar/", sign=sign)
    assert (answer.status_code, answer["Location"]) == (302, "/ansvar/")
    assert client.session["_auth_user_id"] == str(eva.pk)
    assert client.get("/ansvar/").status_code == 200
    account = SocialAccount.objects.get()
    assert (account.user, account.uid, account.extra_data) == (eva, "e1", {})
    assert eva.history.count() == 1, "a login is no change of the register"


def test_who_has_been_here_is_known_by_the_services_id_whatever_the_address(
    idp: IdP, eva: User
) -> None:
    log_in(idp, browser())
    client = browser()
    log_in(idp, client, attributes={MAIL: ["eva.gift@example.se"]})
    assert is_in(client)


@pytest.mark.parametrize(
    "attributes",
    [
        {},
        {MAIL: ["eva.lund@example.se"]},
        {MAIL: ["eva.lund@example.se"], "email_verified": ["false"]},
        {MAIL: ["okand@example.se"], "email_verified": ["true"]},
        {"uid": ["eva.lund"]},
    ],
)
def test_who_the_service_does_not_vouch_for_is_refused_and_never_registered(
    idp: IdP, eva: User, attributes: dict[str, list[str]]
) -> None:
    before = User.objects.count()
    client = browser()
    answer = log_in(idp, client, attributes=attributes)
    assert is_refused(answer, client)
    assert "du finns inte i registret" in answer.text
    assert User.objects.count() == before


def test_the_same_rules_as_with_openid_connect_say_who_is_meant(
    idp: IdP, eva: User, settings: Any
) -> None:
    settings.SSO_MATCH = ["username"]
    client = browser()
    log_in(idp, client, attributes={"uid": ["EVA.LUND"]})
    assert is_in(client)
    settings.SSO_MATCH, settings.SSO_TRUST_EMAIL = ["email"], True
    client = browser()
    log_in(idp, client, name="e2", attributes={MAIL: [eva.email]})
    assert is_in(client)
    make_user("eva.annan", email=eva.email)
    assert log_in(idp, browser(), name="e3").status_code == 403


def test_who_has_left_is_refused_before_and_after_the_first_login(idp: IdP, eva: User) -> None:
    log_in(idp, browser())
    people.set_active(None, eva, False, reason="Slutat")
    client = browser()
    assert log_in(idp, client).status_code == 403
    assert not is_in(client)
    SocialAccount.objects.all().delete()
    assert log_in(idp, browser()).status_code == 403


def test_the_service_gives_and_takes_the_groups_it_decides_and_no_other(
    idp: IdP, eva: User, settings: Any
) -> None:
    make_admin()
    people.set_groups(None, eva, [ADMINISTRATORER])
    settings.SSO_GROUPS = {REVISORER: "regit-revision"}
    settings.SSO_GROUPS_CLAIM = "http://schemas.xmlsoap.org/claims/Group"

    def groups_after(named: list[str]) -> set[str]:
        attributes = {**EVAS, settings.SSO_GROUPS_CLAIM: named} if named else EVAS
        log_in(idp, browser(), attributes=attributes)
        return set(eva.groups.values_list("name", flat=True))

    assert groups_after(["annat", "regit-revision"]) == {ADMINISTRATORER, REVISORER}
    assert eva.history.latest().gesture.reason == "Grupper enligt inloggningstjänsten"
    assert groups_after([]) == {ADMINISTRATORER}


def test_the_second_factor_is_the_services_own_matter_and_the_session_gets_a_new_key(
    idp: IdP, settings: Any
) -> None:
    settings.SECOND_FACTOR = True
    adam = make_admin()
    client = browser()
    asked = question(idp, client)
    before = client.session.session_key
    attributes = {MAIL: [adam.email], "email_verified": ["true"]}
    hand_over(client, idp.answer(asked, "a1", attributes))
    assert client.get("/objekt/").status_code == 200
    assert client.session.session_key != before
    stolen = browser()
    stolen.cookies[configured.SESSION_COOKIE_NAME] = str(before)
    assert stolen.get("/objekt/").status_code == 302


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


def test_a_service_that_cannot_be_described_is_a_page_and_no_error(
    idp: IdP, settings: Any, tmp_path: Path
) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["saml"]["APPS"][0]
    app["settings"]["idp"]["metadata_url"] = (tmp_path / "gone.xml").as_uri()
    client = browser()
    assert is_refused(client.post(START), client)


def test_the_login_page_offers_it(idp: IdP) -> None:
    page = browser().get("/logga-in/?next=/ansvar/")
    assert "Logga in med kommunens konto" in page.text
    assert f'action="{START}"' in page.text


def test_regit_describes_itself_without_logging_out(idp: IdP) -> None:
    answer = browser().get("/sso/saml/sso/metadata/")
    assert answer.status_code == 200
    assert 'Location="http://testserver/sso/saml/sso/svar/"' in answer.text
    assert "SingleLogoutService" not in answer.text
    assert browser().get("/sso/saml/sso/ut/").status_code == 404


def test_without_a_service_there_is_nothing() -> None:
    assert browser().post(START).status_code == 404
    assert browser().post(BACK, {"SAMLResponse": "x"}).status_code == 404
    for path in ("klar", "metadata", "ut"):
        assert browser().get(f"{START}{path}/").status_code == 404, path


def test_the_services_origins_may_receive_the_login_form(idp: IdP, tmp_path: Path) -> None:
    file = {"SAML_METADATA": str(tmp_path / "idp.xml"), "SSO_ORIGINS": "https://mfa.example.se"}
    assert sso.from_environment(file)["SSO_ORIGINS"] == [
        "https://login.example.se",
        "https://mfa.example.se",
    ]
    address = {"SAML_METADATA": "https://adfs.example.se/FederationMetadata.xml"}
    assert sso.from_environment(address)["SSO_ORIGINS"] == ["https://adfs.example.se"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"SSO_SERVER_URL": "https://login.example.se"}, "not both"),
        ({"SAML_METADATA": "http://login.example.se/idp.xml"}, "must begin with https"),
        ({"SAML_METADATA": "/finns/inte.xml"}, "must name a file"),
        ({"SAML_ENTITY_ID": "https://another.example.se"}, "must name a file"),
    ],
)
def test_what_is_half_configured_is_refused(
    idp: IdP, tmp_path: Path, changed: dict[str, str], says: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=says):
        sso.from_environment({"SAML_METADATA": str(tmp_path / "idp.xml"), **changed})
