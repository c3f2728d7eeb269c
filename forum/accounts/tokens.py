"""Links in letters: random, kept as a hash, used once, dead after any newer one of their purpose.

Made by the worker while it writes the letter, so that no event and no log ever holds one.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, select, update

from forum.accounts.errors import LinkDead
from forum.accounts.models import MailToken, Member, Purpose
from forum.accounts.sessions import hash_of
from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.ids import MemberId

# A letter about an account may wait for its reader until after the weekend; one that opens it may not.
LIFETIME = {
    Purpose.CONFIRM: timedelta(days=7),
    Purpose.CHANGE_EMAIL: timedelta(days=2),
    Purpose.RESET: timedelta(minutes=60),
}
CONFIRMING = frozenset({Purpose.CONFIRM, Purpose.CHANGE_EMAIL})
RESETTING = frozenset({Purpose.RESET})


def make(member_id: MemberId, purpose: Purpose, email: str) -> str:
    """A new token, to be put in a letter to `email`. Earlier ones of its purpose die.

    The member's row is locked, so that of two made at the same moment one dies, too.
    """
    token, now = secrets.token_urlsafe(32), clock.now()
    _lock_member([member_id])
    end(member_id, {purpose})
    db.session.add(
        MailToken(
            token_hash=hash_of(token),
            member_id=member_id,
            purpose=purpose,
            email=email,
            created_at=now,
            expires_at=now + LIFETIME[purpose],
        )
    )
    return token


def find(token: str, purposes: Collection[Purpose]) -> MailToken | None:
    """A token that still works. Looking at it changes nothing."""
    return db.session.scalar(select(MailToken).where(*_working(token, purposes)))


def use(token: str, purposes: Collection[Purpose]) -> MailToken:
    """Use a token up. Raises LinkDead for one that doesn't work, or was used a moment ago.

    The member's row is locked before the token's, as in `make`, so that the two never wait for each other.
    """
    _lock_member(select(MailToken.member_id).where(*_working(token, purposes)))
    used = update(MailToken).where(*_working(token, purposes)).values(used_at=clock.now()).returning(MailToken)
    found = db.session.scalar(used)
    if found is None:
        raise LinkDead
    return found


def end(member_id: MemberId, purposes: Collection[Purpose]) -> None:
    db.session.execute(delete(MailToken).where(MailToken.member_id == member_id, MailToken.purpose.in_(purposes)))


def sweep() -> None:
    """Forget tokens that are too old to work."""
    db.session.execute(delete(MailToken).where(MailToken.expires_at < clock.now()))


def _lock_member(ids: Collection[MemberId] | Select[Any]) -> None:
    db.session.execute(select(Member.id).where(Member.id.in_(ids)).with_for_update())


def _working(token: str, purposes: Collection[Purpose]) -> tuple[ColumnElement[bool], ...]:
    return (
        MailToken.token_hash == hash_of(token),
        MailToken.purpose.in_(purposes),
        MailToken.used_at.is_(None),
        MailToken.expires_at > clock.now(),
    )
