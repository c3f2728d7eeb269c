"""What a decision does to its author's account. The state follows from all decisions in force, so that one that ends
doesn't end another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from forum.accounts import commands as accounts
from forum.kernel import clock
from forum.kernel.access import MemberState
from forum.kernel.db import db
from forum.kernel.errors import Forbidden
from forum.kernel.ids import MemberId
from forum.moderation import content
from forum.moderation.errors import NoLongerPossible
from forum.moderation.models import Action, Decision, ReviewItem
from forum.moderation.plugs import Case, Effect, Memory, Restriction, Undoing
from forum.moderation.statements import Account

STATES = {Action.SILENCE: MemberState.SILENCED, Action.SUSPEND: MemberState.SUSPENDED}


@dataclass(frozen=True)
class Hold:
    """An account is restricted so, until then or for good."""

    action: Action
    until: datetime | None


def _silence_or_suspend(case: Case) -> Memory:
    """Raises NoLongerPossible where there is no account, Forbidden for a moderator's that isn't an administrator's to
    restrict. The text stays, and is seen again where reports had hidden it."""
    author_id = case.item.author_id
    if author_id is None:
        raise NoLongerPossible(_("There is no account behind this that could be restricted."))
    member = accounts.take_member(author_id)
    if member.role != "member" and not case.actor.is_admin:
        raise Forbidden(_("Only an administrator restricts a moderator’s account. Escalate the case."))
    _apply(author_id, [*_holds_on(author_id), Hold(case.verdict.action, case.verdict.until)])
    return content.KEEP.do(case)


def _give_back(undoing: Undoing) -> None:
    """The decision itself is no longer in force when this runs."""
    if undoing.item.author_id is not None:
        _apply(undoing.item.author_id, _holds_on(undoing.item.author_id, but=undoing.decision))
    content.back_unless_over(undoing)


def _holds_on(member_id: MemberId, but: Decision | None = None) -> Sequence[Hold]:
    rows = db.session.execute(
        select(Decision.id, Decision.action, Decision.until)
        .join(ReviewItem, ReviewItem.id == Decision.item_id)
        .where(ReviewItem.author_id == member_id, Decision.in_force, Decision.action.in_(STATES))
    )
    now = clock.now()
    return [
        Hold(Action(action), until)
        for decision_id, action, until in rows
        if (but is None or decision_id != but.id) and (until is None or until > now)
    ]


def _apply(member_id: MemberId, holds: Sequence[Hold]) -> None:
    """The strictest counts, for as long as the longest of its kind."""
    for action in (Action.SUSPEND, Action.SILENCE):
        ends = [hold.until for hold in holds if hold.action is action]
        if ends:
            last = None if None in ends else max(end for end in ends if end is not None)
            accounts.restrict(member_id, STATES[action], last)
            return
    accounts.release(member_id)


# The core writes the author's letter; the text stays.
WARN = Effect(content.KEEP.do, content.back_unless_over)
SILENCE = Effect(_silence_or_suspend, _give_back, Restriction(account=Account.SUSPENDED))
SUSPEND = Effect(_silence_or_suspend, _give_back, Restriction(account=Account.SUSPENDED))
