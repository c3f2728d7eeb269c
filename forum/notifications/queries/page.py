"""The page of updates: what a member was told, grouped by what it's about and by day. A fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import func, select

from forum.comments.models import Comment
from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.ids import MemberId, NotificationId
from forum.kernel.paging import PAGE, cursor_id
from forum.notifications.models import Notification
from forum.notifications.policy import TABS, WINDOW
from forum.notifications.queries.lines import lines_of, select_lines, visible_lines
from forum.notifications.records import Day, Group, Line
from forum.posts.models import Post

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Updates:
    """`unread` counts groups, as the badge does. `after` is where the next page begins."""

    tab: str
    days: tuple[Day, ...]
    unread: int
    after: str | None


def page_of_updates(member_id: MemberId, tab: str, after: str | None = None) -> Updates:
    """A window of the newest, grouped; at most PAGE groups of it."""
    query = select_lines().where(Notification.member_id == member_id, Notification.kind.in_(TABS[tab]))
    start = _place(member_id, after)
    if start is not None:
        at, id_ = start
        query = query.where((Notification.at < at) | ((Notification.at == at) & (Notification.id < id_)))
    rows = db.session.execute(query.order_by(Notification.at.desc(), Notification.id.desc()).limit(WINDOW)).all()
    lines = lines_of(rows)
    shown = _fitting(lines)
    more = len(shown) < len(lines) or len(lines) == WINDOW
    return Updates(tab, _by_day(grouped(shown)), count_unread(member_id), str(shown[-1].id) if more and shown else None)


def count_unread(member_id: MemberId) -> int:
    """Groups with something unread in them that can be read."""
    unread = (
        select(Notification.thread)
        .outerjoin(Post, Post.id == Notification.post_id)
        .outerjoin(Comment, Comment.id == Notification.comment_id)
        .where(Notification.member_id == member_id, Notification.read_at.is_(None), Notification.thread > "")
        .where(visible_lines())
        .distinct()
        .limit(100)
    )
    return db.session.scalars(select(func.count()).select_from(unread.subquery())).one()


def find_address(member_id: MemberId, notification_id: NotificationId) -> str | None:
    """Where one of the member's leads; None for somebody else's, and for what can't be read any more."""
    mine = (Notification.id == notification_id, Notification.member_id == member_id)
    row = db.session.execute(select_lines().where(*mine)).first()
    return lines_of([row])[0].address if row is not None else None


def grouped(lines: Iterable[Line]) -> list[Group]:
    """In the order of each group's newest."""
    found: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        found.setdefault(_group_of(line), []).append(line)
    return [Group(tuple(group), _others(group)) for group in found.values()]


def _group_of(line: Line) -> tuple[object, ...]:
    """By kind, thing and whether it was read, within a day."""
    return (line.kind, line.thread, line.is_read, line.at.date())


def _fitting(lines: Sequence[Line]) -> Sequence[Line]:
    """Up to the line that would begin one group too many."""
    groups: set[tuple[object, ...]] = set()
    for number, line in enumerate(lines):
        groups.add(_group_of(line))
        if len(groups) > PAGE:
            return lines[:number]
    return lines


def _others(lines: Sequence[Line]) -> int:
    """Speakers besides the first; of those who recommend, only how many."""
    if lines[0].count > 1:
        return lines[0].count - 1
    return len({(line.plate.id if line.plate else 0, line.actor.id if line.actor else 0) for line in lines}) - 1


def _by_day(groups: Sequence[Group]) -> tuple[Day, ...]:
    today = clock.now()
    return tuple(
        Day(name, tuple(part)) for name, part in groupby(groups, key=lambda group: _day(group.newest.at, today))
    )


def _day(at: datetime, now: datetime) -> str:
    if at.date() == now.date():
        return "today"
    if at.date() == (now - timedelta(days=1)).date():
        return "yesterday"
    return "week" if now - at < WEEK else "earlier"


def _place(member_id: MemberId, after: str | None) -> tuple[datetime, int] | None:
    wanted = cursor_id(after)
    if wanted is None:
        return None
    mine = (Notification.id == wanted, Notification.member_id == member_id)
    row = db.session.execute(select(Notification.at, Notification.id).where(*mine)).first()
    return (row.at, row.id) if row is not None else None
