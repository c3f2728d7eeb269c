"""Where the index lies: `search/` in the data folder, a folder for each time it was built, and a note which is live.

search/live          the name of the live one
search/build.json    how far the one that is being built has come
search/seal.json     size and time of each finished file, so that a damaged one is noticed without reading it
search/suspect       left by a reader that met an error
search/writer.lock, search/build.lock    held by the process that writes, freed by the system when it dies
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from forum.search.engines.base import VERSION, IndexMissing, WriterBusy
from forum.search.engines.whoosh.storage import PRIVATE_FOLDER

KEPT_S = 300  # a process that opened the old one a moment ago may still be opening its files


class Places:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def _live(self) -> Path:
        return self.folder / "live"

    @property
    def _build(self) -> Path:
        return self.folder / "build.json"

    @property
    def _seal(self) -> Path:
        return self.folder / "seal.json"

    def prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        self.folder.chmod(PRIVATE_FOLDER)

    def live(self) -> Path:
        """Raises IndexMissing."""
        try:
            name = self._live.read_text().strip()
        except (OSError, UnicodeDecodeError) as error:
            raise IndexMissing from error
        if not name.startswith(f"v{VERSION}-") or "/" in name:
            raise IndexMissing
        return self.folder / name

    def fresh(self) -> Path:
        """A folder for an index that isn't live yet."""
        self.prepare()
        path = self.folder / f"v{VERSION}-{time.time_ns():x}"
        path.mkdir(mode=PRIVATE_FOLDER)
        return path

    def enliven(self, path: Path) -> None:
        """From now on this one is searched."""
        replace(self._live, path.name)
        self._build.unlink(missing_ok=True)
        self.clear_suspicion()
        self._remove_others(path)

    def _remove_others(self, kept: Path) -> None:
        for path in self.folder.iterdir():
            old = time.time() - path.stat().st_mtime > KEPT_S
            if path.is_dir() and path != kept and old:
                shutil.rmtree(path, ignore_errors=True)

    def read_build(self) -> dict[str, Any] | None:
        """What was noted of a building, if its folder is still there."""
        try:
            noted: dict[str, Any] = json.loads(self._build.read_text())
            here = (self.folder / noted["folder"]).is_dir() and noted["folder"].startswith(f"v{VERSION}-")
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return noted if here else None

    def note_build(self, noted: dict[str, Any]) -> None:
        replace(self._build, json.dumps(noted))

    def is_building(self) -> bool:
        return self.read_build() is not None

    def suspect(self) -> None:
        """A reader met an error: the writer is to look closely."""
        with suppress(OSError):
            (self.folder / "suspect").touch()

    def is_suspect(self) -> bool:
        return (self.folder / "suspect").exists()

    def clear_suspicion(self) -> None:
        (self.folder / "suspect").unlink(missing_ok=True)

    def looks(self) -> object:
        """What can be seen of the live one without opening it; None where there is none, or a reader met an error."""
        if self.is_suspect():
            return None
        try:
            path = self.live()
            return path.name, sorted((one.name, *_shape(one)) for one in path.iterdir())
        except (IndexMissing, OSError):
            return None

    def seal(self, files: Iterable[Path]) -> None:
        stats = {path.name: _shape(path) for path in files if path.exists()}
        replace(self._seal, json.dumps(stats))

    def broken_seals(self, files: Iterable[Path]) -> list[str]:
        """Which of these are gone, or aren't as they were when they were finished."""
        try:
            sealed = json.loads(self._seal.read_text())
        except (OSError, ValueError):
            sealed = {}
        return [path.name for path in files if not path.exists() or sealed.get(path.name, _shape(path)) != _shape(path)]

    @contextmanager
    def lock(self, name: str) -> Iterator[None]:
        """Raises WriterBusy at once when another process holds it."""
        self.prepare()
        descriptor = os.open(self.folder / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise WriterBusy from error
        try:
            yield
        finally:
            os.close(descriptor)


def _shape(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]


def replace(path: Path, text: str) -> None:
    """Whole or not at all: others read it at any moment."""
    new = path.with_suffix(f".{os.getpid()}")
    new.write_text(text)
    new.replace(path)
