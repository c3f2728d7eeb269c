"""Tables of drafts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BinaryText
from forum.kernel.ids import CommentId, DraftId, MemberId, PostId


class KeptDraft(Base):
    """The fields of one form as somebody typed them; `place` (posts.places) is which form, one row for each.

    `sequence` grows with every change of the row, also with the one that closes it, so that nothing saved late opens
    it again. `writer` is the page that wrote it last, at its own `turn`. `post_id` is the post that is changed or
    commented on, `comment_id` the comment that is changed or answered; both are empty for a new post.
    """

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("member_id", "place"),)

    id: Mapped[DraftId] = mapped_column(primary_key=True)
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    place: Mapped[str] = mapped_column(BinaryText)
    post_id: Mapped[PostId | None] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    comment_id: Mapped[CommentId | None] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), index=True)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    sequence: Mapped[int]
    writer: Mapped[str]
    turn: Mapped[int]
    is_open: Mapped[bool]
    saved_at: Mapped[datetime] = mapped_column(index=True)
