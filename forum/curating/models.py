"""What curators did."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BigInt
from forum.kernel.ids import MemberId, PostId, TopicId


class Aspect(StrEnum):
    """What of a topic or a post curators change."""

    FEATURED = "featured"
    PINNED = "pinned"
    NOTE = "note"
    TOPICS = "topics"
    THREAD = "thread"
    MERGE = "merge"


class CuratingAct(Base):
    """One change: how the aspect was `before` it and `after` it, so that it can be taken back while nobody changed it
    since."""

    __tablename__ = "curating_acts"
    __table_args__ = (
        Index("ix_curating_acts_topic_id", "topic_id", "id"),
        Index("ix_curating_acts_post_id", "post_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    aspect: Mapped[str]
    verb: Mapped[str]
    topic_id: Mapped[TopicId | None] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    post_id: Mapped[PostId | None] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    actor_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id"), index=True)
    before: Mapped[Any] = mapped_column(JSON)
    after: Mapped[Any] = mapped_column(JSON)
    made_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id"), index=True)
