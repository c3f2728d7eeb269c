"""What a post knows of its thread."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import case, literal, update

from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import Forbidden, Invalid
from forum.kernel.events import record
from forum.kernel.ids import PostId
from forum.posts import policy
from forum.posts.events import CommentModeChanged
from forum.posts.models import CommentMode, Post
from forum.posts.queries import get_post

# A premoderated thread comes with the queue that its comments wait in.
CHOICES = (CommentMode.OPEN, CommentMode.CLOSED)


def note_comment(post_id: PostId, delta: int, at: datetime | None = None) -> None:
    """Readers see `delta` more comments; `at` is when one was written, None where that isn't news (a withdrawal)."""
    values: dict[str, object] = {"comment_count": Post.comment_count + delta}
    if at is not None:
        moment = literal(at, Post.last_activity_at.type)
        values["last_activity_at"] = case((Post.last_activity_at < moment, moment), else_=Post.last_activity_at)
    db.session.execute(update(Post).where(Post.id == post_id).values(values))


def set_comment_mode(actor: Actor, post_id: PostId, mode: str) -> Post:
    """Close the thread or open it again. Raises NoSuchPost, Forbidden, or Invalid for another mode."""
    post = get_post(post_id, actor, lock=True)
    if not policy.can_set_comment_mode(actor, post):
        raise Forbidden(_("Only its author and those who look after this thread can close or open it."))
    if mode not in CHOICES:
        raise Invalid(_("A thread is either open or closed. Choose one of the two."))
    if post.comment_mode != mode:
        post.comment_mode = mode
        record(CommentModeChanged(post.id, mode))
    return post
