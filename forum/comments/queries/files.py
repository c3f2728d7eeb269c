"""What comments have to do with files: who may read a comment that holds some, and which an author may go back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from forum.comments import policy
from forum.comments.models import Comment, CommentRevision
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.posts import policy as posts
from forum.posts.models import Post


def sees_any(actor: Actor, comment_ids: Sequence[int]) -> bool:
    """Whether the actor can read the words of any of these, under a post that they can see."""
    seen = (
        select(Comment.id)
        .join(Post, Post.id == Comment.post_id)
        .where(Comment.id.in_(list(comment_ids)), policy.readable_by(actor), posts.visible_to(actor))
        .limit(1)
    )
    return db.session.scalar(seen) is not None


def files_in_versions(author_id: MemberId, keys: Iterable[str]) -> set[str]:
    """Those of these keys that stand in a version of some comment of the author's."""
    return {key for key in keys if db.session.scalar(_version_with(author_id, key)) is not None}


def _version_with(author_id: MemberId, key: str):  # type: ignore[no-untyped-def]  # a Select of one id
    return (
        select(CommentRevision.id)
        .join(Comment, Comment.id == CommentRevision.comment_id)
        .where(Comment.author_id == author_id, CommentRevision.source.contains(f"/media/{key}", autoescape=True))
        .limit(1)
    )
