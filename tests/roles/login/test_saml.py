"""Logging in through the municipality's own service by SAML, against one that signs in the test."""

from pathlib import Path
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as configured
from django.core.exceptions import ImproperlyConfigured

from governance.access import ADMINISTRATORER, REVISORER
from regit.settings import sso
from roles import people
from roles.models import User
from tests.factories import make_admin, make_user
from tests.roles.login.saml import (
    BACK,
    EVAS,
    MAIL,
    START,
    browser,
    hand_over,
    is_in,
    is_refused,
    log_in,
    question,
)
from tests.saml_idp import IdP

pytestmark = pytest.mark.django_db


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
    SocialAccount.objects.all().delete()  # once known by an id, nobody is matched anew
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
