"""Who may appeal which decision, and until when."""

from __future__ import annotations

from datetime import datetime

from forum.appeals.errors import Final, Late, NotAppealable, TakenBack
from forum.kernel.errors import ForumError
from forum.moderation.models import Action, Decision, ItemState, Lane, ReviewItem
from forum.moderation.policy import APPEAL_WITHIN, RESTRICTIONS

MAX_WORDS = 5_000
# What somebody loses something by: these its author may appeal.
AGAINST_AUTHOR = RESTRICTIONS | {Action.WARN}
# What an appeal about inaction can bring, and what a harsh decision can be replaced by.
INSTEAD = (Action.KEEP, Action.WARN, Action.COLLAPSE, Action.LOCK, Action.REMOVE, Action.SILENCE, Action.SUSPEND)


def refusal(item: ReviewItem, decision: Decision, now: datetime) -> ForumError | None:
    """Why this decision can't be appealed by anybody any more; None where it can."""
    if item.lane in {Lane.APPEALS, Lane.MEMBERSHIP, Lane.ON_BEHALF} or decision.action == Action.HIDE:
        return NotAppealable()
    if decision.undone_at is not None:
        return TakenBack()
    if item.state == ItemState.FINAL:
        return Final()
    if now > decision.decided_at + APPEAL_WITHIN:
        return Late()
    return None if decision.in_force or has_ended(decision, now) else TakenBack()


def has_ended(decision: Decision, now: datetime) -> bool:
    """It ended by itself. What it said of somebody is still there to be taken back."""
    return not decision.in_force and decision.until is not None and decision.until <= now
