"""Settle a question or a request."""

from __future__ import annotations

from sqlalchemy import update

from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import CommentId, PostId
from forum.posts import policy
from forum.posts.errors import NotYours
from forum.posts.events import PostAnswered, PostReopened
from forum.posts.models import Post
from forum.posts.queries import get_post


def accept_answer(actor: Actor, post_id: PostId, comment_id: CommentId) -> None:
    """The asker says which comment answers the question, instead of any before; twice is once.

    The caller knows that the comment is one of this post's that readers can read. Raises NoSuchPost or NotYours.
    """
    post = get_post(post_id, actor, lock=True)
    if not policy.can_accept(actor, post):
        raise NotYours
    if post.accepted_comment_id != comment_id:
        post.accepted_comment_id, post.answered = comment_id, True
        record(PostAnswered(post.id, comment_id))


def unaccept(actor: Actor, post_id: PostId) -> None:
    """The asker takes that back; twice is once. Raises NoSuchPost or NotYours."""
    post = get_post(post_id, actor, lock=True)
    if not policy.can_accept(actor, post):
        raise NotYours
    if post.answered:
        post.accepted_comment_id, post.answered = None, False
        record(PostReopened(post.id))


def forget_answer(post_id: PostId, comment_id: CommentId) -> None:
    """The accepted comment can't be read any more, whoever took it away. Nothing if it wasn't the accepted one."""
    here = (Post.id == post_id) & (Post.accepted_comment_id == comment_id)
    reopened = db.session.scalar(
        update(Post).where(here).values(accepted_comment_id=None, answered=False).returning(Post.id)
    )
    if reopened is not None:
        record(PostReopened(post_id))


def mark_answered(actor: Actor, post_id: PostId, *, answered: bool) -> Post:
    """Whoever asked for something says that they have it, or still need it. Raises NoSuchPost or NotYours."""
    post = get_post(post_id, actor, lock=True)
    if not policy.can_mark_answered(actor, post):
        raise NotYours
    if post.answered != answered:
        post.answered = answered
        record(PostAnswered(post.id, None) if answered else PostReopened(post.id))
    return post
