"""An index that is built beside the live one, in pieces, so that it goes on where it was stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from whoosh.index import FileIndex

from forum.search.documents import Document
from forum.search.engines.base import Build, Progress, Write
from forum.search.engines.whoosh import schema
from forum.search.engines.whoosh.places import Places
from forum.search.engines.whoosh.reading import Opened
from forum.search.engines.whoosh.storage import Folder
from forum.search.engines.whoosh.writing import FolderWrite


def progress_in(places: Places) -> Progress | None:
    noted = places.read_build()
    return Progress(**noted["progress"]) if noted and noted.get("progress") else None


def begin(places: Places) -> Path:
    """The folder of the one that was begun, or of a new one."""
    noted = places.read_build()
    if noted is not None:
        return places.folder / str(noted["folder"])
    path = places.fresh()
    FileIndex.create(Folder(path), schema.make(), "MAIN")
    places.note_build({"folder": path.name, "progress": None})
    return path


# Documents of a segment, since putting segments together costs more than making them. It's what a killed build does
# again: a minute or two.
SEGMENT = 50_000


class WhooshBuild(Build):
    def __init__(self, places: Places) -> None:
        self._places = places
        self._progress = progress_in(places)
        self._resumed = self._progress is not None
        self._path = begin(places)
        self._write: FolderWrite | None = None
        self._unsaved = 0

    @property
    def progress(self) -> Progress | None:
        return self._progress

    def add(self, documents: Sequence[Document], progress: Progress) -> None:
        self._write = self._write or FolderWrite(self._path)
        if self._resumed:  # what was added just before it was stopped may not have been noted
            self._write.forget(document.key for document in documents)
        self._write.add(documents)
        self._progress, self._unsaved = progress, self._unsaved + len(documents)
        if self._unsaved >= SEGMENT:
            self.save()

    def save(self) -> None:
        """What was added is found there by whoever goes on."""
        if self._write is not None and self._progress is not None:
            self._write.save_piece()
            self._write, self._unsaved, self._resumed = None, 0, False
            self._places.note_build({"folder": self._path.name, "progress": asdict(self._progress)})

    def cancel(self) -> None:
        if self._write is not None:
            self._write.cancel()

    @contextmanager
    def finishing(self) -> Iterator[Write]:
        self.save()
        with self._places.lock("writer"):
            write = FolderWrite(self._path)
            try:
                yield write
            except BaseException:
                write.cancel()
                raise
            write.save()
            self._places.seal(Opened(self._path).files)
            self._places.enliven(self._path)
