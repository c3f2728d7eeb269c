"""Lines of the log, redacted; and whether the chain holds."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from forum.kernel import paging
from forum.kernel.db import db
from forum.moderation import grounds, log, words
from forum.moderation.models import LogLine
from forum.transparency.records import LogRow
from forum.transparency.words import SUBJECTS, VERBS

PLACES = {"topic": "/topics/", "organisation": "/organisations/"}
# So many lines are checked at a time: memory stays small however long the log.
STEP = 1_000


def page_of_lines(after: str | None = None, lane: str = "") -> paging.Page[LogRow]:
    """Newest first; of one lane, or of all."""
    start = paging.cursor_id(after)
    chosen = select(LogLine).order_by(LogLine.id.desc()).limit(paging.PAGE + 1)
    if start is not None:
        chosen = chosen.where(LogLine.id < start)
    if lane in words.LANES:
        chosen = chosen.where(LogLine.lane == lane)
    found = list(db.session.scalars(chosen))
    rows = tuple(_row(line) for line in found[: paging.PAGE])
    return paging.Page(rows, after=str(rows[-1].id) if len(found) > paging.PAGE else None)


def first_broken() -> tuple[int, int | None]:
    """How many lines were checked, and the id of the first that isn't as it was written."""
    previous, checked = log.GENESIS, 0
    for some in _steps():
        broken = log.first_broken(some, previous)
        if broken is not None:
            return checked + some.index(broken), broken.id
        previous, checked = some[-1].hash, checked + len(some)
    return checked, None


def _steps() -> Iterator[list[LogLine]]:
    last = 0
    while True:
        chosen = select(LogLine).where(LogLine.id > last).order_by(LogLine.id).limit(STEP)
        some = list(db.session.scalars(chosen.execution_options(populate_existing=True)))
        if not some:
            return
        last = some[-1].id
        yield some
        db.session.expunge_all()


def _row(line: LogLine) -> LogRow:
    kind, _space, slug = line.scope.partition(" ")
    ground = grounds.find(line.ground) if line.ground else None
    return LogRow(
        id=line.id,
        made_at=line.made_at,
        action=VERBS.get(line.action, line.action),
        lane=words.LANES[line.lane] if line.lane else "",
        subject=SUBJECTS.get(line.subject_type, line.subject_type),
        ground=ground.name if ground else "",
        ground_address=ground.address if ground else "",
        scope=slug or "",
        scope_address=f"{PLACES[kind]}{slug}" if slug and kind in PLACES else "",
        hash=line.hash,
    )
