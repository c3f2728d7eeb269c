"""The figures of a year, computed from items, decisions, statements, reports and notices."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.errors import NotFound, Words
from forum.moderation import grounds, words
from forum.moderation.due import due_from
from forum.moderation.models import WAITING, Action, Decision, Lane, LogLine, ReviewItem, StatementOfReasons
from forum.moderation.policy import UNDO_WITHIN
from forum.notices.models import Notice
from forum.reports.models import Outcome, Report
from forum.transparency.records import Count, Figures, LanePart, LaneRow, YearPage
from forum.transparency.words import SOURCES

ON_APPEAL = (Action.UPHOLD, Action.REVERSE, Action.VARY)
REPORTS: Mapping[str, Words] = {
    "made": _("Reports"),
    Outcome.UPHELD: _("of them upheld"),
    Outcome.REJECTED: _("of them rejected"),
}


def get_year(year: int | None = None) -> YearPage:
    """This year's where none is named. Raises NotFound for a year in which nothing can have happened."""
    now = clock.now().year
    years = tuple(range(now, _first_year(now) - 1, -1))
    year = year or now
    if year not in years:
        raise NotFound(_("There are no figures of that year."))
    return _page(year, years, _figures(year, _stamp()))


def _first_year(now: int) -> int:
    first = db.session.scalar(select(func.min(ReviewItem.created_at)))
    return first.year if first else now


def _stamp() -> tuple[object, ...]:
    """Changes with whatever the figures are made of, so that they're computed once a change and not once a reader."""
    newest = (select(LogLine.hash).order_by(LogLine.id.desc()).limit(1), select(func.max(ReviewItem.opened_at)))
    counts = (select(func.max(Report.id)), select(func.max(Notice.made_at)))
    return tuple(db.session.scalar(one) for one in (*newest, *counts))


@lru_cache(maxsize=32)
def _figures(year: int, _stamp: tuple[object, ...]) -> Figures:
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    decided = _decisions(start, end)
    by_people = [one for one in decided if one.decided_by_id is not None]
    return Figures(
        lanes=_lanes(by_people, start, end),
        actions=Counter(one.action for one in by_people),
        by_machines=Counter(one.action for one in decided if one.decided_by_id is None),
        grounds=Counter(one.ground for one in by_people if one.ground),
        sources=_counted(
            select(StatementOfReasons.source_type, func.count())
            .where(StatementOfReasons.application_date >= start, StatementOfReasons.application_date < end)
            .group_by(StatementOfReasons.source_type)
        ),
        reports=_reports(start, end),
        notices=_count(select(func.count()).where(Notice.made_at >= start, Notice.made_at < end)),
        statements=_count(
            select(func.count()).where(
                StatementOfReasons.application_date >= start, StatementOfReasons.application_date < end
            )
        ),
    )


def _decisions(start: datetime, end: datetime) -> Sequence[Any]:
    """Those of the year, but for slips that were taken back within their minute."""
    rows = db.session.execute(
        select(
            ReviewItem.lane, ReviewItem.opened_at, Decision.action, Decision.ground, Decision.decided_by_id,
            Decision.decided_at, Decision.undone_at,
        )
        .join(ReviewItem, ReviewItem.id == Decision.item_id)
        .where(Decision.decided_at >= start, Decision.decided_at < end, Decision.action != Action.ASK)
    ).all()  # fmt: skip
    return [row for row in rows if row.undone_at is None or row.undone_at > row.decided_at + UNDO_WITHIN]


def _lanes(decided: Iterable[Any], start: datetime, end: datetime) -> Mapping[str, LanePart]:
    opened = _counted(
        select(ReviewItem.lane, func.count())
        .where(ReviewItem.created_at >= start, ReviewItem.created_at < end)
        .group_by(ReviewItem.lane)
    )
    waiting = _counted(
        select(ReviewItem.lane, func.count()).where(ReviewItem.state.in_(WAITING)).group_by(ReviewItem.lane)
    )
    by_lane: dict[str, list[Any]] = defaultdict(list)
    for one in decided:
        by_lane[one.lane].append(one)
    return {lane: _part(Lane(lane), by_lane[lane], opened.get(lane, 0), waiting.get(lane, 0)) for lane in Lane}


def _part(lane: Lane, decided: Sequence[Any], opened: int, waiting: int) -> LanePart:
    # One that was opened again since is measured from its second opening, which tells nothing of the first.
    measured = [one for one in decided if one.opened_at <= one.decided_at]
    hours = [(one.decided_at - one.opened_at).total_seconds() / 3600 for one in measured]
    in_time = sum(one.decided_at <= due_from(lane, one.opened_at) for one in measured)
    median = statistics.median(hours) if hours else None
    return LanePart(opened, len(decided), waiting, in_time + len(decided) - len(measured), median)


def _reports(start: datetime, end: datetime) -> Mapping[str, int]:
    here = (Report.made_at >= start, Report.made_at < end)
    found = _counted(select(Report.outcome, func.count()).where(*here).group_by(Report.outcome))
    return found | {"made": sum(found.values())}


def _counted(chosen: Any) -> dict[str, int]:
    return {str(name): int(count) for name, count in db.session.execute(chosen)}


def _count(chosen: Any) -> int:
    return int(db.session.scalar(chosen) or 0)


def _page(year: int, years: tuple[int, ...], figures: Figures) -> YearPage:
    return YearPage(
        year=year,
        years=years,
        lanes=tuple(LaneRow(words.LANES[lane], part) for lane, part in figures.lanes.items()),
        actions=_named(figures.actions, {one: words.OUTCOMES[one] for one in Action if one not in ON_APPEAL}),
        by_machines=_named(figures.by_machines, words.OUTCOMES),
        grounds=tuple(Count(grounds.find(ground).name, count) for ground, count in _most(figures.grounds)),
        sources=_named(figures.sources, SOURCES),
        reports=tuple(Count(name, figures.reports.get(key, 0)) for key, name in REPORTS.items()),
        appeals=tuple(Count(words.OUTCOMES[one], figures.actions.get(one, 0)) for one in ON_APPEAL),
        notices=figures.notices,
        statements=figures.statements,
    )


def _named(counts: Mapping[str, int], names: Mapping[str, Words]) -> tuple[Count, ...]:
    return tuple(Count(names[name], count) for name, count in _most(counts) if name in names)


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
