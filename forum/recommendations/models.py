"""Tables of recommendations: the primary key is what makes a second one impossible."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base
from forum.kernel.ids import CommentId, MemberId, PostId


class PostRecommendation(Base):
    __tablename__ = "post_recommendations"

    post_id: Mapped[PostId] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[MemberId] = mapped_column(
        ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[datetime]


class CommentRecommendation(Base):
    """`post_id` repeats the comment's, so that one index range gives a member's marks on a page."""

    __tablename__ = "comment_recommendations"
    __table_args__ = (Index("ix_comment_recommendations_marks", "member_id", "post_id", "comment_id"),)

    comment_id: Mapped[CommentId] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    post_id: Mapped[PostId] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
