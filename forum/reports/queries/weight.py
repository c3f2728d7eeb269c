"""How much reports weigh."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import ItemId
from forum.moderation.models import SubjectType
from forum.reports import policy
from forum.reports.models import Outcome, Report


def score_of(actor: Actor) -> int:
    """What a report of theirs weighs today."""
    counted = select(Report.outcome, func.count()).where(Report.reporter_id == actor.id).group_by(Report.outcome)
    counts = {outcome: count for outcome, count in db.session.execute(counted)}  # noqa: C416  # a Row isn't a pair to the type checker
    return policy.score_of(actor.trust, counts.get(Outcome.UPHELD, 0), counts.get(Outcome.REJECTED, 0))


def open_score(subject_type: SubjectType, subject_id: int) -> int:
    """What the reports weigh together that nobody decided on yet."""
    here = (Report.subject_type == subject_type, Report.subject_id == subject_id, Report.outcome == Outcome.OPEN)
    return int(db.session.scalar(select(func.sum(Report.score)).where(*here)) or 0)


def reports_of_item(item_id: ItemId) -> Sequence[Report]:
    """In the order in which they came."""
    return db.session.scalars(select(Report).where(Report.item_id == item_id).order_by(Report.id)).all()
