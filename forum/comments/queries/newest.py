"""The newest comments of a post, for those who follow it elsewhere."""

from __future__ import annotations

from sqlalchemy import select

from forum.comments.models import Comment
from forum.comments.queries.conditions import is_readable
from forum.comments.queries.rows import COLUMNS, CommentRow, rows_of, with_people
from forum.kernel.db import db
from forum.kernel.ids import CommentId, PostId
from forum.kernel.paging import Page

NEWEST = 50


def page_of_newest(post_id: PostId, after: CommentId | None = None, limit: int = NEWEST) -> Page[CommentRow]:
    """Those that readers can read, newest first, from `after` on; one range of ix_comments_newest.

    Whether the reader may see the post is asked before.
    """
    found = select(*COLUMNS).where(Comment.post_id == post_id, is_readable(Comment))
    if after is not None:
        found = found.where(Comment.id < after)
    part = found.order_by(Comment.id.desc()).limit(limit + 1).subquery()
    rows = rows_of(db.session.execute(with_people(part).order_by(part.c.id.desc())))
    more = len(rows) > limit
    return Page(rows[:limit], after=str(rows[limit - 1].id) if more else None)
