"""Reads of appeals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from forum.appeals import policy
from forum.appeals.errors import NoSuchAppeal, NotAppealable
from forum.appeals.models import Appeal
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.kernel.ids import AppealId, DecisionId, ItemId, MemberId
from forum.moderation import grounds, words
from forum.moderation.due import due_from
from forum.moderation.models import Action, Decision, Lane, ReviewItem
from forum.notices.models import Notice
from forum.reports.models import Report

MAX_ID = 2**63 - 1
ANSWERS: dict[str, Words] = {
    Action.UPHOLD: _("Somebody else looked at it again. The decision stands."),
    Action.REVERSE: _("Somebody else looked at it again, and took the decision back. Everything is as it was."),
    Action.VARY: _("Somebody else looked at it again, and replaced the decision by another one."),
}


@dataclass(frozen=True)
class Appealed:
    """A decision with its item, and the appellant's earlier appeal if there is one."""

    decision: Decision
    item: ReviewItem
    earlier: Appeal | None


@dataclass(frozen=True)
class DecisionLine:
    """A decision as an appeal speaks of it."""

    id: DecisionId
    title: str
    outcome: Words
    ground: Words
    law: str
    facts: str
    decided_at: datetime


@dataclass(frozen=True)
class AppealPage:
    """`answer` is empty until somebody decided and it stands."""

    decision: DecisionLine
    words: str
    made_at: datetime
    due_at: datetime
    answer: Words
    facts: str


def get_appealed(actor: Actor, decision_id: DecisionId) -> Appealed:
    """For its author, or who reported what it's about. Raises NotAppealable, or why it can't be appealed any more."""
    decision, item = _found(decision_id)
    if not _is_party(actor, decision, item):
        raise NotAppealable
    earlier = db.session.scalar(
        select(Appeal).where(Appeal.decision_id == decision.id, Appeal.appellant_id == actor.id)
    )
    return _open(Appealed(decision, item, earlier))


def get_appealed_by_notice(notice: Notice) -> Appealed:
    """For who sent a notice. Raises NotAppealable, or why it can't be appealed any more."""
    if notice.decision_id is None:
        raise NotAppealable
    decision, item = _found(notice.decision_id)
    earlier = db.session.scalar(select(Appeal).where(Appeal.decision_id == decision.id, Appeal.notice_id == notice.id))
    return _open(Appealed(decision, item, earlier))


def get_appeal_page(actor: Actor, appeal_id: AppealId) -> AppealPage:
    """One's own. Raises NoSuchAppeal."""
    wanted = select(Appeal).where(Appeal.id == appeal_id, Appeal.appellant_id == actor.id)
    appeal = db.session.scalar(wanted) if appeal_id <= MAX_ID else None
    if appeal is None:
        raise NoSuchAppeal
    return page_of(appeal)


def find_appeal_of_notice(notice: Notice) -> Appeal | None:
    return db.session.scalar(select(Appeal).where(Appeal.notice_id == notice.id).order_by(Appeal.id.desc()).limit(1))


def page_of(appeal: Appeal) -> AppealPage:
    answer = db.session.get(Decision, appeal.answer_id) if appeal.answer_id else None
    return AppealPage(
        decision=line_of(*_found(appeal.decision_id)),
        words=appeal.words,
        made_at=appeal.made_at,
        due_at=due_from(Lane.APPEALS, appeal.made_at),
        answer=ANSWERS[answer.action] if answer else "",
        facts=answer.facts if answer else "",
    )


def line_of(decision: Decision, item: ReviewItem) -> DecisionLine:
    return DecisionLine(
        id=decision.id,
        title=item.title,
        outcome=words.OUTCOMES[decision.action],
        ground=grounds.find(decision.ground).name if decision.ground else "",
        law=decision.law,
        facts=decision.facts,
        decided_at=decision.decided_at,
    )


def appeals_of_item(item_id: ItemId) -> Sequence[Appeal]:
    """In the order in which they came."""
    return db.session.scalars(select(Appeal).where(Appeal.item_id == item_id).order_by(Appeal.id)).all()


def is_side(member_id: MemberId, decision: Decision, item: ReviewItem) -> bool:
    """Whether somebody has a part in what is appealed: they decided, wrote, reported or appealed it."""
    if member_id in {item.author_id, decision.decided_by_id, item.opener_id}:
        return True
    appealed = select(Appeal.id).where(Appeal.decision_id == decision.id, Appeal.appellant_id == member_id)
    return db.session.scalar(appealed.limit(1)) is not None or _has_reported(member_id, item)


def decision_and_item(decision_id: DecisionId) -> tuple[Decision, ReviewItem]:
    """As the database has them now. Raises NotAppealable."""
    return _found(decision_id)


def _open(appealed: Appealed) -> Appealed:
    refused = policy.refusal(appealed.item, appealed.decision, clock.now())
    if refused is not None and appealed.earlier is None:
        raise refused
    return appealed


def _found(decision_id: DecisionId) -> tuple[Decision, ReviewItem]:
    wanted = (
        select(Decision, ReviewItem)
        .join(ReviewItem, ReviewItem.id == Decision.item_id)
        .where(Decision.id == decision_id)
        .execution_options(populate_existing=True)
    )
    row = db.session.execute(wanted).first() if decision_id <= MAX_ID else None
    if row is None:
        raise NotAppealable
    return row.Decision, row.ReviewItem


def _is_party(actor: Actor, decision: Decision, item: ReviewItem) -> bool:
    if item.author_id == actor.member_id and decision.action in policy.AGAINST_AUTHOR:
        return True
    mine = select(Report.id).where(Report.reporter_id == actor.id, Report.decision_id == decision.id)
    return db.session.scalar(mine.limit(1)) is not None


def _has_reported(member_id: MemberId, item: ReviewItem) -> bool:
    here = select(Report.id).where(Report.reporter_id == member_id, Report.item_id == item.id)
    return db.session.scalar(here.limit(1)) is not None
