"""What a post knows of its thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Update, bindparam, case, update

from forum.kernel.access import Actor
from forum.kernel.db import run, table_of
from forum.kernel.errors import Forbidden, Invalid
from forum.kernel.events import record
from forum.kernel.ids import MemberId, OrganisationId, PostId
from forum.posts import policy
from forum.posts.errors import NoSuchPost
from forum.posts.events import CommentModeChanged
from forum.posts.models import CommentMode, Post
from forum.posts.queries import get_post
from forum.posts.queries.one import check_reach

CHOICES = tuple(one for one in CommentMode if one is not CommentMode.LOCKED)


@dataclass(frozen=True)
class Thread:
    """The post above a comment that is being sent. `next_root` is the ordinal after the last one taken at its top."""

    id: PostId
    kind: str
    state: str
    comment_mode: str
    author_id: MemberId
    organisation_id: OrganisationId | None
    slug: str
    language: str
    next_root: int


_THREAD = (
    Post.id, Post.kind, Post.state, Post.comment_mode, Post.author_id, Post.organisation_id, Post.slug, Post.language,
    Post.next_root,
)  # fmt: skip


def enter_thread(actor: Actor, post_id: PostId, at: datetime, *, at_top: bool) -> Thread:
    """Count a comment written at `at`, and take the next ordinal if it stands at the top of the thread.

    One statement, that also keeps everybody else from the thread until the transaction ends. Raises NoSuchPost where
    the actor may not see the post; like every refusal, that ends the transaction, so nothing was counted.
    """
    check_reach(post_id)
    row = run(_enter(), {"of_post": post_id, "delta": 1, "moment": at, "roots": int(at_top)}).mappings().first()
    thread = Thread(**row) if row is not None else None
    if thread is None or not policy.can_see(actor, thread):
        raise NoSuchPost
    return thread


@cache
def _enter() -> Any:
    return _note(dated=True).values(next_root=Post.next_root + bindparam("roots")).returning(*_THREAD)


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
