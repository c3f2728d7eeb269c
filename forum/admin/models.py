"""What administrators did on their pages."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BigInt
from forum.kernel.ids import MemberId


class Verb(StrEnum):
    SETTING = "setting"
    ROLE = "role"
    SESSIONS = "sessions"
    RETRY = "retry"
    RETRY_ALL = "retry all"
    DISCARD = "discard"


class Act(Base):
    """Append-only. `member_id` is whom it was done to; `thing` what else: a setting's name, `letter 12`."""

    __tablename__ = "admin_acts"
    __table_args__ = (Index("ix_admin_acts_member_id", "member_id", "id"),)

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    made_at: Mapped[datetime]
    actor_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    verb: Mapped[str]
    member_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    thing: Mapped[str] = mapped_column(default="")
    old: Mapped[str] = mapped_column(default="")
    new: Mapped[str] = mapped_column(default="")
