"""What posts have to do with files: who may see a post that holds some, and which an author may go back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.posts import policy
from forum.posts.models import Post, PostRevision


def sees_any(actor: Actor, post_ids: Sequence[int]) -> bool:
    seen = select(Post.id).where(Post.id.in_(list(post_ids)), policy.visible_to(actor)).limit(1)
    return db.session.scalar(seen) is not None


def files_in_versions(author_id: MemberId, keys: Iterable[str]) -> set[str]:
    """Those of these keys that stand in a version of some post of the author's."""
    return {key for key in keys if db.session.scalar(_version_with(author_id, key)) is not None}


def _version_with(author_id: MemberId, key: str):  # type: ignore[no-untyped-def]  # a Select of one id
    return (
        select(PostRevision.id)
        .join(Post, Post.id == PostRevision.post_id)
        .where(Post.author_id == author_id, PostRevision.source.contains(f"/media/{key}", autoescape=True))
        .limit(1)
    )
