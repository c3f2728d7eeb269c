"""Keep a text for later, or don't any more; say why, and when to be reminded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from forum.bookmarks import policy
from forum.bookmarks.errors import NoSuchBookmark, TooMany
from forum.bookmarks.events import BookmarkDue
from forum.bookmarks.models import Bookmark
from forum.bookmarks.queries import is_of, is_waiting
from forum.comments import queries as comments
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db, is_sqlite
from forum.kernel.errors import Forbidden
from forum.kernel.events import record
from forum.kernel.ids import BookmarkId, CommentId, PostId
from forum.posts import queries as posts

# Reminders told in one transaction; the next run takes the rest.
BATCH = 500


def bookmark_post(actor: Actor, post_id: PostId, *, on: bool) -> None:
    """Repeating changes nothing. Raises NoSuchPost for what the actor may not see, TooMany."""
    if on:
        posts.get_post(post_id, actor)
    _mark(actor, post_id, None, on=on)


def bookmark_comment(actor: Actor, comment_id: CommentId, *, on: bool) -> None:
    """Repeating changes nothing. Raises NoSuchComment for what the actor may not see, TooMany."""
    comment = comments.get_comment(comment_id, actor).comment
    _mark(actor, comment.post_id, comment_id, on=on)


def remove(actor: Actor, bookmark_id: BookmarkId) -> None:
    """Whatever became of the text. Twice is once."""
    db.session.execute(delete(Bookmark).where(Bookmark.id == bookmark_id, Bookmark.member_id == actor.id))


def annotate(actor: Actor, bookmark_id: BookmarkId, note: str, remind_at: datetime | None) -> None:
    """A reminder at another time is told again. Raises NoSuchBookmark."""
    bookmark = db.session.scalar(
        select(Bookmark).where(Bookmark.id == bookmark_id, Bookmark.member_id == actor.id).with_for_update()
    )
    if bookmark is None:
        raise NoSuchBookmark
    if remind_at != bookmark.remind_at:
        bookmark.remind_at, bookmark.reminded_at = remind_at, None
    bookmark.note = note


def tell_due() -> None:
    """Record each reminder whose time has come, once. Called by the clock."""
    due = db.session.scalars(
        select(Bookmark)
        .where(is_waiting(), Bookmark.remind_at <= clock.now())
        .order_by(Bookmark.remind_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    for bookmark in due:
        bookmark.reminded_at = clock.now()
        record(BookmarkDue(bookmark.id, bookmark.member_id, bookmark.post_id, bookmark.comment_id))


def _mark(actor: Actor, post_id: PostId, comment_id: CommentId | None, *, on: bool) -> None:
    if not policy.can_bookmark(actor):
        raise Forbidden
    if not on:
        db.session.execute(delete(Bookmark).where(is_of(actor.id, post_id, comment_id)))
        return
    insert: Any = sqlite_insert if is_sqlite() else postgresql_insert
    values = {"member_id": actor.id, "post_id": post_id, "comment_id": comment_id, "created_at": clock.now()}
    row = insert(Bookmark).values(**values, note="").on_conflict_do_nothing().returning(Bookmark.id)
    if db.session.execute(row).first() and _count(actor) > policy.MAX_BOOKMARKS:
        raise TooMany(policy.MAX_BOOKMARKS)


def _count(actor: Actor) -> int:
    return db.session.scalar(select(func.count(Bookmark.id)).where(Bookmark.member_id == actor.id)) or 0
