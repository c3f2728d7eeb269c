"""Whose level is to be computed, and what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import or_, select

from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import MemberState
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.reading.models import ReadingTotal
from forum.trust.models import Level, TrustStanding

# What a regular has to keep up is lost by not coming, so nothing tells of it.
REGULARS_EVERY = timedelta(days=1)
COUNTED = (MemberState.ACTIVE, MemberState.SILENCED)


def due_members(limit: int) -> list[MemberId]:
    """Members who read something since they were last computed, longest ago first; then regulars."""
    known = TrustStanding.member_id == ReadingTotal.member_id
    read = (
        select(ReadingTotal.member_id)
        .join(Member, Member.id == ReadingTotal.member_id)
        .outerjoin(TrustStanding, known)
        .where(
            Member.state.in_(COUNTED),
            or_(TrustStanding.computed_at.is_(None), TrustStanding.computed_at < ReadingTotal.read_at),
        )
        .order_by(TrustStanding.computed_at, ReadingTotal.member_id)
        .limit(limit)
    )
    found = list(db.session.scalars(read))
    regulars = (
        select(TrustStanding.member_id)
        .join(Member, Member.id == TrustStanding.member_id)
        .where(Member.trust_level == Level.REGULAR, TrustStanding.computed_at < clock.now() - REGULARS_EVERY)
        .order_by(TrustStanding.computed_at)
        .limit(limit - len(found))
    )
    return list(dict.fromkeys([*found, *db.session.scalars(regulars)]))


def standings_of(member_ids: Sequence[MemberId]) -> dict[MemberId, TrustStanding]:
    rows = db.session.scalars(select(TrustStanding).where(TrustStanding.member_id.in_(member_ids)))
    return {row.member_id: row for row in rows}


def members_of(member_ids: Sequence[MemberId]) -> Sequence[Member]:
    """In order of their ids, and locked: whoever changes several takes them so."""
    chosen = select(Member).where(Member.id.in_(member_ids)).order_by(Member.id).with_for_update()
    return db.session.scalars(chosen.execution_options(populate_existing=True)).all()
