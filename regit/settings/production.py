"""In service. Refuses to start until the environment holds all it needs (docs/operations.md)."""

import os
import re
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from . import sso
from .base import *  # noqa: F403
from .base import (
    AXES_FAILURE_LIMIT,
    CONTENT_SECURITY_POLICY,
    DATABASES,
    LOGIN_FAILURES_PER_ADDRESS,
    SELF,
    database,
)


def required(name: str, hint: str) -> str:
    """Return an environment variable; without it ImproperlyConfigured says what to set."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"Set {name} to start RegIT in production: {hint}")
    return value


def refuse(unsafe: object, sentence: str) -> None:
    """Raise ImproperlyConfigured with a sentence that says what to set."""
    if unsafe:
        raise ImproperlyConfigured(sentence)


def refuse_weak(name: str, key: str) -> None:
    """Raise ImproperlyConfigured for a key that is short, or one character over and over."""
    refuse(len(key) < 50, f"{name} is too short to be safe: set at least 50 random characters.")
    refuse(len(set(key)) < 10, f"{name} is too easily guessed: set at least 50 random characters.")


def names(value: str) -> list[str]:
    """Split a comma-separated value."""
    return [name.strip() for name in value.split(",") if name.strip()]


def number(name: str, default: int, least: int = 0) -> int:
    """Return a whole number from the environment; ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number, {least} or more.")
    return int(value)


DEBUG = False
SECRET_KEY = required("SECRET_KEY", "at least 50 random characters, kept secret and unchanged.")
refuse_weak("SECRET_KEY", SECRET_KEY)
ALLOWED_HOSTS = names(required("ALLOWED_HOSTS", "the host names people use, comma-separated."))
refuse(
    any("*" in host for host in ALLOWED_HOSTS),
    "ALLOWED_HOSTS must name the hosts: * lets anybody choose one.",
)
refuse(
    not all(re.fullmatch(r"[\w.\[\]:-]+", host) and host.strip(".") for host in ALLOWED_HOSTS),
    "ALLOWED_HOSTS is host names alone, comma-separated: regit.example.se, without https://.",
)
DATABASES = {
    **DATABASES,
    "default": database(required("DATABASE_URL", "postgresql://user:password@host:5432/regit")),
}
REPLICA_MOST_LAG = number("REPLICA_LAG_SECONDS", 30, least=1)
CSRF_TRUSTED_ORIGINS = names(os.environ.get("CSRF_TRUSTED_ORIGINS", ""))
refuse(
    not all(address.startswith("https://") for address in CSRF_TRUSTED_ORIGINS),
    "CSRF_TRUSTED_ORIGINS must begin with https://, as https://regit.example.se.",
)

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Only where a proxy that always sets (or removes) this header stands in front.
if os.environ.get("BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    refuse(
        not os.environ.get("PROXY_COUNT", "").strip(),
        "Set PROXY_COUNT beside BEHIND_PROXY: how many proxies add to X-Forwarded-For, usually 1. "
        "Without it everybody behind the proxy counts as one, and closes the login for all.",
    )
PROXY_COUNT = number("PROXY_COUNT", 0)

single_sign_on = sso.from_environment(os.environ)
# Browsers hold the whole way of a posted form to the policy, redirects included.
FORM_ACTION = [SELF, *single_sign_on.pop("SSO_ORIGINS", [])]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {**CONTENT_SECURITY_POLICY["DIRECTIVES"], "form-action": FORM_ACTION}
}
globals().update(single_sign_on)

SESSION_IDLE = timedelta(minutes=number("SESSION_IDLE_MINUTES", 60))
SECOND_FACTOR = os.environ.get("SECOND_FACTOR", "1") != "0"
SECOND_FACTOR_KEY = os.environ.get("SECOND_FACTOR_KEY", "").strip()
if SECOND_FACTOR_KEY:
    refuse_weak("SECOND_FACTOR_KEY", SECOND_FACTOR_KEY)
SECOND_FACTOR_OLD_KEYS = os.environ.get("SECOND_FACTOR_OLD_KEYS", "").split()
PASSKEY_DOMAIN = os.environ.get("PASSKEY_DOMAIN", "").strip()
AXES_FAILURE_LIMIT = number("LOGIN_FAILURES", AXES_FAILURE_LIMIT, least=1)
LOGIN_FAILURES_PER_ADDRESS = number(
    "LOGIN_FAILURES_PER_ADDRESS", LOGIN_FAILURES_PER_ADDRESS, least=1
)
AXES_COOLOFF_TIME = timedelta(minutes=number("LOGIN_LOCKED_MINUTES", 15, least=1))

SITE_URL = os.environ.get("SITE_URL", "").strip() or f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
refuse(
    not SITE_URL.startswith("https://"), "SITE_URL must begin with https://: letters lead there."
)
# Without a mail server nothing is sent; the pages tell all that a letter would.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "").strip()
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_PORT = number("EMAIL_PORT", 587)
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "1") != "0"
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "").strip() or f"RegIT <regit@{ALLOWED_HOSTS[0]}>"

METRICS_ADDRESS = os.environ.get("METRICS_ADDRESS", "").strip()
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "").strip()
refuse(
    METRICS_ADDRESS and not re.fullmatch(r"[^/]+:\d+", METRICS_ADDRESS),
    "METRICS_ADDRESS must be written address:port, as 127.0.0.1:9101.",
)
refuse(
    METRICS_TOKEN and len(METRICS_TOKEN) < 20,
    "METRICS_TOKEN is too short to be safe in production: set at least 20 random characters.",
)

# One JSON object a line on stderr.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "regit.logs.json_lines"},
    },
    "filters": {
        "where from": {"()": "regit.requests.WhereFrom"},
        "in short": {"()": "regit.requests.InShort"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["where from"],
        }
    },
    "loggers": {"django.security.DisallowedHost": {"filters": ["in short"]}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
