"""A SAML service for the tests: it signs what it says, with a key of its own."""

import base64
import uuid
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape, quoteattr

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils

PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
NAMES = (
    'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" '
    'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'
)
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"


@cache
def key_pair(owner: str) -> tuple[str, str]:
    """Return a private key and its certificate, in PEM; made once for each owner."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, owner)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private.decode(), certificate.public_bytes(serialization.Encoding.PEM).decode()


@dataclass
class IdP:
    """The service: describes itself, and answers what it is asked, truly or otherwise."""

    url: str = "https://login.example.se"
    owner: str = "login.example.se"

    @property
    def metadata(self) -> str:
        """Return how the service describes itself."""
        body = "".join(key_pair(self.owner)[1].split("\n")[1:-2])
        return (
            '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" '
            'xmlns:ds="http://www.w3.org/2000/09/xmldsig#" '
            f'entityID="{self.url}/idp"><md:IDPSSODescriptor '
            'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
            '<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data>'
            f"<ds:X509Certificate>{body}</ds:X509Certificate>"
            "</ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
            '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" '
            f'Location="{self.url}/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>'
        )

    @staticmethod
    def question(location: str) -> dict[str, str]:
        """Return what an address that RegIT leads to asks: the number, who asks, and where to."""
        packed = parse_qs(urlsplit(location).query)["SAMLRequest"][0]
        asked = etree.fromstring(zlib.decompress(base64.b64decode(packed), -15))
        issuer = asked.find("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer")
        return {
            "id": str(asked.get("ID")),
            "to": str(asked.get("AssertionConsumerServiceURL")),
            "from": "" if issuer is None else str(issuer.text),
        }

    def answer(
        self,
        question: dict[str, str],
        name: str,
        attributes: dict[str, list[str]] | None = None,
        *,
        sign: str = "assertion",
        key: str = "",
        name_format: str = PERSISTENT,
        **changed: Any,
    ) -> str:
        """Return the answer, in base64.

        sign: "assertion", "response" or "" for nothing. key: whose, if not the own. changed:
        audience, to, issuer, lasts (seconds), asked (the number in the assertion).
        """
        known = {"audience": question["from"], "to": question["to"], "issuer": f"{self.url}/idp"}
        said = {**known, "lasts": 300, "asked": question["id"], **changed}
        assertion = self._assertion(name, name_format, attributes or {}, said)
        if sign == "assertion":
            assertion = self._signed(assertion, key)
        response = (
            f'<samlp:Response {NAMES} ID="_{uuid.uuid4().hex}" Version="2.0" '
            f'IssueInstant="{moment()}" Destination={quoteattr(said["to"])} '
            f'InResponseTo="{question["id"]}"><saml:Issuer>{said["issuer"]}</saml:Issuer>'
            '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>'
            f"</samlp:Status>{assertion}</samlp:Response>"
        )
        if sign == "response":
            response = self._signed(response, key)
        return base64.b64encode(response.encode()).decode()

    def _assertion(
        self, name: str, name_format: str, attributes: dict[str, list[str]], said: dict[str, Any]
    ) -> str:
        until = moment(said["lasts"])
        asked = f'InResponseTo="{said["asked"]}" ' if said["asked"] else ""
        values = "".join(
            f"<saml:Attribute Name={quoteattr(attribute)}>"
            + "".join(f"<saml:AttributeValue>{escape(v)}</saml:AttributeValue>" for v in listed)
            + "</saml:Attribute>"
            for attribute, listed in attributes.items()
        )
        statement = f"<saml:AttributeStatement>{values}</saml:AttributeStatement>" if values else ""
        return (
            f'<saml:Assertion {NAMES} ID="_{uuid.uuid4().hex}" Version="2.0" '
            f'IssueInstant="{moment()}"><saml:Issuer>{said["issuer"]}</saml:Issuer>'
            f'<saml:Subject><saml:NameID Format="{name_format}">{escape(name)}</saml:NameID>'
            f'<saml:SubjectConfirmation Method="{BEARER}"><saml:SubjectConfirmationData {asked}'
            f'NotOnOrAfter="{until}" Recipient={quoteattr(said["to"])}/></saml:SubjectConfirmation>'
            f'</saml:Subject><saml:Conditions NotBefore="{moment(-600)}" NotOnOrAfter="{until}">'
            f"<saml:AudienceRestriction><saml:Audience>{escape(said['audience'])}</saml:Audience>"
            "</saml:AudienceRestriction></saml:Conditions>"
            f'<saml:AuthnStatement AuthnInstant="{moment()}"><saml:AuthnContext>'
            "<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password"
            "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
            f"{statement}</saml:Assertion>"
        )

    def _signed(self, element: str, key: str) -> str:
        private, certificate = key_pair(key or self.owner)
        signed = OneLogin_Saml2_Utils.add_sign(element, private, certificate)
        return str(signed.decode() if isinstance(signed, bytes) else signed)


def moment(seconds: int = 0) -> str:
    """Return the time, so many seconds from now, as SAML writes it."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
