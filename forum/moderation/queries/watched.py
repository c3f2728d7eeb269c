"""The watched words, and how often each check held something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.moderation import words
from forum.moderation.models import HoldReason, WatchedWord

COUNTED = timedelta(days=30)


@dataclass(frozen=True)
class CheckCount:
    name: Words
    count: int


def watched_words() -> Sequence[WatchedWord]:
    """By their letters."""
    return db.session.scalars(select(WatchedWord).order_by(func.lower(WatchedWord.words), WatchedWord.id)).all()


def check_counts() -> tuple[CheckCount, ...]:
    """What each check held in the last 30 days, the busiest first."""
    since = clock.now() - COUNTED
    rows = db.session.execute(
        select(HoldReason.check_name, func.count().label("n"))
        .where(HoldReason.created_at > since)
        .group_by(HoldReason.check_name)
        .order_by(func.count().desc(), HoldReason.check_name)
    )
    return tuple(CheckCount(words.CHECKS.get(row.check_name, row.check_name), row.n) for row in rows)
