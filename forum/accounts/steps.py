"""Sign-ins that lack their second step: rows of their own, so that nothing can take one for a session.

The cookie holds a random token, the row its SHA-256, as with sessions.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select, update

from forum.accounts.errors import StepOver
from forum.accounts.models import SecondStep
from forum.accounts.sessions import hash_of
from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.ids import MemberId

# Time to find the phone; too little to leave a computer half signed in.
LIFETIME = timedelta(minutes=10)
# Then the password is asked for once more, and its owner is told.
MAX_TRIES = 5


@dataclass(frozen=True)
class Waiting:
    """`challenge` is what a passkey has to sign; `tries` were made so far."""

    member_id: MemberId | None
    challenge: str
    remembered: bool
    tries: int


def begin(member_id: MemberId | None, *, remember: bool = False) -> str:
    """Returns the token, for the cookie. `member_id`: whose password was right; None for a passkey alone."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SecondStep(
            token_hash=hash_of(token),
            member_id=member_id,
            challenge=secrets.token_urlsafe(32),
            remembered=remember,
            expires_at=clock.now() + LIFETIME,
        )
    )
    return token


def find(token: str) -> Waiting | None:
    """One that still lacks its step."""
    return _record(db.session.scalar(select(SecondStep).where(*_waiting(token))))


def take_try(token: str) -> Waiting:
    """Count a try before its work is done. Raises StepOver when there is none left."""
    taken = update(SecondStep).where(*_waiting(token)).values(tries=SecondStep.tries + 1).returning(SecondStep)
    found = _record(db.session.scalar(taken, execution_options={"populate_existing": True}))
    if found is None:
        raise StepOver
    return found


def finish(token: str) -> Waiting:
    """Take it away: it's done, or given up. Raises StepOver for one that another request finished a moment ago."""
    running = (SecondStep.token_hash == hash_of(token), SecondStep.expires_at > clock.now())
    found = _record(db.session.scalar(delete(SecondStep).where(*running).returning(SecondStep)))
    if found is None:
        raise StepOver
    return found


def end_all(member_id: MemberId) -> None:
    """Nobody who knew the password of before goes on with it."""
    db.session.execute(delete(SecondStep).where(SecondStep.member_id == member_id))


def sweep() -> None:
    db.session.execute(delete(SecondStep).where(SecondStep.expires_at < clock.now()))


def _waiting(token: str) -> tuple[ColumnElement[bool], ...]:
    return (
        SecondStep.token_hash == hash_of(token),
        SecondStep.expires_at > clock.now(),
        SecondStep.tries < MAX_TRIES,
    )


def _record(row: SecondStep | None) -> Waiting | None:
    return Waiting(row.member_id, row.challenge, row.remembered, row.tries) if row is not None else None
