"""What ends by itself: a restriction whose date has come."""

from __future__ import annotations

from sqlalchemy import select, update

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.ids import DecisionId
from forum.moderation import log, plugs
from forum.moderation.commands.scopes import scope_of
from forum.moderation.models import Decision, ReviewItem
from forum.moderation.plugs import Undoing

# One round of the job; the rest follows a minute later.
BATCH = 100


def end_due() -> None:
    """For the worker, by the clock. The reasons stand: it was right, and is over."""
    some = select(Decision.id).where(Decision.in_force, Decision.until.is_not(None), Decision.until <= clock.now())
    for decision_id in db.session.scalars(some.order_by(Decision.until, Decision.id).limit(BATCH)).all():
        _end(decision_id)


def _end(decision_id: DecisionId) -> None:
    decision = db.session.get_one(Decision, decision_id)
    item = db.session.get_one(ReviewItem, decision.item_id)
    plugs.take(item)
    ended = update(Decision).where(Decision.id == decision_id, Decision.in_force).values(in_force=False)
    if db.session.scalar(ended.returning(Decision.id)) is None:
        return
    db.session.refresh(decision)
    effect = plugs.effect_of(item.lane, decision.action)
    if effect is not None:
        effect.undo(Undoing(item, decision, None))
    entry = log.Entry(
        action="end", scope=scope_of(item), lane=item.lane, ground=decision.ground, subject_type=item.subject_type,
        subject_id=item.subject_id, item_id=item.id, decision_id=decision.id,
    )  # fmt: skip
    log.append(entry, None)
