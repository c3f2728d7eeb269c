"""Writing to an index. Batches are appended (merge=False): 14–21 ms instead of 79–620 with Whoosh's own merging.

Each segment costs every search a little, so small ones are put together now and then. For a document that costs two
or three times what adding it did, and who waits to be found waits for it: so by day only few are put together, and what
is large is left alone at night, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from whoosh import query as q
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader

from forum.search.documents import Document
from forum.search.engines.base import IndexMissing, Write
from forum.search.engines.whoosh import schema
from forum.search.engines.whoosh.places import Places
from forum.search.engines.whoosh.reading import Opened
from forum.search.engines.whoosh.storage import Folder

# When so many have fewer than so many documents, these become one. By day: a second's work often, a minute's rarely.
BY_DAY = ((200, 10), (20_000, 50))
# While building nobody searches it, and most segments are made as large as they stay.
BUILT = ((20_000, 30), (300_000, 40))
LARGE = 20_000
WORN = 0.2  # of a large one, this share deleted is worth writing it anew
MEMORY_MB = 48


def write_to(path: Path) -> Any:
    """Whoosh's writer. Raises IndexMissing."""
    try:
        return FileIndex(Folder(path)).writer(limitmb=MEMORY_MB)
    except Exception as error:  # a damaged file shows itself in any way
        raise IndexMissing from error


class FolderWrite(Write):
    """To the index in a folder; whoever makes it holds the lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writer = write_to(path)

    def forget(self, tags: Iterable[str]) -> None:
        with self.writer.searcher() as searcher:
            for tag in tags:
                self.writer.delete_by_query(q.Term("tags", tag), searcher=searcher)

    def add(self, documents: Iterable[Document]) -> None:
        for document in documents:
            self.writer.add_document(**schema.fields_of(document))

    def save(self) -> None:
        self.writer.commit(mergetype=merge_by_day)

    def save_piece(self) -> None:
        """Of an index that is being built."""
        self.writer.commit(mergetype=merge_pieces)

    def cancel(self) -> None:
        if not self.writer.is_closed:
            self.writer.cancel()


class LiveWrite(FolderWrite):
    """To the live index, under the writer's lock. Raises WriterBusy."""

    def __init__(self, places: Places) -> None:
        self._places, self._lock = places, ExitStack()
        self._lock.enter_context(places.lock("writer"))
        try:
            super().__init__(places.live())
        except BaseException:
            self._lock.close()
            raise

    def save(self) -> None:
        with self._lock:
            super().save()
            self._places.seal(Opened(self.path).files)

    def cancel(self) -> None:
        with self._lock:
            super().cancel()


def merge_by_day(writer: Any, segments: list[Any]) -> list[Any]:
    return _merge_tier(writer, segments, BY_DAY)


def merge_pieces(writer: Any, segments: list[Any]) -> list[Any]:
    return _merge_tier(writer, segments, BUILT)


def merge_by_night(writer: Any, segments: list[Any]) -> list[Any]:
    return _merge(writer, segments, [one for one in segments if one.doc_count_all() < LARGE or _is_worn(one)])


def _is_worn(segment: Any) -> bool:
    return bool(segment.deleted_count() > WORN * segment.doc_count_all())


def _merge_tier(writer: Any, segments: list[Any], tiers: Iterable[tuple[int, int]]) -> list[Any]:
    for size, most in tiers:
        found = [one for one in segments if one.doc_count_all() < size]
        if len(found) >= most:
            return _merge(writer, segments, found)
    return segments


def _merge(writer: Any, segments: list[Any], merged: list[Any]) -> list[Any]:
    """These become one with what is being written. Returns the others, as Whoosh wants it."""
    if len(merged) < 2 and not any(map(_is_worn, merged)):
        return segments
    for segment in merged:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [one for one in segments if one not in merged]
