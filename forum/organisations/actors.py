"""Reads the actor of a session: the member and their rights in organisations, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, select

from forum.accounts import sessions
from forum.accounts.models import Member, MemberSession
from forum.kernel import clock
from forum.kernel.access import Actor, MemberState, Right, Role
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.organisations.models import Affiliation

_FIELDS = (
    Member.id,
    Member.username,
    Member.name,
    Member.role,
    Member.state,
    Member.trust_level,
    Member.interface_language,
    Affiliation.organisation_id,
    Affiliation.right,
)
_RUNNING = and_(Affiliation.member_id == Member.id, Affiliation.ended_at.is_(None))


def find_actor(token: str) -> Actor | None:
    """The actor of a session's token; None if the session ended, expired or is of an erased member."""
    rows = db.session.execute(
        select(*_FIELDS)
        .join(MemberSession, MemberSession.member_id == Member.id)
        .outerjoin(Affiliation, _RUNNING)
        .where(
            MemberSession.token_hash == sessions.hash_of(token),
            MemberSession.expires_at > clock.now(),
            Member.state != MemberState.ERASED,
        )
    ).all()
    return _actor(rows, token) if rows else None


def get_actor(member_id: MemberId) -> Actor:
    """The actor a member would be, without a session: for the command line and tests. Raises IndexError."""
    rows = db.session.execute(
        select(*_FIELDS).select_from(Member).outerjoin(Affiliation, _RUNNING).where(Member.id == member_id)
    ).all()
    return _actor(rows, "")


def _actor(rows: Sequence[Any], token: str) -> Actor:
    first = rows[0]
    return Actor(
        member_id=first.id,
        username=first.username,
        name=first.name,
        role=Role(first.role),
        state=MemberState(first.state),
        trust=first.trust_level,
        language=first.interface_language,
        session=token,
        rights={row.organisation_id: Right(row.right) for row in rows if row.organisation_id is not None},
    )
