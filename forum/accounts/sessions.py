"""Sessions: a random token in the cookie, its SHA-256 in the database, so that a copy of the database opens nothing."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete

from forum.accounts.models import MemberSession
from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.ids import MemberId

# A shared computer forgets within a day; "remember me" lasts two months from the last sign-in.
SHORT = timedelta(hours=24)
LONG = timedelta(days=60)


def hash_of(token: str) -> str:
    """What the database keeps of a token. It's random, so a plain digest suffices."""
    return hashlib.sha256(token.encode()).hexdigest()


def start(member_id: MemberId, *, remember: bool, user_agent: str, address: str) -> str:
    """Open a session and return its token, for the cookie."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        MemberSession(
            token_hash=hash_of(token),
            member_id=member_id,
            created_at=now,
            remembered=remember,
            expires_at=now + (LONG if remember else SHORT),
            user_agent=user_agent[:300],
            address=address,
        )
    )
    return token


def end(token: str) -> None:
    db.session.execute(delete(MemberSession).where(MemberSession.token_hash == hash_of(token)))


def end_all(member_id: MemberId, *, but: str = "") -> None:
    """End a member's sessions on the server, all but the one whose token is given."""
    db.session.execute(
        delete(MemberSession).where(MemberSession.member_id == member_id, MemberSession.token_hash != hash_of(but))
    )


def sweep() -> None:
    """Forget sessions that have expired."""
    db.session.execute(delete(MemberSession).where(MemberSession.expires_at < clock.now()))
