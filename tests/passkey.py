"""A passkey for the tests: does what a browser and a security key do together, without either."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from html import unescape
from re import search
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

ORIGIN = "http://testserver"


def packed(data: bytes) -> str:
    """Write bytes as WebAuthn does."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def question_on(page: str) -> dict[str, Any]:
    """Return what a page asks the browser."""
    found = search(r'data-question="([^"]*)"', page)
    assert found, "the page asks for no passkey"
    asked: dict[str, Any] = json.loads(unescape(found[1]))
    return asked


class Passkey:
    """One key, of one host."""

    def __init__(self, origin: str = ORIGIN, host: str = "testserver") -> None:
        self.origin, self.host, self.count = origin, host, 0
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)

    def made(self, question: dict[str, Any], **changed: Any) -> str:
        """Return what the browser says after making the key."""
        numbers = self.private.public_key().public_numbers()
        x, y = (n.to_bytes(32, "big") for n in (numbers.x, numbers.y))
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        data = self._about(0x45) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", question, changed)
        said = {"attestationObject": packed(attested), "clientDataJSON": packed(client)}
        return self._answer(said, transports=["internal"])

    def used(self, question: dict[str, Any], **changed: Any) -> str:
        """Return what the browser says after using the key; changed: origin, challenge, id."""
        self.count += 1
        data = self._about(0x05)
        client = self._client("webauthn.get", question, changed)
        signed = self.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        said = {
            "authenticatorData": packed(data),
            "clientDataJSON": packed(client),
            "signature": packed(signed),
        }
        return self._answer(said, id=changed.get("id", self.id))

    def _about(self, flags: int) -> bytes:
        host = hashlib.sha256(self.host.encode()).digest()
        return host + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, question: dict[str, Any], changed: dict[str, Any]) -> bytes:
        said = {
            "type": kind,
            "challenge": changed.get("challenge", question["challenge"]),
            "origin": changed.get("origin", self.origin),
        }
        return json.dumps(said).encode()

    def _answer(self, response: dict[str, Any], **more: Any) -> str:
        name = packed(more.pop("id", self.id))
        whole = {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}}
        return json.dumps({**whole, "response": {**response, **more}})
