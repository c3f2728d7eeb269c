"""Reads the actor of a session: the member and their rights in organisations, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, select

from forum.accounts import policy, sessions
from forum.accounts.models import Member, MemberSession, SecondFactor
from forum.kernel import clock, settings
from forum.kernel.access import Actor, MemberState, Right, Role
from forum.kernel.db import db, run
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
    Member.face,
    Affiliation.organisation_id,
    Affiliation.right,
    Member.role_since,
    Member.created_at,
    and_(Member.role != Role.MEMBER, ~exists().where(SecondFactor.member_id == Member.id)).label("lacks_factor"),
    settings.stored_value(settings.SECOND_FACTOR_DAYS).label("factor_days"),
)
_RUNNING = and_(Affiliation.member_id == Member.id, Affiliation.ended_at.is_(None))
_OF_SESSION = (
    select(*_FIELDS)
    .join(MemberSession, MemberSession.member_id == Member.id)
    .outerjoin(Affiliation, _RUNNING)
    .where(
        MemberSession.token_hash == bindparam("token_hash"),
        MemberSession.expires_at > bindparam("now"),
        Member.state != MemberState.ERASED,
    )
)


def find_actor(token: str) -> Actor | None:
    """The actor of a session's token; None if the session ended, expired or is of an erased member."""
    rows = run(_OF_SESSION, {"token_hash": sessions.hash_of(token), "now": clock.now()}).all()
    return _actor(rows, token) if rows else None


def get_actor(member_id: MemberId) -> Actor:
    """The actor a member would be, without a session: for the command line and tests. Raises IndexError."""
    rows = db.session.execute(
        select(*_FIELDS).select_from(Member).outerjoin(Affiliation, _RUNNING).where(Member.id == member_id)
    ).all()
    return _actor(rows, "")


def _actor(rows: Sequence[Any], token: str) -> Actor:
    first = rows[0]
    role, due = Role(first.role), _factor_due(first)
    is_resting = due is not None and due <= clock.now()
    return Actor(
        member_id=first.id,
        username=first.username,
        name=first.name,
        role=Role.MEMBER if is_resting else role,
        factor_due=due,
        resting=role if is_resting else None,
        state=MemberState(first.state),
        trust=first.trust_level,
        language=first.interface_language,
        face=first.face,
        session=token,
        rights={row.organisation_id: Right(row.right) for row in rows if row.organisation_id is not None},
    )


def _factor_due(row: Any) -> datetime | None:
    """Whoever got their role by another way than a command has had it for as long as they are a member."""
    if not row.lacks_factor:
        return None
    return policy.factor_due(row.role_since or row.created_at, row.factor_days or settings.SECOND_FACTOR_DAYS.default)
