"""Reads of notices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.kernel.ids import ItemId, NoticeId
from forum.moderation.due import due_from
from forum.moderation.models import Action, Decision, Lane
from forum.moderation.policy import APPEAL_WITHIN
from forum.notices.errors import NoSuchNotice
from forum.notices.models import Notice
from forum.notices.words import OUTCOMES

_REFERENCE = re.compile(r"[A-Z2-9]{4}(-[A-Z2-9]{4}){4}")


@dataclass(frozen=True)
class NoticePage:
    """What its sender sees. `outcome` is empty until it was decided and the decision stands."""

    reference: str
    address: str
    law: str
    explanation: str
    made_at: datetime
    due_at: datetime
    answered_at: datetime | None
    outcome: Words
    facts: str
    may_appeal: bool


def get_notice(reference: str) -> Notice:
    """Raises NoSuchNotice."""
    wanted = reference.upper()
    notice = None
    if _REFERENCE.fullmatch(wanted):
        notice = db.session.scalar(select(Notice).where(Notice.reference == wanted))
    if notice is None:
        raise NoSuchNotice
    return notice


def get_notice_page(reference: str) -> NoticePage:
    """Raises NoSuchNotice."""
    notice = get_notice(reference)
    decision = db.session.get(Decision, notice.decision_id) if notice.decision_id else None
    return NoticePage(
        reference=notice.reference,
        address=notice.address,
        law=notice.law,
        explanation=notice.explanation,
        made_at=notice.made_at,
        due_at=due_from(Lane.LEGAL, notice.made_at),
        answered_at=notice.answered_at,
        outcome=OUTCOMES.get(decision.action, "") if decision else "",
        facts=decision.facts if decision and decision.action == Action.NO_ACTION else "",
        may_appeal=decision is not None and clock.now() <= decision.decided_at + APPEAL_WITHIN,
    )


def find_notice(notice_id: NoticeId) -> Notice | None:
    return db.session.get(Notice, notice_id)


def notices_of_item(item_id: ItemId) -> Sequence[Notice]:
    """In the order in which they came."""
    return db.session.scalars(select(Notice).where(Notice.item_id == item_id).order_by(Notice.id)).all()
