"""Recommendations for the sample community: the same ones every time, more for what is long discussed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.posts.models import Post
from forum.recommendations.models import CommentRecommendation, PostRecommendation

# Of a hundred members, how many recommend a post, one more for each comment under it; and how many a comment.
FOR_POST = 14
FOR_COMMENT = 5
DAYS = 9


def applaud(posts: Collection[str]) -> None:
    """The posts with these import keys, and their comments."""
    members = db.session.execute(
        select(Member.id, Member.import_key).where(Member.import_key.is_not(None)).order_by(Member.id)
    ).all()
    for post in db.session.scalars(select(Post).where(Post.import_key.in_(posts)).order_by(Post.id)):
        readers = list(_readers(post, post.published_at or post.created_at, members, FOR_POST + post.comment_count))
        _recommend(post, PostRecommendation, {"post_id": post.id}, readers)
        for comment in db.session.scalars(select(Comment).where(Comment.post_id == post.id).order_by(Comment.id)):
            about = {"comment_id": comment.id, "post_id": post.id}
            readers = list(_readers(comment, comment.created_at, members, FOR_COMMENT))
            _recommend(comment, CommentRecommendation, about, readers)


def _readers(
    text: Post | Comment, written: datetime, members: Sequence[Any], percent: int
) -> Iterator[tuple[MemberId, datetime]]:
    """Who recommends it, and when."""
    for member in members:
        luck, patience = hashlib.sha256(f"{text.import_key} {member.import_key}".encode()).digest()[:2]
        if member.id != text.author_id and luck < percent * 256 // 100:
            yield member.id, min(clock.now(), written + timedelta(days=DAYS) * (patience + 1) / 256)


def _recommend(
    text: Post | Comment, table: Any, about: dict[str, int], readers: list[tuple[MemberId, datetime]]
) -> None:
    if readers:
        db.session.execute(insert(table), [{**about, "member_id": who, "created_at": when} for who, when in readers])
        here = type(text).id == text.id
        db.session.execute(update(type(text)).where(here).values(recommendation_count=len(readers)))
