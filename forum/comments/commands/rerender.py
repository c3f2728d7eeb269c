"""Bring stored texts up to the present pipeline."""

from __future__ import annotations

from sqlalchemy import select

from forum.comments.commands.words import fill
from forum.comments.models import Comment
from forum.kernel import text
from forum.kernel.db import db
from forum.posts.rendering import render

BATCH = 200


def rerender(limit: int = BATCH) -> int:
    """Render some comments of an older pipeline again and return how many. Call it until none is left."""
    old = (
        select(Comment)
        .where(Comment.pipeline < text.PIPELINE_VERSION)
        .order_by(Comment.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    comments = db.session.scalars(old).all()
    for comment in comments:
        fill(comment, comment.source, render(comment.source))
    db.session.flush()
    return len(comments)
