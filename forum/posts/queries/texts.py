"""Whole texts of posts, for those who read them elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.kernel.db import db
from forum.kernel.ids import PostId
from forum.posts.models import Post
from forum.posts.policy import IS_PUBLISHED


@dataclass(frozen=True)
class WholeText:
    """`html` comes from text.render."""

    html: str
    edited_at: datetime | None


def whole_texts(post_ids: Collection[PostId]) -> dict[PostId, WholeText]:
    """Of those that are published, by id."""
    rows = db.session.execute(select(Post.id, Post.html, Post.edited_at).where(Post.id.in_(post_ids), IS_PUBLISHED))
    return {row.id: WholeText(row.html, row.edited_at) for row in rows}
