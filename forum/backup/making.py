"""Make a backup while the site is up, and bring one back to an empty site."""

from __future__ import annotations

import gzip
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from sqlalchemy import Table, func, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from forum.accounts.models import Member
from forum.backup import archive, rows
from forum.backup.archive import Entry, Manifest
from forum.backup.errors import Damaged, FromLaterVersion, NotEmpty
from forum.kernel import clock, schema
from forum.kernel.db import db, is_sqlite, snapshot, transaction
from forum.kernel.errors import Refused
from forum.media import storage
from forum.media.errors import NoSuchFile
from forum.search.index import engine

# Made anew from the rest, or of one machine.
NOT_KEPT = frozenset({"alembic_version"})
# What of the data folder belongs to the community; the database and the search index don't, as files.
FILES = ("secret-key", "media")


def create(target: Path, data_dir: Path) -> Manifest:
    """Write the whole site into one file. All rows are of one moment; files are copied after them, so that whatever a
    row speaks of is there. Raises Refused when the database isn't of this version or the file is there already.
    """
    revision = schema.check()
    if target.exists():
        raise Refused(f"{target} is there already. Name another file, or remove that one.")
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
        sources: dict[str, Path] = {}
        entries = dict(_dump_tables(Path(folder), sources))
        entries |= dict(_list_files(data_dir, Path(folder), sources))
        entries |= dict(_list_store(Path(folder), sources))
        kind = str(db.engine.dialect.name)
        manifest = Manifest(clock.now().isoformat(), version("kade"), revision, kind, entries)
        archive.pack(target, manifest, sources)
    return manifest


def _dump_tables(folder: Path, sources: dict[str, Path]) -> Iterator[tuple[str, Entry]]:
    with snapshot() as session:
        connection = session.connection()
        if not is_sqlite():
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        for table in db.metadata.sorted_tables:
            if table.name not in NOT_KEPT:
                name, path = f"tables/{table.name}.jsonl.gz", folder / f"{table.name}.jsonl.gz"
                sources[name] = path
                yield name, _dump_table(connection, table, path)


def _dump_table(connection: Connection, table: Table, path: Path) -> Entry:
    with gzip.open(path, "wb", compresslevel=6) as into:
        count = rows.dump(connection, table, into)  # type: ignore[arg-type]  # a GzipFile writes as any binary file
    with path.open("rb") as written:
        return Entry(path.stat().st_size, archive.sum_of(written), [column.name for column in table.columns], count)


def _list_files(data_dir: Path, folder: Path, sources: dict[str, Path]) -> Iterator[tuple[str, Entry]]:
    """Of the data folder. Each is held first, since the worker may take one away that nothing speaks of any more."""
    for kept in FILES:
        top = data_dir / kept
        found = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.is_file())
        for path in found:
            held = folder / "files" / path.relative_to(data_dir)
            with suppress(FileNotFoundError):
                _hold(path, held)
                yield _listed(f"files/{path.relative_to(data_dir).as_posix()}", held, sources)


def _hold(path: Path, held: Path) -> None:
    """A second name for the same bytes where both are on one disk, else a copy."""
    held.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, held)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(path, held)


def _list_store(folder: Path, sources: dict[str, Path]) -> Iterator[tuple[str, Entry]]:
    """Of a bucket, where there is one: brought here, so that they're in the file as those of a folder are."""
    files = storage.current()
    if not files.url:
        return
    for path in sorted(files.paths()):
        held = folder / "store" / path
        held.parent.mkdir(parents=True, exist_ok=True)
        with suppress(NoSuchFile):
            held.write_bytes(files.read(path))
            yield _listed(f"files/{storage.FOLDER}/{path}", held, sources)


def _listed(name: str, path: Path, sources: dict[str, Path]) -> tuple[str, Entry]:
    sources[name] = path
    with path.open("rb") as file:
        return name, Entry(path.stat().st_size, archive.sum_of(file))


def restore(source: Path, data_dir: Path) -> Manifest:
    """Bring a site back from one file: everything in it, or nothing. A backup of an earlier version is upgraded.

    Every sum is checked before anything is touched. Raises NotABackup, Damaged, NotEmpty, FromLaterVersion or
    StorageAway.
    """
    manifest = archive.verify(source)
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    _check_empty(manifest.revision)
    with archive.opened(source) as tar, tempfile.TemporaryDirectory(prefix=".restore-", dir=data_dir) as folder:
        for name in manifest.entries:
            if name.startswith("files/"):
                path = Path(folder) / _safe(name)
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.member(tar, name) as file, path.open("wb") as into:
                    shutil.copyfileobj(file, into)
        _fill_store(Path(folder) / storage.FOLDER)
        try:
            with transaction() as session:
                _load_tables(session.connection(), manifest, lambda name: archive.member(tar, name))
        except (ValueError, OSError, EOFError, zlib.error, IntegrityError) as error:
            raise Damaged(str(error).splitlines()[0]) from error
        _put_files(Path(folder), data_dir)
    schema.upgrade()
    engine().begin()  # whatever index is here is of something else
    return manifest


def _check_empty(revision: str) -> None:
    current, _head = schema.current_and_head()
    if current is not None and db.session.scalar(select(func.count()).select_from(Member)):
        raise NotEmpty
    db.session.rollback()
    if revision not in schema.revisions():
        raise FromLaterVersion(revision)
    if current is not None:
        schema.downgrade("base")
    schema.upgrade(revision)


def _load_tables(connection: Connection, manifest: Manifest, member: archive.Opener) -> None:
    tables = rows.tables_of(connection)
    close = rows.open_for_loading(connection, tables)
    for name, entry in manifest.entries.items():
        if not name.startswith("tables/"):
            continue
        table = tables.tables.get(name.removeprefix("tables/").removesuffix(".jsonl.gz"))
        if table is None:
            raise Damaged(f"{name} is of no table that this version had")
        connection.execute(table.delete())  # rows that the migrations themselves made
        with member(name) as packed, gzip.open(packed) as lines:
            count = rows.load(connection, table, entry.columns, lines)
        if count != entry.rows:
            raise Damaged(f"{name} holds {count} rows, not {entry.rows}")
    close()


def _safe(name: str) -> PurePosixPath:
    """A path below the data folder, whatever a forged file says."""
    path = PurePosixPath(name.removeprefix("files/"))
    if path.is_absolute() or ".." in path.parts or path.parts[0] not in FILES:
        raise Damaged(f"{name} leads out of the data folder")
    return path


def _fill_store(folder: Path) -> None:
    """Into the bucket, where this site has one. Before the rows: files that no row speaks of are swept in time."""
    files = storage.current()
    if files.url and folder.is_dir():
        for path in (one for one in sorted(folder.rglob("*")) if one.is_file()):
            files.write(path.relative_to(folder).as_posix(), path.read_bytes())
        shutil.rmtree(folder)


def _put_files(folder: Path, data_dir: Path) -> None:
    for kept in FILES:
        source, target = folder / kept, data_dir / kept
        if source.is_file():
            source.chmod(0o600)
            source.replace(target)
        elif source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
