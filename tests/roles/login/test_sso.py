"""Logging in through the municipality's own service, against one that runs in a thread."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client

from governance.access import ADMINISTRATORER, REVISORER
from regit.settings import sso
from roles import people
from roles.models import User
from tests.factories import make_admin, make_user

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # the service, not RegIT
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
ENVIRONMENT = {
    "SSO_SERVER_URL": "https://login.example.se/realms/kommunen",
    "SSO_CLIENT_ID": "regit",
    "SSO_CLIENT_SECRET": "hemlig",
}


class Service:
    """The municipality's login service."""

    def __init__(self, url: str) -> None:
        self.url = url

    def registers(self, sub: str, **claims: Any) -> None:
        """Let somebody have an account in the service."""
        answer = requests.put(f"{self.url}/users/{sub}", json=claims, timeout=5)
        answer.raise_for_status()

    def logs_in(self, sub: str, client: Client | None = None, page: str = "") -> Any:
        """Log in there, on the way to a page; return RegIT's answer."""
        client = client or Client()
        start = client.post("/sso/sso/", {"next": page})
        assert start.status_code == 302, start.content
        assert start["Location"].startswith(self.url)
        back = requests.post(
            start["Location"], data={"sub": sub}, allow_redirects=False, timeout=5
        ).headers["Location"]
        parts = urlsplit(back)
        return client.get(f"{parts.path}?{parts.query}")


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oidc_provider_mock import run_server_in_thread

    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def service(running: str, settings: Any) -> Service:
    for name, value in sso.from_environment({**ENVIRONMENT, "SSO_SERVER_URL": running}).items():
        setattr(settings, name, value)
    return Service(running)


def is_in(answer: HttpResponse, client: Client) -> bool:
    return answer.status_code == 302 and "_auth_user_id" in client.session


@pytest.fixture
def eva() -> User:
    """Return a person that an import registered: no password."""
    return people.create(
        None, username="eva.lund", first_name="Eva", last_name="Lund", email="eva.lund@example.se"
    )


def test_who_the_import_registered_is_let_in_by_e_mail_and_reaches_the_page(
    service: Service, eva: User
) -> None:
    service.registers("e1", email="Eva.Lund@example.se", email_verified=True, name="Hemlig Titel")
    client = Client()
    answer = service.logs_in("e1", client, "/ansvar/")
    assert answer["Location"] == "/ansvar/"
    assert client.session["_auth_user_id"] == str(eva.pk)
    assert client.get("/ansvar/").status_code == 200
    account = SocialAccount.objects.get()
    assert (account.user, account.uid, account.extra_data) == (eva, "e1", {})
    assert eva.history.count() == 1, "a login is no change of the register"


def test_who_has_been_here_is_known_by_the_services_id_whatever_the_address(
    service: Service, eva: User
) -> None:
    service.registers("e2", email=eva.email, email_verified=True)
    service.logs_in("e2")
    service.registers("e2", email="eva.gift@example.se", email_verified=True)
    client = Client()
    assert is_in(service.logs_in("e2", client), client)
    assert SocialAccount.objects.get().extra_data == {}


def test_whoever_is_given_an_address_that_somebody_had_is_not_taken_for_them(
    service: Service, eva: User
) -> None:
    service.registers("e2", email=eva.email, email_verified=True)
    service.logs_in("e2")
    service.registers("e3", email=eva.email, email_verified=True)
    client = Client()
    assert service.logs_in("e3", client).status_code == 403
    assert "_auth_user_id" not in client.session
    assert SocialAccount.objects.get().uid == "e2"


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "okand@example.se", "email_verified": True},
        {"email": "eva.lund@example.se", "email_verified": False},
        {"email": "eva.lund@example.se"},
        {"preferred_username": "eva.lund"},
        {},
    ],
)
def test_who_the_service_does_not_vouch_for_is_refused_and_never_registered(
    service: Service, eva: User, claims: dict[str, Any]
) -> None:
    before = User.objects.count()
    service.registers("x1", **claims)
    client = Client()
    answer = service.logs_in("x1", client)
    assert answer.status_code == 403
    assert "du finns inte i registret" in answer.text
    assert "_auth_user_id" not in client.session
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_two_people_with_one_address_are_both_refused(service: Service, eva: User) -> None:
    make_user("eva.annan", email=eva.email)
    service.registers("e3", email=eva.email, email_verified=True)
    assert service.logs_in("e3").status_code == 403


