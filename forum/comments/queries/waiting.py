"""A member's own comments under a post that nobody else sees yet, or any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.comments.models import Comment
from forum.comments.queries.conditions import is_waiting
from forum.kernel.db import db
from forum.kernel.ids import CommentId, MemberId, PostId

# More than anybody has waiting in one thread; whoever has sees the rest when these are decided.
MOST = 50


@dataclass(frozen=True)
class WaitingComment:
    """`html` is from text.render. `returned_because` are a moderator's words, where it came back."""

    id: CommentId
    parent_id: CommentId | None
    html: str
    language: str
    state: str
    created_at: datetime
    returned_because: str


def own_waiting(post_id: PostId, member_id: MemberId) -> tuple[WaitingComment, ...]:
    """In the order of the thread."""
    fields = (Comment.id, Comment.parent_id, Comment.html, Comment.language, Comment.state, Comment.created_at)
    rows = db.session.execute(
        select(*fields, Comment.returned_because)
        .where(Comment.author_id == member_id, Comment.post_id == post_id, is_waiting())
        .order_by(Comment.path)
        .limit(MOST)
    )
    return tuple(WaitingComment(*row) for row in rows)
