"""Building the index anew, beside the live one: resumable, in pieces, by whoever gets to it first."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import delete, func, select

from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.search.documents import MODELS, Kind, documents_of
from forum.search.engines.base import Build, Progress, WriterBusy
from forum.search.index import engine
from forum.search.models import Changed, SearchChange
from forum.search.telling import SINGLE, tell

# Documents at a time: enough that a commit costs little beside them.
PIECE = 1000
# The worker goes on with its other work between slices.
SLICE_S = 2.0
Told = Callable[[Progress], None]


def rebuild_soon() -> None:
    """For work in bulk, which rests the triggers. In the open transaction."""
    db.session.add(SearchChange(kind=Changed.EVERYTHING, ref=0))


def build_for(seconds: float) -> bool:
    """Go on building for about so long. Returns whether anything was done: not while another process builds."""
    until = time.monotonic() + seconds
    try:
        with engine().building() as build:
            return _go_on(build, lambda: time.monotonic() < until, lambda _: None)
    except WriterBusy:
        return False


def build(told: Told) -> None:
    """Build all of it; `told` hears of every piece. Raises WriterBusy."""
    with engine().building() as build_:
        _go_on(build_, lambda: True, told)


def count_all() -> int:
    """How many documents a whole index has."""
    return sum(db.session.scalar(select(func.count()).select_from(model)) or 0 for model in MODELS.values())


def _go_on(build: Build, may_go_on: Callable[[], bool], told: Told) -> bool:
    if build.progress is None:
        _answer_call()
    for kind, ids in _pieces(build.progress):
        progress = _after(build.progress, kind, ids)
        build.add(documents_of(kind, ids), progress)
        db.session.rollback()
        told(progress)
        if not may_go_on():
            return True
    _finish(build)
    return True


def _answer_call() -> None:
    """Who asked for everything anew is given it by the build that begins now: it reads what they had committed."""
    with transaction():
        db.session.execute(delete(SearchChange).where(SearchChange.kind == Changed.EVERYTHING))


def _after(before: Progress | None, kind: Kind, ids: list[int]) -> Progress:
    done, started = (before.done, before.started) if before else (0, clock.now().timestamp())
    return Progress(kind=kind, after=ids[-1], done=done + len(ids), started=started)


def _pieces(progress: Progress | None) -> Iterator[tuple[Kind, list[int]]]:
    """Ids of what is left, kind by kind."""
    kinds = list(MODELS)
    after = progress.after if progress else 0
    for kind in kinds[kinds.index(Kind(progress.kind)) if progress else 0 :]:
        while ids := _ids(MODELS[kind], after):
            yield kind, ids
            after = ids[-1]
        after = 0


def _ids(model: Any, after: int) -> list[int]:
    return list(db.session.scalars(select(model.id).where(model.id > after).order_by(model.id).limit(PIECE)))


def _finish(build: Build) -> None:
    """Tell it of every change since it was begun, while nobody else writes; then it's the live one."""
    with build.finishing() as write:
        changes = db.session.execute(
            select(SearchChange.id, SearchChange.kind, SearchChange.ref, SearchChange.gone).where(
                SearchChange.kind.in_(SINGLE) | SearchChange.written
            )
        ).all()
        db.session.rollback()
        tell(write, changes)
    with transaction():
        for start in range(0, len(changes), PIECE):
            ids = [change.id for change in changes[start : start + PIECE]]
            db.session.execute(delete(SearchChange).where(SearchChange.id.in_(ids)))
