"""Bring stored texts up to the present pipeline."""

from __future__ import annotations

from sqlalchemy import select

from forum.kernel import text
from forum.kernel.db import db
from forum.posts.models import Post
from forum.posts.rendering import render

BATCH = 100


def rerender(limit: int = BATCH) -> int:
    """Render some posts of an older pipeline again and return how many. Call it until none is left."""
    old = (
        select(Post)
        .where(Post.pipeline < text.PIPELINE_VERSION)
        .order_by(Post.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    posts = db.session.scalars(old).all()
    for post in posts:
        body = render(post.source)
        post.html, post.excerpt, post.words = body.html, body.excerpt, body.words
        post.pipeline = text.PIPELINE_VERSION
    db.session.flush()
    return len(posts)
