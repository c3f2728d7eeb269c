"""Note what was read, in batches; and say that all of a discussion was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from forum.comments.models import Comment
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db, is_sqlite
from forum.kernel.events import record
from forum.kernel.ids import MemberId, PostId
from forum.posts import queries as posts
from forum.posts.models import Post, PostState
from forum.reading.events import DiscussionSeen
from forum.reading.models import ReadingPlace, ReadingTotal
from forum.reading.policy import LONGEST_S
from forum.reading.queries import is_news

FRESH = {"populate_existing": True}


@dataclass(frozen=True)
class Seen:
    """A page of a discussion that a member looked at: since when, for how many seconds, and which comments."""

    member_id: MemberId
    post_id: PostId
    comment_ids: tuple[int, ...]
    seconds: int
    at: datetime


def note(batch: Sequence[Seen]) -> None:
    """Write what was seen, in an order in which two processes never wait for each other."""
    for seen in sorted(batch, key=lambda one: (one.member_id, one.post_id, one.at)):
        _note(seen)


def mark_all_read(actor: Actor, post_id: PostId) -> Post:
    """Nothing in the discussion is new to the actor any more. Raises NoSuchPost."""
    post = posts.get_post(post_id, actor)
    newest = db.session.scalar(select(func.max(Comment.id)).where(Comment.post_id == post_id)) or 0
    place = _find_place(actor.id, post_id) or _open(actor.id, post_id, newest)
    place.comment_id = max(place.comment_id, newest)
    record(DiscussionSeen(actor.id, post_id, newest, ()))
    return post


def _note(seen: Seen) -> None:
    count = db.session.scalar(
        select(Post.comment_count).where(Post.id == seen.post_id, Post.state == PostState.PUBLISHED)
    )
    if count is None:
        return
    total = _take_total(seen)
    known = _known(seen)
    place = _find_place(seen.member_id, seen.post_id)
    if place is None:
        place = _open(seen.member_id, seen.post_id, _newest_before(seen))
        total.posts_opened += 1
    else:
        place.comment_id = _moved_on(seen, place, known)
    read = min(place.comments_read + len(known), count)
    total.comments_read += max(read - place.comments_read, 0)
    place.comments_read = max(read, place.comments_read)
    db.session.flush()
    record(DiscussionSeen(seen.member_id, seen.post_id, place.comment_id, known))


def _find_place(member_id: MemberId, post_id: PostId) -> ReadingPlace | None:
    here = (ReadingPlace.member_id == member_id) & (ReadingPlace.post_id == post_id)
    return db.session.scalar(select(ReadingPlace).where(here).with_for_update(), execution_options=FRESH)


def _open(member_id: MemberId, post_id: PostId, comment_id: int) -> ReadingPlace:
    """Another process may be doing the same at this moment; then it's that one's row."""
    _add(ReadingPlace, member_id=member_id, post_id=post_id, comment_id=comment_id, comments_read=0)
    return db.session.get_one(ReadingPlace, (member_id, post_id), with_for_update=True, populate_existing=True)


def _add(table: Any, **values: Any) -> None:
    insert = sqlite_insert if is_sqlite() else postgresql_insert
    db.session.execute(insert(table).values(**values).on_conflict_do_nothing())


def _known(seen: Seen) -> tuple[int, ...]:
    """Those that are there, can be read and are somebody else's."""
    ids = select(Comment.id).where(Comment.id.in_(seen.comment_ids), *is_news(seen.post_id, seen.member_id))
    return tuple(sorted(db.session.scalars(ids)))


def _newest_before(seen: Seen) -> int:
    """On a first visit all that was there is taken in at a glance, and only what comes later is new."""
    here = (Comment.post_id == seen.post_id) & (Comment.created_at <= seen.at)
    return db.session.scalar(select(func.max(Comment.id)).where(here)) or 0


def _moved_on(seen: Seen, place: ReadingPlace, known: tuple[int, ...]) -> int:
    """Up to the first new comment that wasn't seen: one on another page, or further down, stays new."""
    missed = db.session.scalar(
        select(func.min(Comment.id)).where(
            *is_news(seen.post_id, seen.member_id), Comment.id > place.comment_id, Comment.id.not_in(known)
        )
    )
    return max([place.comment_id, *(one for one in known if missed is None or one < missed)])


def _take_total(seen: Seen) -> ReadingTotal:
    """The member's sums, with day and time added. Never more time than went by since the last note."""
    now = clock.now()
    total = _find_total(seen.member_id)
    if total is None:
        long_ago = now - timedelta(seconds=LONGEST_S)
        sums = dict.fromkeys(("posts_opened", "comments_read", "seconds"), 0)
        _add(ReadingTotal, member_id=seen.member_id, **sums, days_visited=1, read_at=long_ago)
        total = db.session.get_one(ReadingTotal, seen.member_id, with_for_update=True, populate_existing=True)
    elif total.read_at.date() < now.date():
        total.days_visited += 1
    total.seconds += max(min(seen.seconds, LONGEST_S, int((now - total.read_at).total_seconds())), 0)
    total.read_at = now
    return total


def _find_total(member_id: MemberId) -> ReadingTotal | None:
    here = select(ReadingTotal).where(ReadingTotal.member_id == member_id).with_for_update()
    return db.session.scalar(here, execution_options=FRESH)
