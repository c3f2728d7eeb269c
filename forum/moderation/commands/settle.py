"""The minute has passed: what was decided stands."""

from __future__ import annotations

from sqlalchemy import select, update

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.events import record
from forum.moderation.events import DecisionSettled
from forum.moderation.models import Decision, ReviewItem

BATCH = 100


def settle() -> None:
    """For the worker, by the clock. Each decision settles once."""
    due = (Decision.settles_at.is_not(None), Decision.settles_at <= clock.now(), Decision.in_force)
    some = select(Decision.id).where(*due).order_by(Decision.settles_at).limit(BATCH).with_for_update(skip_locked=True)
    for decision_id in db.session.scalars(some).all():
        here = (Decision.id == decision_id, Decision.settles_at.is_not(None), Decision.in_force)
        settled = db.session.scalar(update(Decision).where(*here).values(settles_at=None).returning(Decision.id))
        if settled is not None:
            _tell(db.session.get_one(Decision, decision_id))


def _tell(decision: Decision) -> None:
    item = db.session.get_one(ReviewItem, decision.item_id)
    record(
        DecisionSettled(
            decision.id, item.id, item.lane, decision.action, item.subject_type, item.subject_id, item.author_id
        )
    )
