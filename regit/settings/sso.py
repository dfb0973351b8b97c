"""Single sign-on from the environment: off until SSO_SERVER_URL or SAML_METADATA names a service."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser as Metadata

NEEDED = ("SSO_CLIENT_ID", "SSO_CLIENT_SECRET")
PROVIDER_CLASS = "roles.login.saml.Service"
# What the attributes are called by ADFS and Entra ID, by Swedish SAML federations, and in the open.
EMAIL = (
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    "urn:oid:0.9.2342.19200300.100.1.3",
    "mail",
    "email",
)
USERNAME = ("urn:oid:0.9.2342.19200300.100.1.1", "uid", "preferred_username")
UID = ("urn:oasis:names:tc:SAML:attribute:subject-id",)
VERIFIED = ("email_verified", "http://schemas.auth0.com/email_verified")


def listed(value: str) -> list[str]:
    """Split a comma-separated value."""
    return [part.strip() for part in value.split(",") if part.strip()]


def from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings that turn single sign-on on; none without a service.

    Raises ImproperlyConfigured for a service without id or secret, one that is not reached by
    https, metadata that cannot be read, two services, and a group that is written wrong.
    """
    server = environ.get("SSO_SERVER_URL", "").strip()
    described = environ.get("SAML_METADATA", "").strip()
    if server and described:
        raise ImproperlyConfigured("Set SSO_SERVER_URL or SAML_METADATA, not both: one service.")
    if not (server or described):
        return {}
    service = openid(server, environ) if server else saml(described, environ)
    origins = [*service.pop("SSO_ORIGINS"), *listed(environ.get("SSO_ORIGINS", ""))]
    return {
        **service,
        "SSO_NAME": environ.get("SSO_NAME", "kommunens konto"),
        "SSO_MATCH": listed(environ.get("SSO_MATCH", "email")),
        "SSO_TRUST_EMAIL": environ.get("SSO_TRUST_EMAIL") == "1",
        "SSO_GROUPS_CLAIM": environ.get("SSO_GROUPS_CLAIM", "groups"),
        "SSO_GROUPS": groups(environ.get("SSO_GROUPS", "")),
        "SSO_ORIGINS": origins,
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


def origin(url: str, name: str) -> str:
    """Return the scheme and host of an address, which must be reached by https."""
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1"):
        raise ImproperlyConfigured(f"{name} must begin with https://")
    return f"{parts.scheme}://{parts.netloc}"


def openid(server: str, environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings of an OpenID Connect service."""
    missing = [name for name in NEEDED if not environ.get(name)]
    if missing:
        raise ImproperlyConfigured(f"Set {missing[0]} too: SSO_SERVER_URL turns single sign-on on.")
    app = {
        "provider_id": "sso",
        "name": "sso",
        "client_id": environ["SSO_CLIENT_ID"],
        "secret": environ["SSO_CLIENT_SECRET"],
        "settings": {"server_url": server},
    }
    return {
        "SSO_LOGIN": "openid_connect_login",
        "SSO_ORIGINS": [origin(server, "SSO_SERVER_URL")],
        "SOCIALACCOUNT_PROVIDERS": {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]},
            "saml": {"provider_class": PROVIDER_CLASS},
        },
    }


def saml(described: str, environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings of a SAML service, whose metadata is a file or an address by https."""
    entity = environ.get("SAML_ENTITY_ID", "").strip() or None
    local = "://" not in described
    url = Path(described).absolute().as_uri() if local else described
    app = {
        "provider_id": "saml",
        "name": "sso",
        "client_id": "sso",
        "settings": {
            "idp": {"metadata_url": url, "entity_id": entity},
            "attribute_mapping": {
                "email": listed(environ.get("SAML_EMAIL", "")) or [*EMAIL],
                "username": listed(environ.get("SAML_USERNAME", "")) or [*USERNAME],
                "uid": listed(environ.get("SAML_UID", "")) or [*UID],
                "email_verified": [*VERIFIED],
            },
            # A name without a dot is good inside a network.
            "advanced": {"want_attribute_statement": False, "allow_single_label_domains": True},
        },
    }
    address = login_address(described, entity) if local else described
    return {
        "SSO_LOGIN": "saml_login",
        "SSO_ORIGINS": [origin(address, "The service that SAML_METADATA names")],
        "SOCIALACCOUNT_PROVIDERS": {"saml": {"provider_class": PROVIDER_CLASS, "APPS": [app]}},
    }


def login_address(path: str, entity: str | None) -> str:
    """Return where the service that a file describes takes logins."""
    try:
        idp = Metadata.parse(Path(path).read_text("utf-8"), entity_id=entity).get("idp", {})
        address = str(idp["singleSignOnService"]["url"])
    except Exception as fault:  # the parser raises whatever lxml does
        raise ImproperlyConfigured(
            f"SAML_METADATA must name a file with the service's metadata, or an address: {fault!r}"
        ) from fault
    if not (idp.get("x509cert") or idp.get("x509certMulti")):
        raise ImproperlyConfigured("SAML_METADATA has no certificate to check signatures with.")
    return address
