"""Passkeys: WebAuthn, level 2. What a browser is asked, and what its answer is worth.

The questions are written by hand, since they're plain data; the library that checks answers costs 30 MB and is imported
with the first of them. A passkey belongs to a name, that of FORUM_BASE_URL, and its answer to the page's origin.
"""

from __future__ import annotations

import base64
import ipaddress
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import structlog

from forum import config
from forum.accounts.errors import WrongPasskey
from forum.kernel.ids import MemberId

# What a member has to find their telephone: the browser's own window closes then.
TIMEOUT_MS = 300_000
# ES256, EdDSA and RS256: every authenticator knows one of them.
ALGORITHMS = (-7, -8, -257)
MAX_ANSWER = 20_000
PORTS = {"http": 80, "https": 443}
log = structlog.get_logger()


class Hindrance(StrEnum):
    """Why there are no passkeys here. `address`: a number is no name. `plain`: browsers want https, but for localhost.

    `elsewhere`: they belong to the site's name, and this page was opened under another one.
    """

    ADDRESS = "address"
    PLAIN = "plain"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Known:
    """A passkey as it's kept; `credential_id` and `public_key` in base64url."""

    credential_id: str
    public_key: str
    sign_count: int


def hindrance(host: str) -> Hindrance | None:
    """None where they can be used, by a reader who asked for a page of `host`."""
    settings, name = config.current(), site_name()
    if _is_number(name):
        return Hindrance.ADDRESS
    if not settings.is_https and name != "localhost" and not name.endswith(".localhost"):
        return Hindrance.PLAIN
    return None if host.lower() == origin().partition("://")[2] else Hindrance.ELSEWHERE


def site_name() -> str:
    """The name that passkeys belong to: that of FORUM_BASE_URL, without a port."""
    return urlsplit(config.current().base_url).hostname or ""


def origin() -> str:
    """Of the site's pages, as a browser writes it: in small letters, without a port that goes without saying."""
    parts = urlsplit(config.current().base_url)
    port = f":{parts.port}" if parts.port not in {None, PORTS[parts.scheme]} else ""
    return f"{parts.scheme}://{parts.hostname}{port}"


def to_make(username: str, member_id: MemberId, challenge: str, known: Sequence[str]) -> str:
    """What the browser is asked when a passkey is made. `known`: those it shan't make once more."""
    return json.dumps(
        {
            "rp": {"id": site_name(), "name": config.current().site_name},
            "user": {"id": handle_of(member_id), "name": username, "displayName": username},
            "challenge": challenge,
            "pubKeyCredParams": [{"type": "public-key", "alg": one} for one in ALGORITHMS],
            "timeout": TIMEOUT_MS,
            "excludeCredentials": _described(known),
            "authenticatorSelection": {"residentKey": "preferred", "userVerification": "preferred"},
            "attestation": "none",
        }
    )


def to_show(challenge: str, known: Sequence[str] = ()) -> str:
    """What it's asked at sign-in. With none `known`, the passkey says whose it is, and has to know its owner."""
    return json.dumps(
        {
            "rpId": site_name(),
            "challenge": challenge,
            "timeout": TIMEOUT_MS,
            "allowCredentials": _described(known),
            "userVerification": "preferred" if known else "required",
        }
    )


def check_new(answer: str, challenge: str) -> Known:
    """A passkey that was just made. Raises WrongPasskey."""
    from webauthn import verify_registration_response

    try:
        made = verify_registration_response(
            credential=answer[:MAX_ANSWER],
            expected_challenge=_bytes(challenge),
            expected_rp_id=site_name(),
            expected_origin=origin(),
        )
    except Exception as error:  # anybody's bytes: whatever the library makes of them
        raise _refused(error) from error
    return Known(_text(made.credential_id), _text(made.credential_public_key), made.sign_count)


def check(answer: str, challenge: str, known: Known, *, alone: bool) -> int:
    """Its new count. `alone`: without a password, so that it has to know its owner. Raises WrongPasskey."""
    from webauthn import verify_authentication_response

    try:
        shown = verify_authentication_response(
            credential=answer[:MAX_ANSWER],
            expected_challenge=_bytes(challenge),
            expected_rp_id=site_name(),
            expected_origin=origin(),
            credential_public_key=_bytes(known.public_key),
            credential_current_sign_count=known.sign_count,
            require_user_verification=alone,
        )
    except Exception as error:  # as above
        raise _refused(error) from error
    if _text(shown.credential_id) != known.credential_id:
        raise WrongPasskey
    return shown.new_sign_count


def named_in(answer: str) -> tuple[str, str]:
    """Which passkey an answer says that it's of, and whose: its id, and the owner's handle or nothing. Not yet proven.

    Raises WrongPasskey for what is no answer.
    """
    try:
        read: Any = json.loads(answer[:MAX_ANSWER])
        credential_id, handle = read["rawId"], read["response"].get("userHandle") or ""
        return _text(_bytes(str(credential_id))), _text(_bytes(str(handle)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongPasskey from error


def handle_of(member_id: MemberId) -> str:
    """What a passkey keeps of its owner: their number, which says nothing about them."""
    return _text(str(member_id).encode())


def _described(known: Sequence[str]) -> list[dict[str, str]]:
    return [{"type": "public-key", "id": one} for one in known]


def _refused(error: Exception) -> WrongPasskey:
    log.info("passkey_refused", reason=str(error)[:200])
    return WrongPasskey()


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _bytes(written: str) -> bytes:
    """Of base64url, whose padding is left out."""
    return base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
