"""The index's one writer: takes what changed, in the order it changed, and tells the index in batches.

Run by the worker as a chore. Killed at any moment it loses nothing: what changed is forgotten only after the index has
it, and telling the index twice is telling it once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

import structlog
from sqlalchemy import Select, delete, insert, literal, select, union_all, update

from forum.comments.models import Comment
from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.posts.models import Post, PostTopic
from forum.search import rebuild
from forum.search.documents import Kind
from forum.search.engines.base import IndexMissing, WriterBusy
from forum.search.index import engine
from forum.search.models import Changed, SearchChange
from forum.search.telling import tell

log = structlog.get_logger()

# A batch takes about half a second; letters and notifications wait for it.
BATCH = 200
# Between small batches, since each commit makes every searcher open the index again.
PAUSE_S = 1.0
LOOK_S = 2.0
NIGHT_HOUR = 3  # UTC: when fewest people in Europe are waiting to find something


class Writer:
    """Keeps the time between batches. One a process; the engine's lock sees to it that only one writes."""

    def __init__(self) -> None:
        self._next_batch = self._next_look = 0.0

    def run(self) -> bool:
        """A round of the worker: a batch of changes, or a piece of an index that has to be built."""
        now = time.monotonic()
        if now < self._next_batch:
            return False
        try:
            if now >= self._next_look and self._is_to_build():
                return rebuild.build_for(rebuild.SLICE_S)
            count = write_due()
        except (WriterBusy, IndexMissing):
            count, self._next_look = 0, 0.0
        self._next_batch = time.monotonic() + (0 if count == BATCH else PAUSE_S)
        return count > 0

    def _is_to_build(self) -> bool:
        index = engine()
        if not index.is_building():
            trouble = index.trouble()
            if not trouble:
                self._next_look = time.monotonic() + LOOK_S
                return False
            log.warning("search_index_to_build", why=trouble)
            index.begin()
        return True


chore = Writer()


def optimise() -> None:
    """At night: put together what was appended in the day. What changes meanwhile waits for it."""
    if clock.now().hour == NIGHT_HOUR:
        with suppress(WriterBusy, IndexMissing):
            engine().optimise()


def drain() -> bool:
    """The chore of forum/wiring.py."""
    return chore.run()


def write_due() -> int:
    """Tell the index of up to BATCH changes. Returns how many. Raises WriterBusy or IndexMissing."""
    changes = db.session.execute(
        select(SearchChange.id, SearchChange.kind, SearchChange.ref, SearchChange.gone)
        .where(~SearchChange.written)
        .order_by(SearchChange.id)
        .limit(BATCH)
    ).all()
    db.session.rollback()  # the documents are read as they are after these changes
    if not changes:
        return 0
    if any(change.kind == Changed.EVERYTHING for change in changes):
        engine().begin()
    write = engine().writing()
    try:
        tell(write, changes)
        write.save()
    except BaseException:
        write.cancel()
        raise
    with transaction():
        _spread(changes)
        settle([change.id for change in changes], keep=engine().is_building())
    return len(changes)


def settle(ids: Sequence[int], *, keep: bool) -> None:
    """The live index has these; with `keep` the one that is being built has yet to be told."""
    here = SearchChange.id.in_(ids)
    db.session.execute(
        update(SearchChange).where(here).values(written=True) if keep else delete(SearchChange).where(here)
    )


def _spread(changes: Iterable[Any]) -> None:
    """A change that stands for many documents becomes one for each."""
    for change in changes:
        if change.kind in _STANDS_FOR:
            rows = _STANDS_FOR[change.kind](change.ref)
            db.session.execute(insert(SearchChange).from_select(["kind", "ref", "gone", "written"], rows))


def _each(kind: Kind, source: Any, condition: Any) -> Select[Any]:
    return select(literal(kind.value), source, literal(value=False), literal(value=False)).where(condition)


def _of_thread(ref: int) -> Any:
    return union_all(_each(Kind.POST, Post.id, Post.id == ref), _each(Kind.COMMENT, Comment.id, Comment.post_id == ref))


def _of_member(ref: int) -> Any:
    return union_all(
        _each(Kind.POST, Post.id, Post.author_id == ref), _each(Kind.COMMENT, Comment.id, Comment.author_id == ref)
    )


def _of_organisation(ref: int) -> Any:
    return union_all(
        _each(Kind.POST, Post.id, Post.organisation_id == ref),
        _each(Kind.COMMENT, Comment.id, Comment.organisation_id == ref),
    )


def _of_topic(ref: int) -> Any:
    """Its name stands with posts; comments hold only its id."""
    return _each(Kind.POST, PostTopic.post_id, PostTopic.topic_id == ref)


_STANDS_FOR: dict[str, Callable[[int], Any]] = {
    Changed.THREAD: _of_thread,
    Changed.OF_MEMBER: _of_member,
    Changed.OF_ORGANISATION: _of_organisation,
    Changed.OF_TOPIC: _of_topic,
}
