"""Links that stop mail without signing in. Signed and not stored: they work for as long as the letter lies around."""

from __future__ import annotations

from itsdangerous import BadSignature, URLSafeSerializer

from forum import config
from forum.kernel.ids import MemberId
from forum.notifications.models import Kind

DIGEST, ALL = "digest", "all"
STOPPABLE = (*(kind.value for kind in Kind), DIGEST, ALL)


def make(member_id: MemberId, what: str) -> str:
    """`what` is a kind, the digest, or all."""
    token: str = _signer().dumps([member_id, what])
    return token


def read(token: str) -> tuple[MemberId, str] | None:
    """Whose mail of what; None for a link that isn't ours."""
    try:
        member_id, what = _signer().loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return (MemberId(member_id), what) if what in STOPPABLE else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(config.current().secret_key, salt="unsubscribe")
