"""Whether a member may write, or take part at all: on the word of whoever decides about restrictions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from forum.accounts import sessions, steps
from forum.accounts.models import Member
from forum.kernel.access import MemberState
from forum.kernel.db import db
from forum.kernel.ids import MemberId


def take_member(member_id: MemberId) -> Member:
    """Locked until the transaction ends."""
    chosen = select(Member).where(Member.id == member_id).with_for_update()
    return db.session.scalars(chosen.execution_options(populate_existing=True)).one()


def restrict(member_id: MemberId, state: MemberState, until: datetime | None) -> None:
    """Silenced or suspended until then, or for good. Who is suspended is signed out everywhere. The erased stay so."""
    member = take_member(member_id)
    if member.state == MemberState.ERASED:
        return
    member.state, member.state_until = state, until
    if state is MemberState.SUSPENDED:
        sessions.end_all(member_id)
        steps.end_all(member_id)


def release(member_id: MemberId) -> None:
    """Back to what they were: active once confirmed."""
    member = take_member(member_id)
    if member.state in {MemberState.SILENCED, MemberState.SUSPENDED}:
        member.state = MemberState.ACTIVE if member.confirmed_at else MemberState.UNCONFIRMED
        member.state_until = None
