"""People with second factors, and what they show: codes as an app makes them, answers as a security key gives them."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from dataclasses import dataclass, field
from typing import Any

import cbor2
import pyotp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from forum.accounts import commands, passkeys, queries
from forum.accounts.models import Member
from forum.accounts.records import Attempt
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db, transaction
from forum.kernel.ids import AttemptId
from tests import factories
from tests.accounts import people
from tests.web import Page, Web

STEP = "/sign-in/second-step"
ORIGIN = "http://localhost"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def code(secret: str, steps: int = 0) -> str:
    """What an app shows, some half minutes from now."""
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()) + 30 * steps)


def with_app(member: Member) -> tuple[str, tuple[str, ...]]:
    """An app's secret and the recovery codes. Its code of the half minute before is used up."""
    actor = factories.actor(member)
    with transaction():
        attempt_id = commands.start_app(actor, "Phone")
    attempt = queries.get_attempt(actor, attempt_id)
    with transaction():
        codes = commands.add_app(actor, attempt_id, code(attempt.secret, -1))
    return attempt.secret, codes


def new_attempt(actor: Actor) -> Attempt:
    with transaction():
        attempt_id: AttemptId = commands.start_passkey(actor, "Laptop")
    attempt = queries.get_attempt(actor, attempt_id)
    db.session.rollback()
    return attempt


def half_way(web: Web, username: str = "hanna", **fields: str) -> Page:
    """The page of the second step, after the password."""
    return web.follow(people.sign_in(web, username, **fields))


def show(web: Web, page: Page | None = None, **fields: str) -> Page:
    """Send the second step's form with a code."""
    page = page or web.get(STEP)
    return web.post(STEP, {"csrf_token": page.form(STEP)["csrf_token"][0], **fields})


@dataclass
class Authenticator:
    """As a security key answers, with one ES256 key (WebAuthn §6.5, packed as `none`)."""

    origin: str = ORIGIN
    rp_id: str = "localhost"
    flags: int = PRESENT | VERIFIED
    count: int = 1
    handle: str = ""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = b"a credential of 22 byte"

    def make(self, challenge: str) -> str:
        numbers = self.key.public_key().public_numbers()
        x, y = (one.to_bytes(32, "big") for one in (numbers.x, numbers.y))
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        length = struct.pack(">H", len(self.credential_id))
        data = self._data(ATTESTED) + bytes(16) + length + self.credential_id + public
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", challenge)
        return self._answer({"clientDataJSON": text(client), "attestationObject": text(attested)})

    def show(self, challenge: str) -> str:
        self.count += 1
        client, data = self._client("webauthn.get", challenge), self._data()
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        answer = {"clientDataJSON": text(client), "authenticatorData": text(data), "signature": text(signature)}
        return self._answer(answer | ({"userHandle": self.handle} if self.handle else {}))

    def _data(self, more: int = 0) -> bytes:
        count = struct.pack(">I", self.count)
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([self.flags | more]) + count

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict[str, Any]) -> str:
        credential_id = text(self.credential_id)
        return json.dumps({"id": credential_id, "rawId": credential_id, "type": "public-key", "response": response})


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def with_passkey(member: Member, **fields: Any) -> Authenticator:
    """A member's passkey, in their account."""
    actor = factories.actor(member)
    key = Authenticator(**fields)
    key.handle = text(str(member.id).encode())
    attempt = new_attempt(actor)
    made = passkeys.check_new(key.make(attempt.secret), attempt.secret)
    with transaction():
        commands.add_passkey(actor, attempt.id, made)
    return key


def challenge_on(page: Page, form: str) -> str:
    """What a page asks a passkey to sign."""
    found = next(one for one in page.tree.iter("form") if one.get("action") == form and one.get("data-options"))
    challenge: str = json.loads(found.get("data-options", ""))["challenge"]
    return challenge
