"""A code from the phone after the password: for whoever wants it, and for those who must."""

import re
import time
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from roles.models import CodeApp, User
from tests.factories import PASSWORD, make_admin, make_objekt, make_revisor, make_user
from tests.forms_urls import opened, shown

pytestmark = pytest.mark.django_db
OWN, APP, CHECK = "/tvafaktor/", "/tvafaktor/app/", "/logga-in/kod/"


@pytest.fixture(autouse=True)
def _in_use(settings: Any) -> None:
    settings.SECOND_FACTOR = True


@pytest.fixture
def adam() -> User:
    return make_admin()


def log_in(user: User, page: str = "/objekt/") -> Client:
    """Log in with the password alone, on the way to a page."""
    client = Client()
    client.post("/logga-in/", {"username": user.username, "password": PASSWORD, "next": page})
    return client


def code_of(user: User, step: int = 0) -> str:
    """Return what the person's app shows, now or some steps later."""
    device = CodeApp.objects.get(user=user)
    return f"{totp(device.bin_key, t0=-30 * step):06d}"


def set_up(user: User) -> list[str]:
    """Set up the person's app; return the recovery codes."""
    client = log_in(user)
    client.get(APP)
    page = client.post(APP, {"code": code_of(user)})
    # Next time is another day: the code just used is worth nothing any more.
    TOTPDevice.objects.update(last_t=int(time.time()) // 30 - 1)
    return re.findall(r"<code>(\w{4}-\w{4})</code>", page.text)


@pytest.mark.parametrize("make", [make_admin, make_revisor])
def test_who_sees_everything_sets_it_up_before_anything_else(make: Any) -> None:
    client = log_in(make())
    for path in ("/objekt/", "/admin/", "/losenord/", "/granskning/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"{OWN}?next={path}"), path
    page = client.get(f"{OWN}?next=/objekt/")
    assert f"{APP}?next=/objekt/" in page.text
    assert 'src="data:image/svg+xml' in client.get(f"{APP}?next=/objekt/").text
    assert client.post("/logga-ut/").status_code == 200


def test_a_key_that_somebody_saw_in_another_session_is_not_the_one_set_up(adam: User) -> None:
    thief, own = log_in(adam), log_in(adam)
    thief.get(APP)
    seen = CodeApp.objects.get().bin_key
    own.get(APP)
    assert CodeApp.objects.get().bin_key != seen
    assert own.get(APP).text.count("data:image/svg+xml") == 1
    assert own.post(APP, {"code": code_of(adam)}).status_code == 200
    assert CodeApp.objects.get(confirmed=True).bin_key != seen


def test_the_first_right_code_sets_it_up_and_shows_recovery_codes_once(adam: User) -> None:
    client = log_in(adam)
    client.get(APP)
    wrong = client.post(APP, {"code": "000000"})
    assert wrong.status_code == 422
    assert "Koden stämmer inte" in wrong.text
    assert client.get("/objekt/").status_code == 302
    TOTPDevice.objects.update(throttling_failure_count=0)
    page = client.post(APP, {"code": code_of(adam), "next": "/objekt/"})
    codes = re.findall(r"<code>(\w{4}-\w{4})</code>", page.text)
    assert len(set(codes)) == 10
    assert 'href="/objekt/"' in page.text
    assert client.get("/objekt/").status_code == 200
    again = client.get(OWN).text
    assert "Du har 10 reservkoder kvar." in again
    assert not any(code in again for code in codes)
    stored = "".join(StaticToken.objects.values_list("token", flat=True))
    assert not any(code.replace("-", "") in stored for code in codes)
    assert [row.gesture.reason for row in adam.history.filter(history_user=adam)] == [
        "Skapade nya reservkoder",
        "Ställde in tvåfaktorsinloggning: appen",
    ]


def test_the_code_is_asked_for_after_the_password_and_leads_on(adam: User) -> None:
    set_up(adam)
    client = log_in(adam)
    ask = client.get("/objekt/")["Location"]
    assert ask == f"{CHECK}?next=/objekt/"
    assert 'value="/objekt/"' in client.get(ask).text
    for path in (OWN, "/admin/", "/losenord/"):
        assert client.get(path)["Location"].startswith(CHECK), path
    key = client.session.session_key
    answer = client.post(CHECK, {"code": code_of(adam), "next": "/objekt/"})
    assert (answer.status_code, answer["Location"]) == (302, "/objekt/")
    assert client.session.session_key != key
    assert client.get("/objekt/").status_code == 200


def test_a_code_works_once(adam: User) -> None:
    set_up(adam)
    code = code_of(adam)
    assert log_in(adam).post(CHECK, {"code": code}).status_code == 302
    assert log_in(adam).post(CHECK, {"code": code}).status_code == 422


def test_guessing_grows_slower_and_the_right_code_waits_too(adam: User) -> None:
    set_up(adam)
    client = log_in(adam)
    for _ in range(5):
        TOTPDevice.objects.update(throttling_failure_timestamp=None)
        client.post(CHECK, {"code": "000000"})
    answer = client.post(CHECK, {"code": code_of(adam)})
    assert re.search(r"Vänta 1[56] sekunder", answer.text)
    assert client.get("/objekt/").status_code == 302
    device = TOTPDevice.objects.get()
    assert device.throttling_failure_timestamp
    assert device.throttling_failure_timestamp <= timezone.now()


def test_a_recovery_code_lets_in_once(adam: User) -> None:
    first, second, *_rest = set_up(adam)
    assert log_in(adam).post(CHECK, {"code": first.upper()}).status_code == 302
    assert log_in(adam).post(CHECK, {"code": first}).status_code == 422
    StaticDevice.objects.update(throttling_failure_count=0)
    assert log_in(adam).post(CHECK, {"code": second.replace("-", " ")}).status_code == 302
    assert StaticToken.objects.count() == 8


def test_codes_of_somebody_else_are_worth_nothing(adam: User) -> None:
    rut = make_revisor()
    codes = set_up(rut)
    set_up(adam)
    client = log_in(adam)
    assert client.post(CHECK, {"code": code_of(rut)}).status_code == 422
    assert client.post(CHECK, {"code": codes[0]}).status_code == 422


def test_others_may_set_it_up_and_take_it_away_again() -> None:
    eva = make_user("eva.lund")
    client = log_in(eva)
    assert client.get("/objekt/").status_code == 200
    set_up(eva)
    client = log_in(eva)
    assert client.get("/objekt/").status_code == 302
    client.post(CHECK, {"code": code_of(eva)})
    gone = client.post(f"{APP}ta-bort/", follow=True)
    assert "Appen är borttagen. Nu räcker lösenordet." in gone.text
    assert not TOTPDevice.objects.filter(user=eva).exists()
    assert log_in(eva).get("/objekt/").status_code == 200
    row = eva.history.latest()
    assert (row.history_user, row.gesture.reason) == (
        eva,
        "Tog bort tvåfaktorsinloggning: appen",
    )


def test_who_must_have_it_cannot_take_it_away(adam: User) -> None:
    set_up(adam)
    client = log_in(adam)
    client.post(CHECK, {"code": code_of(adam)})
    kept = client.post(f"{APP}ta-bort/", follow=True)
    assert "Du måste ha minst en." in kept.text
    assert TOTPDevice.objects.filter(user=adam).exists()


def test_new_recovery_codes_replace_the_old(adam: User) -> None:
    old = set_up(adam)
    client = log_in(adam)
    client.post(CHECK, {"code": code_of(adam)})
    page = client.post(f"{OWN}reservkoder/")
    assert "visas bara nu" in page.text
    assert StaticToken.objects.count() == 10
    assert log_in(adam).post(CHECK, {"code": old[0]}).status_code == 422


def test_without_a_factor_there_are_no_recovery_codes_to_be_had() -> None:
    client = log_in(make_user("eva.lund"))
    assert client.post(f"{OWN}reservkoder/")["Location"] == OWN
    assert not StaticToken.objects.exists()


def test_a_new_phone_takes_the_old_ones_place_when_its_first_code_is_right(adam: User) -> None:
    set_up(adam)
    client = log_in(adam)
    client.post(CHECK, {"code": code_of(adam)})
    old = CodeApp.objects.get()
    assert "ersätter den du har" in client.get(APP).text
    new = CodeApp.objects.get(confirmed=False)
    assert client.post(APP, {"code": "000000"}).status_code == 422
    assert CodeApp.objects.get(confirmed=True) == old
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert client.post(APP, {"code": f"{totp(new.bin_key):06d}"})["Location"] == OWN
    assert CodeApp.objects.get() == new
    assert StaticToken.objects.count() == 10


def test_who_becomes_an_administrator_sets_it_up_in_the_middle_of_the_session(adam: User) -> None:
    eva = make_user("eva.lund")
    client = log_in(eva)
    assert client.get("/objekt/").status_code == 200
    eva.groups.through.objects.create(user=eva, group=adam.groups.get())
    assert client.get("/objekt/")["Location"] == f"{OWN}?next=/objekt/"


def test_a_session_from_before_it_was_set_up_elsewhere_is_asked_for_the_code(adam: User) -> None:
    other, third = log_in(adam), log_in(adam)
    for client in (other, third):
        assert client.get("/objekt/").status_code == 302
    set_up(adam)
    assert third.get(APP)["Location"] == f"{CHECK}?next={APP}"
    assert third.get("/tvafaktor/nyckel/")["Location"].startswith(CHECK)
    assert other.get(OWN)["Location"] == CHECK
    assert other.get("/objekt/")["Location"].startswith(CHECK)


def test_htmx_goes_to_the_code_as_a_whole(adam: User) -> None:
    set_up(adam)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/system/?q=alva"}
    answer = log_in(adam).get("/system/sok/?q=a", headers=headers)
    assert answer["HX-Redirect"] == f"{CHECK}?next=/system/%3Fq%3Dalva"


def test_the_code_never_leads_to_another_site(adam: User) -> None:
    set_up(adam)
    answer = log_in(adam).post(CHECK, {"code": code_of(adam), "next": "https://evil.example/"})
    assert answer["Location"] == "/"


@pytest.mark.urls("tests.forms_urls")
def test_what_was_typed_before_the_login_ran_out_is_there_after_the_code(adam: User) -> None:
    set_up(adam)
    client = log_in(adam)
    client.post(CHECK, {"code": code_of(adam)})
    path = f"/prov/{make_objekt().pk}/"
    fields = opened(client, path) | {"description": "En timmes arbete"}
    client.session.flush()
    login = client.post(path, fields)["Location"]
    client.post(login, {"username": adam.username, "password": PASSWORD})
    ask = client.get(path)["Location"]
    assert ask == f"{CHECK}?next={path}"
    client.post(CHECK, {"code": code_of(adam, 1)})
    assert shown(client.get(path))["description"] == "En timmes arbete"


def test_a_command_takes_it_away_when_the_phone_is_lost(adam: User, capsys: Any) -> None:
    set_up(adam)
    call_command("reset_second_factor", adam.username, reason="Tappad telefon")
    assert "kan ställa in en ny" in capsys.readouterr().out
    assert adam.history.latest().gesture.reason == "Tappad telefon"
    assert log_in(adam).get("/objekt/")["Location"].startswith(OWN)
    with pytest.raises(SystemExit) as stopped:
        call_command("reset_second_factor", "finns.inte")
    assert stopped.value.code == 2


def test_an_administrator_takes_it_away_on_the_persons_page(adam: User) -> None:
    eva = make_user("eva.lund")
    set_up(eva)
    set_up(adam)
    client = log_in(adam)
    client.post(CHECK, {"code": code_of(adam)})
    url = reverse("roles:person_second_factor", args=[eva.pk])
    assert url in client.get(eva.get_absolute_url()).text
    assert client.post(url, opened(client, url) | {"reason": ""}).status_code == 422
    assert client.post(url, opened(client, url) | {"reason": "Ny telefon"}).status_code == 302
    assert not TOTPDevice.objects.filter(user=eva).exists()
    row = eva.history.latest()
    assert (row.history_user, row.gesture.reason) == (adam, "Ny telefon")


def test_the_secrets_are_on_no_page_of_the_administration(adam: User) -> None:
    set_up(adam)
    client = log_in(adam)
    client.post(CHECK, {"code": code_of(adam)})
    assert client.get("/admin/").status_code == 200
    for name in ("otp_totp/totpdevice", "otp_static/staticdevice"):
        assert client.get(f"/admin/{name}/").status_code == 404


def test_where_it_is_not_in_use_nothing_is_asked_and_there_is_no_page(
    adam: User, settings: Any
) -> None:
    settings.SECOND_FACTOR = False
    client = log_in(adam)
    page = client.get("/objekt/")
    assert page.status_code == 200
    assert OWN not in page.text
    assert client.get(OWN).status_code == 404
