"""What reading changes, kept in this process for a moment and written in batches, outside every request.

A GET opens no write transaction, and a reader never waits for one. What is lost when a process is killed is a second of
somebody's reading, and no word of anybody's.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, cast

import structlog
from flask import Flask, current_app
from sqlalchemy.exc import IntegrityError

from forum.kernel.db import db, transaction
from forum.kernel.errors import Busy

log = structlog.get_logger()

Item = TypeVar("Item")

PAUSE_S = 1.0
BATCH = 200  # a batch is one transaction, for which others wait
LIMIT = 10_000  # what is more than that while the database is away isn't worth its memory


class Buffer(Generic[Item]):
    """`write` puts some items into the open transaction. Under tests nothing is written before `drain()`."""

    def __init__(self, write: Callable[[Sequence[Item]], None]) -> None:
        self.write = write
        self._items: deque[Item] = deque(maxlen=LIMIT)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._filled = threading.Event()

    def put(self, item: Item) -> None:
        self._items.append(item)
        app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001  # werkzeug's documented way to unwrap
        if app.testing:
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, args=(app,), daemon=True)
                self._thread.start()
        self._filled.set()

    def drain(self) -> None:
        """Write what is there now, each batch in a transaction of its own. Raises what writing raises."""
        while batch := self._take():
            self._write(batch)

    def forget(self) -> None:
        """Drop what is there: it was of another database."""
        self._items.clear()

    def _take(self) -> list[Item]:
        with self._lock:
            return [self._items.popleft() for _ in range(min(BATCH, len(self._items)))]

    def _run(self, app: Flask) -> None:
        pause = threading.Event()
        while True:
            self._filled.wait()
            pause.wait(PAUSE_S)
            self._filled.clear()
            with app.app_context():
                self._drain_safely()
                db.session.remove()

    def _drain_safely(self) -> None:
        """While another change holds the database, the batch waits for the next turn; what can't be written, goes."""
        while batch := self._take():
            try:
                self._write(batch)
            except Busy:
                self._items.extendleft(reversed(batch))
                self._filled.set()
                return
            except IntegrityError:
                self._write_one_by_one(batch)
            except Exception:
                log.exception("buffer_failed", lost=len(batch))

    def _write(self, batch: Sequence[Item]) -> None:
        with transaction():
            self.write(batch)

    def _write_one_by_one(self, batch: Sequence[Item]) -> None:
        """What speaks of something that is gone takes nobody else's reading with it."""
        for item in batch:
            try:
                self._write([item])
            except Exception:
                log.exception("buffer_failed", lost=1)
