"""What a post knows of its thread."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from flask_babel import lazy_gettext as _
from sqlalchemy import Update, bindparam, case, update

from forum.kernel.access import Actor
from forum.kernel.db import run, table_of
from forum.kernel.errors import Forbidden, Invalid
from forum.kernel.events import record
from forum.kernel.ids import PostId
from forum.posts import policy
from forum.posts.events import CommentModeChanged
from forum.posts.models import CommentMode, Post
from forum.posts.queries import get_post

CHOICES = tuple(one for one in CommentMode if one is not CommentMode.LOCKED)


def note_comment(post_id: PostId, delta: int, at: datetime | None = None) -> None:
    """Readers see `delta` more comments; `at` is when one was written, None where that isn't news (a withdrawal)."""
    values = {"of_post": post_id, "delta": delta}
    run(_note(dated=at is not None), values if at is None else {**values, "moment": at})


@cache
def _note(*, dated: bool) -> Update:
    values: dict[str, object] = {"comment_count": Post.comment_count + bindparam("delta")}
    if dated:
        moment = bindparam("moment", type_=Post.last_activity_at.type)
        values["last_activity_at"] = case((Post.last_activity_at < moment, moment), else_=Post.last_activity_at)
    return update(table_of(Post)).where(Post.id == bindparam("of_post")).values(values)


def set_comment_mode(actor: Actor, post_id: PostId, mode: str) -> Post:
    """Close the thread, open it again, or let its comments wait for a moderator.

    Raises NoSuchPost, Forbidden, or Invalid for another mode.
    """
    post = get_post(post_id, actor, lock=True)
    if not policy.can_set_comment_mode(actor, post):
        raise Forbidden(_("Only its author and those who look after this thread can close or open it."))
    if mode not in CHOICES:
        raise Invalid(_("A discussion is open, closed, or looked at by a moderator first. Choose one of these."))
    if post.comment_mode != mode:
        post.comment_mode = mode
        record(CommentModeChanged(post.id, mode))
    return post
