"""Tables of following."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BigInt
from forum.kernel.ids import MemberId


class TargetKind(StrEnum):
    TOPIC = "topic"
    ORGANISATION = "organisation"
    MEMBER = "member"
    POST = "post"


class Level(StrEnum):
    """EVERY: each post, or under a post each comment. HIGHLIGHTS: what others found worth it. MUTED: nothing at all."""

    EVERY = "every"
    HIGHLIGHTS = "highlights"
    MUTED = "muted"


class Follow(Base):
    """`target_id` is an id of whatever `kind` says; what is followed is never deleted, only hidden."""

    __tablename__ = "follows"
    __table_args__ = (
        UniqueConstraint("member_id", "kind", "target_id"),
        Index("ix_follows_followers", "kind", "target_id", "level", "member_id"),
    )

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    kind: Mapped[str]
    target_id: Mapped[int] = mapped_column(BigInt)
    level: Mapped[str]
    created_at: Mapped[datetime]
