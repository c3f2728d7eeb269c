"""What time does to items: it stands still while information is asked, and escalates what nobody decided."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import literal_column, select

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import ItemId
from forum.moderation.commands.turns import raise_level, take_item
from forum.moderation.events import ItemOpened
from forum.moderation.models import LIVE, ItemState, ReviewItem
from forum.moderation.policy import MAX_LEVEL

# One round of the job; the rest follows a minute later.
BATCH = 200


def resume(item_id: ItemId) -> ReviewItem:
    """There is an answer: it waits again, with what was left of its time. Twice is once."""
    item = take_item(item_id)
    if item.state == ItemState.INFORMATION_ASKED:
        item.state = ItemState.ESCALATED if item.level else ItemState.OPEN
        item.due_at = clock.now() + timedelta(seconds=item.remaining_s or 0)
        item.remaining_s, item.claimed_by_id, item.claimed_until = None, None, None
        item.version += 1
        record(ItemOpened(item.id, item.lane))
    return item


def escalate_overdue() -> None:
    """For the worker, by the clock."""
    live = ReviewItem.state.in_([literal_column(f"'{one.value}'") for one in LIVE])
    late = select(ReviewItem).where(live, ReviewItem.due_at < clock.now(), ReviewItem.level < MAX_LEVEL)
    for item in db.session.scalars(late.order_by(ReviewItem.due_at, ReviewItem.id).limit(BATCH)).all():
        raise_level(item, None)
