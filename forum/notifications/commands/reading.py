"""Notifications that were read: by opening them, by reading what they are about, or by saying so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update

from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import MemberId, NotificationId
from forum.notifications.models import Notification


def mark_read(actor: Actor, notification_id: NotificationId) -> None:
    """With all that stand in the same group. One that isn't the actor's, or is gone, changes nothing."""
    _mark_group(actor.id, notification_id)


def mark_all_read(actor: Actor) -> None:
    _mark(Notification.member_id == actor.id)


def mark_opened(opened: Sequence[tuple[MemberId, NotificationId]]) -> None:
    """Those that members followed to what they are about."""
    for member_id, notification_id in sorted(opened):
        _mark_group(member_id, notification_id)


def mark_seen(member_id: int, post_id: int, comment_id: int, comment_ids: Sequence[int]) -> None:
    """A member had a post before their eyes, and its comments up to one and some more."""
    _mark(
        Notification.member_id == member_id,
        Notification.post_id == post_id,
        or_(
            Notification.comment_id.is_(None),
            Notification.comment_id <= comment_id,
            Notification.comment_id.in_(comment_ids),
        ),
    )


def _mark_group(member_id: MemberId, notification_id: NotificationId) -> None:
    mine = (Notification.id == notification_id, Notification.member_id == member_id)
    found = db.session.execute(select(Notification.kind, Notification.thread, Notification.at).where(*mine)).first()
    if found is not None:
        same = (Notification.kind == found.kind, Notification.thread == found.thread, Notification.at <= found.at)
        _mark(Notification.member_id == member_id, *same)


def _mark(*which: ColumnElement[bool]) -> None:
    values: dict[str, Any] = {"read_at": clock.now(), "mail_at": None}
    db.session.execute(
        update(Notification).where(Notification.read_at.is_(None), *which).values(values),
        execution_options={"synchronize_session": False},
    )
