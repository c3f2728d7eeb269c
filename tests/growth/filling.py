"""What `forum sample` doesn't make, in bulk: a full queue, decisions, log lines, news, follows, bookmarks, letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from forum.accounts.models import Member
from forum.bookmarks.models import Bookmark
from forum.comments.models import Comment
from forum.following.models import Follow
from forum.kernel import clock
from forum.kernel.db import Base, db, table_of
from forum.kernel.ids import MemberId
from forum.kernel.mailer import LetterState, StoredLetter
from forum.moderation.models import Action, Decision, ItemState, Lane, LogLine, ReviewItem, Scope, SubjectType
from forum.notifications.models import Channel, Kind, Notification
from forum.organisations.models import Organisation
from forum.reading.models import ReadingPlace

EACH = 3_000
FOLLOWED = 400
Row = dict[str, Any]


def fill(username: str) -> None:
    """The member of that name has all of the news, follows, bookmarks and half-read discussions."""
    member_id = db.session.scalars(select(Member.id).where(Member.username == username)).one()
    columns = (Comment.id, Comment.post_id, Comment.author_id)
    comments = db.session.execute(select(*columns).order_by(Comment.id.desc()).limit(EACH)).all()
    now = clock.now()
    _insert(ReviewItem, (_item(row, now) for row in comments))
    _insert(Decision, _decisions(now))
    _insert(LogLine, (_line(number, now) for number in range(1, EACH + 1)))
    _insert(Notification, (_news(row, member_id, now) for row in comments))
    _insert(Bookmark, (_mark(row, member_id, now) for row in comments))
    _insert(Follow, _follows(member_id, now))
    _insert(StoredLetter, (_letter(number, now) for number in range(EACH)))
    posts = {row.post_id: row.id for row in comments}
    places = ({"member_id": member_id, "post_id": post, "comment_id": last} for post, last in posts.items())
    _insert(ReadingPlace, places)


def _insert(model: type[Base], rows: Iterator[Row]) -> None:
    db.session.execute(insert(table_of(model)), list(rows))


def _item(row: Any, now: datetime) -> Row:
    """Every second one is decided."""
    is_decided = row.id % 2 == 0
    moment = now - timedelta(minutes=row.id)
    return {
        "lane": Lane.REPORTS, "scope": Scope.SITE, "subject_type": SubjectType.COMMENT, "subject_id": row.id,
        "post_id": row.post_id, "author_id": row.author_id, "reason": "spam", "title": "A title", "excerpt": "Words",
        "state": ItemState.DECIDED if is_decided else ItemState.OPEN, "due_at": moment + timedelta(days=2),
        "created_at": moment, "opened_at": moment, "decided_at": now if is_decided else None,
    }  # fmt: skip


def _decisions(now: datetime) -> Iterator[Row]:
    decided = select(ReviewItem.id).where(ReviewItem.state == ItemState.DECIDED)
    for item_id in db.session.scalars(decided):
        yield {
            "item_id": item_id, "item_version": 1, "action": Action.REMOVE, "decided_at": now, "in_force": True,
            "facts": "Looked at.", "before": {},
        }  # fmt: skip


def _line(number: int, now: datetime) -> Row:
    return {
        "made_at": now, "lane": Lane.REPORTS, "action": Action.KEEP, "ground": "", "scope": Scope.SITE,
        "subject_type": SubjectType.COMMENT, "seal": "", "nonce": "",
        "previous_hash": f"{number - 1:064x}", "hash": f"{number:064x}",
    }  # fmt: skip


def _news(row: Any, member_id: MemberId, now: datetime) -> Row:
    return {
        "member_id": member_id, "kind": Kind.REPLY, "source": f"comment:{row.id}", "thread": f"post:{row.post_id}",
        "channel": Channel.SITE, "actor_id": row.author_id, "post_id": row.post_id, "comment_id": row.id, "at": now,
    }  # fmt: skip


def _mark(row: Any, member_id: MemberId, now: datetime) -> Row:
    return {"member_id": member_id, "post_id": row.post_id, "comment_id": row.id, "note": "", "created_at": now}


def _follows(member_id: MemberId, now: datetime) -> Iterator[Row]:
    for organisation_id in db.session.scalars(select(Organisation.id).limit(FOLLOWED)):
        about = {"kind": "organisation", "target_id": organisation_id, "level": "every"}
        yield {"member_id": member_id, "created_at": now, **about}


def _letter(number: int, now: datetime) -> Row:
    return {
        "to_address": "a@example.org", "to_name": "", "subject": "A subject", "plain": "Words", "html": "",
        "headers": {}, "message_id": f"<{number}@example.org>", "state": LetterState.WAITING,
        "created_at": now, "next_at": now,
    }  # fmt: skip
