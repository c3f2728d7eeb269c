"""The file: a tar with a manifest first, then each table as compressed lines, then the files of the data folder.

    manifest.json            what it is, when and of which version, and of each entry the size and SHA-256
    tables/NAME.jsonl.gz     see forum.backup.rows
    files/PATH               as in the data folder

Source of the idea that each entry is proved by its own sum: RFC 8493 (BagIt).
"""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from forum.backup.errors import Damaged, NotABackup

FORMAT = "kade-backup/1"
MANIFEST = "manifest.json"
PIECE = 1024 * 1024
# Opens an entry by its name.
Opener = Callable[[str], AbstractContextManager[IO[bytes]]]
MAX_MANIFEST = 64 * 1024 * 1024  # a line an entry: of a million files, perhaps; never more


@dataclass(frozen=True)
class Entry:
    """`columns` and `rows` only of a table."""

    size: int
    sha256: str
    columns: list[str] = field(default_factory=list)
    rows: int = 0


@dataclass(frozen=True)
class Manifest:
    """`revision` is the migration that the database was at; `entries` stand in the order of the file."""

    made_at: str
    version: str
    revision: str
    database: str
    entries: dict[str, Entry]


def sum_of(file: IO[bytes]) -> str:
    found = hashlib.sha256()
    while piece := file.read(PIECE):
        found.update(piece)
    return found.hexdigest()


def pack(target: Path, manifest: Manifest, sources: dict[str, Path]) -> None:
    """Write the file whole, or not at all: under another name first, readable by its owner only."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    head = json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1).encode()
    listed = part.with_name(f"{part.name}.json")
    try:
        listed.write_bytes(head)
        with tarfile.open(part, "w") as tar:
            tar.add(listed, MANIFEST, recursive=False)
            for name in manifest.entries:
                tar.add(sources[name], name, recursive=False)
        verify(part)
        part.replace(target)
    finally:
        listed.unlink(missing_ok=True)
        part.unlink(missing_ok=True)


def verify(path: Path) -> Manifest:
    """Read all of it and compare every sum. Raises NotABackup or Damaged."""
    with opened(path) as tar:
        manifest = _manifest(tar)
        for name, entry in manifest.entries.items():
            with member(tar, name) as file:
                if sum_of(file) != entry.sha256:
                    raise Damaged(f"{name} isn't what was put in")
    return manifest


@contextmanager
def opened(path: Path) -> Iterator[tarfile.TarFile]:
    """Raises NotABackup."""
    if not path.exists():
        raise NotABackup(f"there is no file {path}")
    try:
        tar = tarfile.open(path, "r:")  # noqa: SIM115  # what goes wrong while it's read is another thing
    except (tarfile.TarError, EOFError, OSError) as error:
        raise NotABackup(str(error)) from error
    with tar:
        yield tar


def _manifest(tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    if first is None or first.name != MANIFEST or not first.isreg() or first.size > MAX_MANIFEST:
        raise NotABackup("it doesn't begin with its manifest")
    file = tar.extractfile(first)
    try:
        told = json.loads(file.read() if file else b"")
        if told.pop("format") != FORMAT:
            raise NotABackup("it is of another format")
        entries = {name: Entry(**entry) for name, entry in told.pop("entries").items()}
        return Manifest(**told, entries=entries)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotABackup("its manifest can't be read") from error


@contextmanager
def member(tar: tarfile.TarFile, name: str) -> Iterator[IO[bytes]]:
    """An entry's bytes. Raises Damaged."""
    try:
        found = tar.extractfile(name)
    except (KeyError, tarfile.TarError):
        found = None
    if found is None:
        raise Damaged(f"{name} is missing")
    with found:
        yield found
