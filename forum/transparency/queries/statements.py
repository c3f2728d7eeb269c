"""Statements of reasons of a year, for handing in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select

from forum.kernel.db import db
from forum.moderation.models import Decision, StatementOfReasons


def statements_of(year: int) -> Sequence[StatementOfReasons]:
    """In the order in which they took effect. Those of decisions that haven't settled aren't final yet."""
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    chosen = (
        select(StatementOfReasons)
        .join(Decision, Decision.id == StatementOfReasons.decision_id)
        .where(StatementOfReasons.application_date >= start, StatementOfReasons.application_date < end)
        .where(Decision.settles_at.is_(None), StatementOfReasons.withdrawn_at.is_(None))
        .order_by(StatementOfReasons.id)
    )
    return db.session.scalars(chosen).all()
