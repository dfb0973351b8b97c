"""Single sign-on from the environment: off until SSO_SERVER_URL names a service."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

NEEDED = ("SSO_CLIENT_ID", "SSO_CLIENT_SECRET")


def listed(value: str) -> list[str]:
    """Split a comma-separated value."""
    return [part.strip() for part in value.split(",") if part.strip()]


def from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings that turn single sign-on on; none without a service.

    Raises ImproperlyConfigured for a service without id or secret, one that is not reached by
    https, and a group that is written wrong.
    """
    server = environ.get("SSO_SERVER_URL", "").strip()
    if not server:
        return {}
    missing = [name for name in NEEDED if not environ.get(name)]
    if missing:
        raise ImproperlyConfigured(f"Set {missing[0]} too: SSO_SERVER_URL turns single sign-on on.")
    parts = urlsplit(server)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1"):
        raise ImproperlyConfigured("SSO_SERVER_URL must begin with https://")
    return {
        "SSO_NAME": environ.get("SSO_NAME", "kommunens konto"),
        "SSO_MATCH": listed(environ.get("SSO_MATCH", "email")),
        "SSO_TRUST_EMAIL": environ.get("SSO_TRUST_EMAIL") == "1",
        "SSO_GROUPS_CLAIM": environ.get("SSO_GROUPS_CLAIM", "groups"),
        "SSO_GROUPS": groups(environ.get("SSO_GROUPS", "")),
        "SSO_ORIGINS": [
            f"{parts.scheme}://{parts.netloc}",
            *listed(environ.get("SSO_ORIGINS", "")),
        ],
        "SOCIALACCOUNT_PROVIDERS": provider(server, environ),
    }


def groups(value: str) -> dict[str, str]:
    """Read "Administratörer=regit-admin, Revisorer=regit-revision"."""
    pairs = [part.partition("=") for part in listed(value)]
    for group, _equals, name in pairs:
        if group.strip() not in ("Administratörer", "Revisorer") or not name.strip():
            raise ImproperlyConfigured(
                "SSO_GROUPS is written Administratörer=their-name, Revisorer=their-name."
            )
    return {group.strip(): name.strip() for group, _equals, name in pairs}


def provider(server: str, environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the service as django-allauth knows it."""
    app = {
        "provider_id": "sso",
        "name": "sso",
        "client_id": environ["SSO_CLIENT_ID"],
        "secret": environ["SSO_CLIENT_SECRET"],
        "settings": {"server_url": server},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
