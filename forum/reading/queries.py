"""Reads of reading."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from forum.accounts.models import Block
from forum.comments.models import Comment
from forum.comments.queries.conditions import is_readable
from forum.kernel.db import db
from forum.kernel.ids import MemberId, PostId
from forum.reading.models import ReadingPlace, ReadingTotal


@dataclass(frozen=True)
class Totals:
    """What trust asks of a member's reading. `last_read_at` is None for who never read signed in."""

    posts_opened: int = 0
    comments_read: int = 0
    minutes: int = 0
    days_visited: int = 0
    last_read_at: datetime | None = None


def totals_of(member_id: MemberId) -> Totals:
    total = db.session.get(ReadingTotal, member_id, populate_existing=True)
    if total is None:
        return Totals()
    return Totals(
        posts_opened=total.posts_opened,
        comments_read=total.comments_read,
        minutes=total.seconds // 60,
        days_visited=total.days_visited,
        last_read_at=total.read_at,
    )


def opened_of(member_id: MemberId, post_ids: Collection[PostId]) -> set[PostId]:
    """Those of the posts that the member has had before their eyes."""
    here = select(ReadingPlace.post_id).where(ReadingPlace.member_id == member_id, ReadingPlace.post_id.in_(post_ids))
    return set(db.session.scalars(here))


def is_news(post_id: PostId, member_id: MemberId) -> tuple[ColumnElement[bool], ...]:
    """What a comment must be to be new to a member: readable, and of somebody else whom they didn't block."""
    blocked = select(Block.blocked_id).where(Block.member_id == member_id)
    return (
        Comment.post_id == post_id,
        is_readable(Comment),
        Comment.author_id != member_id,
        Comment.author_id.not_in(blocked),
    )


def count_new(member_id: MemberId, post_id: PostId) -> int:
    """New comments since the member was there; 0 in a discussion that they never opened."""
    place = db.session.get(ReadingPlace, (member_id, post_id), populate_existing=True)
    if place is None:
        return 0
    news = (*is_news(post_id, member_id), Comment.id > place.comment_id)
    return db.session.scalars(select(func.count()).select_from(Comment).where(*news)).one()
