"""Take a decision back: within a minute by who made it, later by an appeal."""

from __future__ import annotations

from sqlalchemy import select, update

from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import DecisionId
from forum.moderation import log, plugs, policy
from forum.moderation.commands.reasons import withdraw_reasons
from forum.moderation.commands.scopes import scope_of
from forum.moderation.errors import NoSuchDecision, NotYoursToDecide, TooLate
from forum.moderation.events import DecisionUndone
from forum.moderation.models import Action, Decision, ItemState, ReviewItem
from forum.moderation.plugs import Undoing
from forum.moderation.queries import get_item, reach_of

# Its author may appeal before the minute has passed.
UNDOABLE = (ItemState.DECIDED, ItemState.APPEALED)


def undo(actor: Actor, decision_id: DecisionId) -> ReviewItem:
    """The item waits again, and is theirs to look at. Twice is once.

    Raises NoSuchDecision, NoSuchItem, NotYoursToDecide, TooLate, or what the way back refuses with.
    """
    decision = find_decision(decision_id)
    item = get_item(decision.item_id, reach_of(actor))
    if decision.decided_by_id != actor.id:
        raise NotYoursToDecide
    if decision.undone_at is not None:
        return item
    if not decision.in_force or decision.settles_at is None or clock.now() >= decision.decided_at + policy.UNDO_WITHIN:
        raise TooLate
    plugs.take(item)
    item = _reopen(item, actor)
    take_back(item, decision, actor, verb="undo")
    return item


def reverse(decision_id: DecisionId, actor: Actor) -> ReviewItem:
    """For an appeal's effect: everything is as it was before the decision, whose item stays closed. Twice is once."""
    decision = find_decision(decision_id)
    item = db.session.get_one(ReviewItem, decision.item_id)
    if decision.in_force:
        plugs.take(item)
        take_back(item, decision, actor, verb=Action.REVERSE)
    return item


def find_decision(decision_id: DecisionId) -> Decision:
    """Raises NoSuchDecision."""
    wanted = select(Decision).where(Decision.id == decision_id).execution_options(populate_existing=True)
    decision = db.session.scalar(wanted) if decision_id < 2**63 else None
    if decision is None:
        raise NoSuchDecision
    return decision


def take_back(item: ReviewItem, decision: Decision, actor: Actor, verb: str) -> None:
    effect = plugs.effect_of(item.lane, decision.action)
    taken = db.session.scalar(
        update(Decision)
        .where(Decision.id == decision.id, Decision.in_force)
        .values(in_force=False, undone_at=clock.now(), settles_at=None)
        .returning(Decision.id)
    )
    if taken is None or effect is None:
        return
    db.session.refresh(decision)
    effect.undo(Undoing(item, decision, actor))
    withdraw_reasons(decision.id)
    log.append(
        log.Entry(
            action=verb, scope=scope_of(item), lane=item.lane, ground=decision.ground,
            subject_type=item.subject_type, subject_id=item.subject_id, item_id=item.id, decision_id=decision.id,
        ),
        actor.id,
    )  # fmt: skip
    record(DecisionUndone(decision.id, item.id, item.lane, decision.action))


def _reopen(item: ReviewItem, actor: Actor) -> ReviewItem:
    """Raises TooLate where it was opened again meanwhile."""
    values = {
        "state": ItemState.CLAIMED, "version": ReviewItem.version + 1, "decided_at": None, "claimed_by_id": actor.id,
        "claimed_until": clock.now() + policy.CLAIMED_FOR,
    }  # fmt: skip
    here = (ReviewItem.id == item.id, ReviewItem.version == item.version, ReviewItem.state.in_(UNDOABLE))
    if db.session.scalar(update(ReviewItem).where(*here).values(values).returning(ReviewItem.id)) is None:
        raise TooLate
    db.session.refresh(item)
    return item
