"""Tables of trust. The level itself stands on the member, where every request reads it."""

from __future__ import annotations

from datetime import date, datetime
from enum import IntEnum, StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BigInt
from forum.kernel.ids import MemberId


class Level(IntEnum):
    NEW = 0
    BASIC = 1
    MEMBER = 2
    REGULAR = 3
    LEADER = 4


class Why(StrEnum):
    EARNED = "earned"
    LOST = "lost"
    GRANTED = "granted"
    TAKEN_BACK = "taken back"


class TrustStanding(Base):
    """`granted_by_id` at `granted_at` made the member a leader. `kept_until`: no longer earns level 3, but keeps it
    until then."""

    __tablename__ = "trust_standings"
    __table_args__ = (Index("ix_trust_standings_computed_at", "computed_at", "member_id"),)

    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    computed_at: Mapped[datetime]
    kept_until: Mapped[datetime | None]
    granted_by_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    granted_at: Mapped[datetime | None]


class TrustChange(Base):
    """Append-only. `by_id` is who granted level 4 or took it back; empty where it was computed."""

    __tablename__ = "trust_changes"
    __table_args__ = (Index("ix_trust_changes_member_id", "member_id", "id"),)

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    old: Mapped[int]
    new: Mapped[int]
    why: Mapped[str]
    by_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime]


class VisitMark(Base):
    """How many days a member had visited by a day, noted at most every MARK_EVERY: enough to tell how many of the last
    hundred days they came, and nothing about which."""

    __tablename__ = "visit_marks"

    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    days_visited: Mapped[int]
