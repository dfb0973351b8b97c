"""Production settings: nothing starts half configured, and what starts is safe."""

import runpy
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

COMPLETE = {
    "SECRET_KEY": "a-key-of-the-tests-that-is-long-enough-to-be-taken-as-one",
    "ALLOWED_HOSTS": "regit.example.se, regit.example.org",
    "DATABASE_URL": "postgresql://regit:secret@db.example.se:5433/register",
}


@pytest.fixture(autouse=True)
def _complete_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)


def production() -> dict[str, Any]:
    return runpy.run_module("regit.settings.production")


@pytest.mark.parametrize("name", COMPLETE)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_production_refuses_to_start_without_what_it_needs(
    name: str, value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if value is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match=f"Set {name} to start RegIT"):
        production()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is too short"),
        ("SECRET_KEY", "ab" * 30, "SECRET_KEY is too easily guessed"),
        ("SECOND_FACTOR_KEY", "short", "SECOND_FACTOR_KEY is too short"),
        ("SECOND_FACTOR_KEY", "n" * 50, "SECOND_FACTOR_KEY is too easily guessed"),
        ("ALLOWED_HOSTS", "regit.example.se,*", "ALLOWED_HOSTS must name the hosts"),
        ("ALLOWED_HOSTS", "*.example.se", "ALLOWED_HOSTS must name the hosts"),
        ("ALLOWED_HOSTS", "https://regit.example.se", "ALLOWED_HOSTS is host names alone"),
        ("ALLOWED_HOSTS", ".", "ALLOWED_HOSTS is host names alone"),
        ("DATABASE_URL", "sqlite:///regit.db", "DATABASE_URL must name a PostgreSQL database"),
        ("DATABASE_URL", "regit", "DATABASE_URL must name a PostgreSQL database"),
        ("CSRF_TRUSTED_ORIGINS", "http://regit.example.se", "CSRF_TRUSTED_ORIGINS must begin"),
        ("BEHIND_PROXY", "1", "Set PROXY_COUNT beside BEHIND_PROXY"),
        ("SITE_URL", "http://regit.example.se", "SITE_URL must begin with https://"),
        ("METRICS_TOKEN", "short", "METRICS_TOKEN is too short"),
        ("METRICS_ADDRESS", "unix:/run/regit/metrics.sock", "METRICS_ADDRESS must be written"),
        ("METRICS_ADDRESS", "9101", "METRICS_ADDRESS must be written"),
    ],
)
def test_production_refuses_what_is_unsafe(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match=sentence):
        production()


def test_production_takes_its_hosts_and_database_from_the_environment() -> None:
    settings = production()

    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["regit.example.se", "regit.example.org"]
    database = settings["DATABASES"]["default"]
    assert (database["HOST"], database["PORT"], database["NAME"]) == (
        "db.example.se",
        5433,
        "register",
    )
    assert database["OPTIONS"]["pool"]["max_size"] > 0


def test_the_proxy_is_believed_only_when_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SECURE_PROXY_SSL_HEADER" not in production()

    monkeypatch.setenv("BEHIND_PROXY", "1")
    monkeypatch.setenv("PROXY_COUNT", "1")
    assert production()["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_the_second_factor_and_the_idle_time_are_on_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = production()
    assert settings["SECOND_FACTOR"] is True
    assert settings["SESSION_IDLE"].total_seconds() == 60 * 60

    monkeypatch.setenv("SECOND_FACTOR", "0")
    monkeypatch.setenv("SESSION_IDLE_MINUTES", "15")
    settings = production()
    assert settings["SECOND_FACTOR"] is False
    assert settings["SESSION_IDLE"].total_seconds() == 15 * 60


@pytest.mark.parametrize("value", ["soon", "-1", "0"])
def test_a_limit_that_is_no_number_or_lets_nobody_in_is_refused(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGIN_FAILURES", value)

    with pytest.raises(ImproperlyConfigured, match="LOGIN_FAILURES must be a whole number"):
        production()


def test_single_sign_on_is_off_until_a_service_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = production()
    assert settings["SSO_NAME"] == ""
    assert settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"] == ["'self'"]

    monkeypatch.setenv("SSO_SERVER_URL", "https://login.example.se/realms/kommunen")
    with pytest.raises(ImproperlyConfigured, match="Set SSO_CLIENT_ID too"):
        production()
    monkeypatch.setenv("SSO_CLIENT_ID", "regit")
    monkeypatch.setenv("SSO_CLIENT_SECRET", "hemlig")
    settings = production()
    assert settings["SSO_NAME"] == "kommunens konto"
    policy = settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert policy["form-action"] == ["'self'", "https://login.example.se"]
    monkeypatch.delenv("SSO_SERVER_URL")
    monkeypatch.setenv("SAML_METADATA", "https://adfs.example.se/metadata.xml")
    settings = production()
    assert settings["SSO_LOGIN"] == "saml_login"
    policy = settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert policy["form-action"] == ["'self'", "https://adfs.example.se"]


def test_the_keys_of_the_second_factor_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert production()["SECOND_FACTOR_KEY"] == "", "SECRET_KEY is used"
    key = "another-key-of-the-tests-that-is-long-enough-to-be-taken-as-one"
    monkeypatch.setenv("SECOND_FACTOR_KEY", key)
    monkeypatch.setenv("SECOND_FACTOR_OLD_KEYS", "one two")
    settings = production()
    assert settings["SECOND_FACTOR_KEY"] == key
    assert settings["SECOND_FACTOR_OLD_KEYS"] == ["one", "two"]


def test_letters_are_sent_only_where_a_mail_server_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quiet = production()
    assert quiet["EMAIL_BACKEND"].endswith("dummy.EmailBackend")
    assert quiet["SITE_URL"] == "https://regit.example.se"

    monkeypatch.setenv("EMAIL_HOST", "smtp.example.se")
    monkeypatch.setenv("EMAIL_FROM", "RegIT <it@example.se>")
    sending = production()
    assert "EMAIL_BACKEND" not in sending
    assert (sending["EMAIL_HOST"], sending["EMAIL_PORT"]) == ("smtp.example.se", 587)
    assert sending["DEFAULT_FROM_EMAIL"] == "RegIT <it@example.se>"
