"""Files that nothing holds any more, and stored bytes that never became a file: both go, after a while.

For jobs of the worker that run outside a transaction: stores are slow.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice

from sqlalchemy import delete, exists, select, update

from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.media import readers, storage
from forum.media.models import File, FileUse
from forum.media.policy import ORPHAN_AFTER

BATCH = 200
# An upload stores its bytes some seconds before its row is there.
STRAY_AFTER = timedelta(days=1)


def sweep_orphans() -> None:
    """Files unused for ORPHAN_AFTER, unless their owner may go back to a text that shows them."""
    with transaction():
        orphans = _forget(_unused())
    for key in orphans:
        storage.current().delete(key)


def sweep_strays() -> None:
    """Stored bytes without a row: what a refused or interrupted upload left."""
    until, kept = clock.now() - STRAY_AFTER, storage.current()
    old = (key for key, stored_at in kept.stored() if stored_at < until)
    while batch := set(islice(old, BATCH)):
        known = set(db.session.scalars(select(File.key).where(File.key.in_(batch))))
        db.session.rollback()  # no snapshot is held while the store thinks
        for key in batch - known:
            kept.delete(key)


def _unused() -> dict[int, list[File]]:
    """The oldest ones, by their owner."""
    held = exists().where(FileUse.file_id == File.id)
    source = File.__table__.alias()
    cut = exists().where(source.c.source_id == File.id, source.c.unused_since.is_(None))
    files = db.session.scalars(
        select(File)
        .where(File.unused_since < clock.now() - ORPHAN_AFTER, ~held, ~cut)
        .order_by(File.unused_since)
        .limit(BATCH)
    )
    by_owner: dict[int, list[File]] = {}
    for file in files:
        by_owner.setdefault(file.owner_id, []).append(file)
    return by_owner


def _forget(unused: dict[int, list[File]]) -> list[str]:
    gone: list[str] = []
    for files in unused.values():
        kept = readers.mentioned(files[0].owner_id, (file.key for file in files))
        _look_again_later(file for file in files if file.key in kept)
        gone += [file.key for file in files if file.key not in kept]
    db.session.execute(delete(File).where(File.key.in_(gone)))
    return gone


def _look_again_later(files: Iterable[File]) -> None:
    ids = [file.id for file in files]
    db.session.execute(update(File).where(File.id.in_(ids)).values(unused_since=clock.now()))
