"""The open index: a searcher for each thread, since they move about in their files, and its columns."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from whoosh.index import FileIndex
from whoosh.searching import Searcher

from forum.search.engines.base import IndexMissing
from forum.search.engines.whoosh.columns import Columns
from forum.search.engines.whoosh.places import Places
from forum.search.engines.whoosh.storage import Folder

log = structlog.get_logger()


class Opened:
    """One index at one generation, with its columns open. Raises whatever a damaged one makes of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.index = FileIndex(Folder(path))
        contents = self.index._read_toc()  # noqa: SLF001  # the public ways read it anew for each question
        self.generation = contents.generation
        self.files = [path / segment.make_filename(".seg") for segment in contents.segments]
        reader = FileIndex._reader(self.index.storage, contents.schema, contents.segments, self.generation)  # noqa: SLF001  # as above
        self.searcher = Searcher(reader, fromindex=self.index)
        self.columns = Columns(reader)
        self.held: dict[str, frozenset[int]] = {}

    @property
    def is_empty(self) -> bool:
        """Whoosh's reader of nothing answers hardly any question."""
        return not self.files

    @property
    def is_current(self) -> bool:
        return bool(self.index.latest_generation() == self.generation)


class Readers:
    """Opens what is live. A searcher lasts until the next commit; opening one takes a few milliseconds."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._here = threading.local()
        self._columns: tuple[tuple[Path, int], Columns] | None = None

    @contextmanager
    def reading(self) -> Iterator[Opened]:
        """Whatever goes wrong while reading is said as IndexMissing; the writer looks for the reason."""
        opened = self._opened()
        try:
            yield opened
        except IndexMissing:
            raise
        except Exception as error:  # a damaged file shows itself in any way: it's unpickled and unpacked
            self.forget()
            self.places.suspect()
            log.warning("search_index_unreadable", error=repr(error))
            raise IndexMissing from error

    def _opened(self) -> Opened:
        kept: Opened | None = getattr(self._here, "opened", None)
        path = self.places.live()
        if kept is None or kept.path != path or not kept.is_current:
            kept = self._here.opened = self._open(path)
        if self.places.broken_seals(kept.files):
            self.forget()
            raise IndexMissing
        return kept

    def _open(self, path: Path) -> Opened:
        """Twice, since a commit may clear away a file between reading the contents and opening it."""
        self.forget()
        for again in (True, False):
            try:
                return self._sharing(Opened(path))
            except Exception as error:  # as above
                if not again:
                    raise IndexMissing from error
        raise IndexMissing

    def _sharing(self, opened: Opened) -> Opened:
        """Threads share the columns of a generation, whoever opened it first."""
        at = (opened.path, opened.generation)
        kept = self._columns
        if kept is None or kept[0] != at:
            self._columns = (at, opened.columns)
        else:
            opened.columns = kept[1]
        return opened

    def forget(self) -> None:
        self._here.opened = None