def test_who_has_left_is_refused_before_and_after_the_first_login(
    service: Service, eva: User
) -> None:
    service.registers("e4", email=eva.email, email_verified=True)
    service.logs_in("e4")
    people.set_active(None, eva, False, reason="Slutat")
    client = Client()
    assert service.logs_in("e4", client).status_code == 403
    assert "_auth_user_id" not in client.session
    SocialAccount.objects.all().delete()
    assert service.logs_in("e4").status_code == 403


def test_the_user_name_counts_where_the_operator_says_so(
    service: Service, eva: User, settings: Any
) -> None:
    settings.SSO_MATCH = ["username"]
    service.registers("e5", preferred_username="EVA.LUND")
    client = Client()
    assert is_in(service.logs_in("e5", client), client)


def test_a_service_that_never_says_whether_an_address_is_verified_can_be_trusted(
    service: Service, eva: User, settings: Any
) -> None:
    settings.SSO_TRUST_EMAIL = True
    service.registers("e6", email=eva.email)
    client = Client()
    assert is_in(service.logs_in("e6", client), client)


def test_the_service_gives_and_takes_the_groups_it_decides_and_no_other(
    service: Service, eva: User, settings: Any
) -> None:
    make_admin()
    people.set_groups(None, eva, [ADMINISTRATORER])
    settings.SSO_GROUPS = {REVISORER: "regit-revision"}

    def groups_after(named: list[str]) -> set[str]:
        service.registers("e7", email=eva.email, email_verified=True, groups=named)
        service.logs_in("e7")
        return set(eva.groups.values_list("name", flat=True))

    assert groups_after(["annat", "regit-revision"]) == {ADMINISTRATORER, REVISORER}
    assert eva.history.latest().gesture.reason == "Grupper enligt inloggningstjänsten"
    rows = eva.history.count()
    assert groups_after(["regit-revision"]) == {ADMINISTRATORER, REVISORER}
    assert eva.history.count() == rows
    assert groups_after([]) == {ADMINISTRATORER}


def test_groups_are_left_alone_unless_configured(service: Service, eva: User) -> None:
    service.registers("e8", email=eva.email, email_verified=True, groups=[ADMINISTRATORER])
    service.logs_in("e8")
    assert not eva.groups.exists()


def test_the_second_factor_is_the_services_own_matter(service: Service, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    adam = make_admin()
    service.registers("a1", email=adam.email, email_verified=True)
    client = Client()
    service.logs_in("a1", client)
    assert client.get("/objekt/").status_code == 200


@pytest.mark.parametrize("query", ["", "?code=x&state=y", "?error=access_denied"])
def test_an_answer_that_nobody_asked_for_logs_nobody_in(service: Service, query: str) -> None:
    client = Client()
    answer = client.get(f"/sso/sso/svar/{query}")
    assert answer.status_code == 403
    assert "Försök igen" in answer.text
    assert "_auth_user_id" not in client.session


def test_it_never_leads_to_another_site(service: Service, eva: User) -> None:
    service.registers("e9", email=eva.email, email_verified=True)
    assert service.logs_in("e9", page="https://evil.example/")["Location"] == "/"


def test_the_login_page_offers_it_and_a_link_cannot_begin_it(service: Service) -> None:
    page = Client().get("/logga-in/?next=/ansvar/")
    assert "Logga in med kommunens konto" in page.text
    assert 'action="/sso/sso/"' in page.text
    assert Client().get("/sso/sso/").status_code == 405


def test_without_a_service_there_is_nothing() -> None:
    assert sso.from_environment({}) == {}
    assert "/sso/" not in Client().get("/logga-in/").text
    assert Client().post("/sso/sso/").status_code == 404


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"SSO_CLIENT_ID": ""}, "Set SSO_CLIENT_ID too"),
        ({"SSO_CLIENT_SECRET": ""}, "Set SSO_CLIENT_SECRET too"),
        ({"SSO_SERVER_URL": "http://login.example.se"}, "must begin with https"),
        ({"SSO_GROUPS": "Chefer=chefer"}, "SSO_GROUPS is written"),
        ({"SSO_GROUPS": "Revisorer"}, "SSO_GROUPS is written"),
    ],
)
def test_what_is_half_configured_is_refused(changed: dict[str, str], says: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=says):
        sso.from_environment({**ENVIRONMENT, **changed})


def test_the_services_origins_may_receive_the_login_form() -> None:
    environment = {**ENVIRONMENT, "SSO_ORIGINS": "https://adfs.example.se"}
    found = sso.from_environment(environment)["SSO_ORIGINS"]
    assert found == ["https://login.example.se", "https://adfs.example.se"]
