"""Letters about appeals, once their decision has settled; and what an undone decision does to them."""

from __future__ import annotations

from sqlalchemy import select

from forum.appeals import commands, mail, queries
from forum.kernel.db import db
from forum.kernel.ids import DecisionId, ItemId
from forum.moderation.commands import close_unneeded
from forum.moderation.events import DecisionSettled, DecisionUndone
from forum.moderation.models import WAITING, Lane, ReviewItem, SubjectType


def answer_appeals(event: DecisionSettled) -> None:
    """Twice is once: answered ones aren't answered again."""
    if event.lane != Lane.APPEALS:
        return
    waiting = [one for one in queries.appeals_of_item(ItemId(event.item_id)) if one.answer_id is None]
    commands.settle(ItemId(event.item_id), DecisionId(event.decision_id))
    for appeal in waiting:
        mail.answer(appeal, event.action)


def drop_appeal(event: DecisionUndone) -> None:
    """A decision that was taken back within its minute needs no second look."""
    about = (ReviewItem.lane == Lane.APPEALS, ReviewItem.subject_type == SubjectType.DECISION)
    waits = (ReviewItem.subject_id == event.decision_id, ReviewItem.state.in_(WAITING))
    item = db.session.scalar(select(ReviewItem).where(*about, *waits))
    if item is not None:
        close_unneeded(item)
