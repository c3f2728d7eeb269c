"""Tables of reading: where a member is in a discussion, and sums for trust. Neither says when what was read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BigInt
from forum.kernel.ids import MemberId, PostId


class ReadingPlace(Base):
    """`comment_id` is the last comment seen: every later one of somebody else's is new to the member. 0: the discussion
    was empty. No foreign key, since it's a place in an order. `comments_read` never passes the post's comments.
    """

    __tablename__ = "reading_places"

    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    post_id: Mapped[PostId] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True, index=True)
    comment_id: Mapped[int] = mapped_column(BigInt)
    comments_read: Mapped[int] = mapped_column(default=0)


class ReadingTotal(Base):
    """What a member has read so far, in sums. `read_at` is when the last of it was noted: it bounds the minutes that
    may be added, and tells whether a day is a new one.
    """

    __tablename__ = "reading_totals"

    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    posts_opened: Mapped[int] = mapped_column(default=0)
    comments_read: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[int] = mapped_column(default=0)
    days_visited: Mapped[int] = mapped_column(default=0)
    read_at: Mapped[datetime]
