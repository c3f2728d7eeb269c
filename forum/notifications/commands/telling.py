"""Tell members of something. Each hears of it once, however many reasons there are and however often it's told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import MemberState
from forum.kernel.db import db, is_sqlite
from forum.kernel.ids import CommentId, MemberId, PostId
from forum.notifications.models import Channel, Kind, Notification, NotificationChoice
from forum.notifications.policy import ALWAYS_ON_SITE, DEFAULTS, MAIL_WAIT


@dataclass(frozen=True)
class News:
    """Something to tell. `source` and the rest as in the table."""

    kind: Kind
    source: str
    thread: str
    actor_id: MemberId | None = None
    post_id: PostId | None = None
    comment_id: CommentId | None = None
    title: str = ""
    address: str = ""


def tell(members: Collection[MemberId], news: News) -> None:
    """Two statements, however many members. Whom it may be told to, the caller asked."""
    channels = _channels(members, news.kind)
    rows = [_row(member_id, news, channels) for member_id in sorted(channels)]
    rows = [row for row in rows if row["channel"] != Channel.NONE]
    if rows:
        db.session.execute(_insert()(Notification).on_conflict_do_nothing(index_elements=_ONCE), rows)


def tell_count(member_id: MemberId, news: News, count: int) -> None:
    """A number that grows, as of those who recommend a text: one line that comes up again with each."""
    channels = _channels([member_id], news.kind)
    row = {**_row(member_id, news, channels), "count": count}
    if member_id not in channels or row["channel"] == Channel.NONE:
        return
    statement = _insert()(Notification).values(**row)
    again = {name: row[name] for name in ("count", "actor_id", "at", "channel", "mail_at")}
    grown = Notification.count < count
    db.session.execute(
        statement.on_conflict_do_update(index_elements=_ONCE, set_={**again, "read_at": None}, where=grown)
    )


_ONCE = [Notification.member_id, Notification.source]


def _insert() -> Any:
    return sqlite_insert if is_sqlite() else postgresql_insert


def _channels(members: Collection[MemberId], kind: Kind) -> dict[MemberId, str]:
    """Of all who are still there: who was erased may have texts that others answer."""
    choice = and_(NotificationChoice.member_id == Member.id, NotificationChoice.kind == kind)
    chosen = (
        select(Member.id, NotificationChoice.channel)
        .outerjoin(NotificationChoice, choice)
        .where(Member.id.in_(members), Member.state != MemberState.ERASED)
    )
    return {row.id: row.channel or DEFAULTS[kind] for row in db.session.execute(chosen)}


def _row(member_id: MemberId, news: News, channels: dict[MemberId, str]) -> dict[str, Any]:
    now = clock.now()
    channel = channels.get(member_id, DEFAULTS[news.kind])
    if channel == Channel.NONE and news.kind in ALWAYS_ON_SITE:
        channel = Channel.SITE
    return {
        "member_id": member_id, "kind": news.kind, "source": news.source, "thread": news.thread, "channel": channel,
        "actor_id": news.actor_id, "post_id": news.post_id, "comment_id": news.comment_id, "title": news.title,
        "address": news.address, "count": 1, "at": now, "mail_at": _mail_at(channel, now),
    }  # fmt: skip


def _mail_at(channel: str, now: datetime) -> datetime | None:
    return now + MAIL_WAIT if channel == Channel.MAIL else None
