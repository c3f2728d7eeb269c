"""Secrets that have to be read again, kept so that a copy of the database alone doesn't give them away.

An app's secret can't be kept as a hash, since each of its codes is made from it. It's encrypted (AES-256-GCM) with a
key made from FORUM_SECRET_KEY, which is in the environment or the data folder; and bound to its member, so that a row
copied to somebody else opens nothing.
"""

from __future__ import annotations

import base64
import hmac
import os
from typing import TYPE_CHECKING

import structlog

from forum import config
from forum.kernel.ids import MemberId

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# The key for cookies does nothing else: this is another one, made from it (HKDF's expansion, RFC 5869).
PURPOSE = b"kade second factors 1"
NONCE_BYTES = 12
log = structlog.get_logger()


def seal(secret: str, member_id: MemberId) -> str:
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher().encrypt(nonce, secret.encode(), _owner(member_id))
    return base64.b64encode(nonce + sealed).decode()


def unseal(sealed: str, member_id: MemberId) -> str | None:
    """None for what was sealed with another key, or for somebody else; the log says so."""
    from cryptography.exceptions import InvalidTag

    raw = base64.b64decode(sealed)
    try:
        opened: bytes = _cipher().decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _owner(member_id))
    except InvalidTag:
        log.warning("second_factor_unreadable", member_id=member_id, hint="was FORUM_SECRET_KEY changed?")
        return None
    return opened.decode()


def _cipher() -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(hmac.digest(config.current().secret_key.encode(), PURPOSE + b"\x01", "sha256"))


def _owner(member_id: MemberId) -> bytes:
    return str(member_id).encode()
