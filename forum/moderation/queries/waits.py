"""What its author is told of something that waits: why, and how long it usually takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.moderation import words
from forum.moderation.due import due_from
from forum.moderation.models import WAITING, ItemState, Lane, ReviewItem, SubjectType

# So many of a lane's latest decisions tell how long it takes.
SAMPLE = 40
HOUR = 3600
DAY = 24 * HOUR


@dataclass(frozen=True)
class Wait:
    """`why` is who looks at it; `usually` a whole sentence."""

    why: Words
    usually: str


def waits_of(subject_type: SubjectType, ids: Sequence[int]) -> Mapping[int, Wait]:
    """By the subject's id, for those that wait for a decision. One statement, and one for each lane."""
    rows = db.session.execute(
        select(ReviewItem.subject_id, ReviewItem.lane).where(
            ReviewItem.subject_type == subject_type, ReviewItem.subject_id.in_(ids), ReviewItem.state.in_(WAITING)
        )
    ).all()
    usual = {lane: _usually(Lane(lane)) for lane in {row.lane for row in rows}}
    return {row.subject_id: Wait(words.WHO_LOOKS[row.lane], usual[row.lane]) for row in rows}


def _usually(lane: Lane) -> str:
    latest = (
        select(ReviewItem.opened_at, ReviewItem.decided_at)
        .where(ReviewItem.lane == lane, ReviewItem.state == ItemState.DECIDED, ReviewItem.decided_at.is_not(None))
        .order_by(ReviewItem.decided_at.desc())
        .limit(SAMPLE)
    )
    taken = [(row.decided_at - row.opened_at).total_seconds() for row in db.session.execute(latest) if row.decided_at]
    now = clock.now()
    seconds = median(taken) if taken else (due_from(lane, now) - now).total_seconds()
    return _sentence(seconds)


def _sentence(seconds: float) -> str:
    """Rounded up, so that it is true more often than not."""
    if seconds >= 2 * DAY:
        days = int(-(-seconds // DAY))
        return str(ngettext("Usually within %(num)s day.", "Usually within %(num)s days.", days))
    hours = int(-(-seconds // HOUR))
    if hours <= 1:
        return str(_("Usually within an hour."))
    return str(ngettext("Usually within %(num)s hour.", "Usually within %(num)s hours.", hours))
