"""The table of bookmarks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base
from forum.kernel.ids import BookmarkId, CommentId, MemberId, PostId

OF_POST_SQL = text("comment_id IS NULL")
OF_COMMENT_SQL = text("comment_id IS NOT NULL")
REMINDED_SQL = text("remind_at IS NOT NULL")
DUE_SQL = text("remind_at IS NOT NULL AND reminded_at IS NULL")


class Bookmark(Base):
    """Of a post, or of a comment; then `post_id` is the one that it stood under."""

    __tablename__ = "bookmarks"
    __table_args__ = (
        Index(
            "uq_bookmarks_post",
            "member_id",
            "post_id",
            unique=True,
            postgresql_where=OF_POST_SQL,
            sqlite_where=OF_POST_SQL,
        ),
        Index(
            "uq_bookmarks_comment",
            "member_id",
            "comment_id",
            unique=True,
            postgresql_where=OF_COMMENT_SQL,
            sqlite_where=OF_COMMENT_SQL,
        ),
        Index("ix_bookmarks_newest", "member_id", "id"),
        Index(
            "ix_bookmarks_reminders",
            "member_id",
            "remind_at",
            postgresql_where=REMINDED_SQL,
            sqlite_where=REMINDED_SQL,
        ),
        Index("ix_bookmarks_due", "remind_at", postgresql_where=DUE_SQL, sqlite_where=DUE_SQL),
    )

    id: Mapped[BookmarkId] = mapped_column(primary_key=True)
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    post_id: Mapped[PostId] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    comment_id: Mapped[CommentId | None] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), index=True)
    note: Mapped[str] = mapped_column(default="")
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
