"""A member's trust, for themselves and for administrators."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from forum.accounts.models import Member
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.posts.policy import LIMITS
from forum.trust import policy
from forum.trust.models import Level, TrustChange, TrustStanding
from forum.trust.queries.figures import figures_of
from forum.trust.records import ChangeLine, Figures, NeedLine, TrustPage
from forum.trust.words import FIGURES, LEVELS, WHYS

MOST_CHANGES = 20


def get_page(member_id: MemberId) -> TrustPage:
    member = db.session.get_one(Member, member_id)
    kept = db.session.get(TrustStanding, member_id)
    above = _above(member.trust_level)
    return TrustPage(
        username=member.username,
        name=member.name,
        level=member.trust_level,
        level_name=LEVELS[member.trust_level],
        limits=LIMITS[member.trust_level],
        next_name=LEVELS[above] if above else "",
        needs=tuple(_needs(above or Level.REGULAR, figures_of([member_id])[member_id])),
        kept_until=kept.kept_until if kept else None,
        is_granted=bool(kept and kept.granted_at),
        changes=tuple(_changes(member_id)),
    )


def _above(level: int) -> Level | None:
    """The next level that can be earned."""
    return Level(level + 1) if level < Level.REGULAR else None


def _needs(level: Level, figures: Figures) -> Iterator[NeedLine]:
    for need in policy.NEEDS[level]:
        yield NeedLine(FIGURES[need.figure], need.has(figures), need.wanted, need.at_most, need.is_met(figures))


def _changes(member_id: MemberId) -> Iterator[ChangeLine]:
    rows = select(TrustChange).where(TrustChange.member_id == member_id).order_by(TrustChange.id.desc())
    for row in db.session.scalars(rows.limit(MOST_CHANGES)):
        yield ChangeLine(LEVELS[row.old], LEVELS[row.new], WHYS[row.why], row.made_at)
