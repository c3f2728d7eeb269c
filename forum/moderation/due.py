"""By when an item is to be decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from forum.moderation.models import Lane

SATURDAY = 5


@dataclass(frozen=True)
class Target:
    """So many working days (Monday to Friday, UTC), or so much time."""

    working_days: int = 0
    time: timedelta = timedelta()


# DOMAIN, "The moderation queue". A notice of illegal content is answered at once and decided within these days.
TARGETS = {
    Lane.MEMBERSHIP: Target(working_days=5),
    Lane.ON_BEHALF: Target(working_days=1),
    Lane.INSTITUTIONAL: Target(working_days=1),
    Lane.NEW_MEMBERS: Target(time=timedelta(hours=24)),
    Lane.REPORTS: Target(time=timedelta(hours=48)),
    Lane.LEGAL: Target(time=timedelta(days=7)),
    Lane.APPEALS: Target(working_days=10),
}


def due_from(lane: Lane, start: datetime) -> datetime:
    target = TARGETS[lane]
    moment = start + target.time
    for _day in range(target.working_days):
        moment = _next_working_day(moment)
    return moment


def _next_working_day(moment: datetime) -> datetime:
    moment += timedelta(days=1)
    while moment.weekday() >= SATURDAY:
        moment += timedelta(days=1)
    return moment
