"""One comment, for those who do something with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select

from forum.comments import policy
from forum.comments.errors import NoSuchComment
from forum.comments.models import Comment
from forum.comments.queries.rows import COLUMNS, CommentRow, row_of, with_people
from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.db import db
from forum.kernel.errors import NotFound
from forum.kernel.ids import CommentId, PostId
from forum.posts import policy as posts_policy
from forum.posts import queries as posts
from forum.posts.models import Post

MAX_ID = 2**63 - 1  # the databases' largest integer: a number out of an address may be larger


class Standing(Protocol):
    """What says where a comment stands: the row, or a record of it."""

    @property
    def id(self) -> CommentId: ...
    @property
    def post_id(self) -> PostId: ...
    @property
    def path(self) -> str: ...
    @property
    def depth(self) -> int: ...


class Addressed(Protocol):
    """What a post's address is made of."""

    @property
    def id(self) -> PostId: ...
    @property
    def slug(self) -> str: ...


class Placed(Protocol):
    """A comment and the post it stands under, as far as an address goes."""

    @property
    def comment(self) -> Standing: ...
    @property
    def post(self) -> Addressed: ...


@dataclass(frozen=True)
class Found:
    """A comment and the post it stands under."""

    comment: Comment
    post: Post


def get_comment(comment_id: CommentId, actor: Actor = ANONYMOUS, *, lock: bool = False) -> Found:
    """The rows, if the actor may see both. With `lock` nothing in the thread changes until the transaction ends.

    The lock is the post's: who changes anything in a thread takes it first, so that no two wait for each other's
    comments. Raises NoSuchComment.
    """
    if lock:
        _lock_post_of(comment_id, actor)
    row = db.session.execute(
        select(Comment, Post)
        .join(Post, Post.id == Comment.post_id)
        .where(Comment.id == _reachable(comment_id), policy.visible_to(actor), posts_policy.visible_to(actor))
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NoSuchComment
    return Found(row.Comment, row.Post)


def _lock_post_of(comment_id: CommentId, actor: Actor) -> None:
    post_id = db.session.scalar(select(Comment.post_id).where(Comment.id == _reachable(comment_id)))
    try:
        posts.get_post(post_id or PostId(0), actor, lock=True)
    except NotFound:
        raise NoSuchComment from None


def _reachable(comment_id: CommentId) -> CommentId:
    return comment_id if comment_id <= MAX_ID else CommentId(0)


def find_row(post_id: PostId, comment_id: CommentId) -> CommentRow | None:
    """A comment of a post as its page shows it, if readers can read its words."""
    wanted = Comment.id == _reachable(comment_id)
    found = select(*COLUMNS).where(wanted, Comment.post_id == post_id).subquery()
    row = db.session.execute(with_people(found)).first()
    shown = row_of(row) if row is not None else None
    return shown if shown is not None and policy.can_be_answered(shown.state) else None
