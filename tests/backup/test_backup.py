"""A site in one file: brought back whole on either database, refused when the file isn't whole."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.app import create_app
from forum.backup import archive, making, rows
from forum.backup.errors import Damaged, FromLaterVersion, NotABackup, NotEmpty
from forum.community.demo import load
from forum.kernel import schema
from forum.kernel.db import db
from forum.kernel.errors import Refused
from forum.kernel.versions import PageVersion
from forum.media.errors import StorageAway
from forum.media.storage import Storage
from forum.posts.models import Post
from forum.search.index import engine
from tests import factories
from tests.conftest import settings_for
from tests.stores import bucket

Rows = dict[str, list[tuple[Any, ...]]]
WORDS = ("secret-key", "the key of the site that was backed up, 48 letters")


@pytest.fixture
def here(app: Flask, tmp_path: Path) -> Path:
    """The data folder of a site with a post and a picture."""
    factories.comment(factories.member(), factories.post(), "0000")
    folder = tmp_path / "here"
    (folder / "media" / "ab").mkdir(parents=True)
    (folder / "media" / "ab" / "cd.webp").write_bytes(bytes(range(256)))
    (folder / WORDS[0]).write_text(WORDS[1])
    return folder


@pytest.fixture
def community(app: Flask) -> None:
    load()


@pytest.fixture
def file(here: Path, tmp_path: Path) -> Path:
    path = tmp_path / "kade.backup"
    making.create(path, here)
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Flask]]:
    """Makes a site without anything in it, whose database is of either kind whatever the first one's is."""
    folder = tmp_path / "there"
    folder.mkdir()
    url = f"sqlite:///{folder / 'kade.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("second_postgres_database")
    made: list[Flask] = []

    def make() -> Flask:
        made.append(create_app(settings_for(folder, url)))
        return made[-1]

    yield make
    for one in made:
        with one.app_context():
            db.session.remove()
            db.engine.dispose()


def everything() -> Rows:
    found = {
        table.name: sorted((tuple(row) for row in db.session.execute(select(table))), key=repr)
        for table in db.metadata.sorted_tables
    }
    db.session.rollback()
    return found


def folder_of(app: Flask) -> Path:
    path: Path = app.extensions["settings"].data_dir
    return path


def test_site_comes_back_whole_on_either_database(community: None, file: Path, empty: Callable[[], Flask]) -> None:
    before = everything()
    with (there := empty()).app_context():
        making.restore(file, folder_of(there))
        assert everything() == before
    assert (folder_of(there) / "media" / "ab" / "cd.webp").read_bytes() == bytes(range(256))
    assert (folder_of(there) / WORDS[0]).read_text() == WORDS[1]


def test_restored_site_goes_on(file: Path, empty: Callable[[], Flask]) -> None:
    with (there := empty()).app_context():
        making.restore(file, folder_of(there))
        before = db.session.scalar(select(func.sum(PageVersion.n)))
        post = factories.post()
        assert post.id == db.session.scalar(select(func.max(Post.id)))
        assert (db.session.scalar(select(func.sum(PageVersion.n))) or 0) > (before or 0)


@pytest.mark.parametrize(("at_first", "then"), [("bucket", "folder"), ("folder", "bucket"), ("bucket", "bucket")])
def test_files_of_a_bucket_come_along(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_first: str, then: str
) -> None:
    path, data = "ab/AbCdEfGhIjKlMnOp/480.webp", bytes(range(256))
    with bucket() as url, bucket_or_folder(url, at_first, tmp_path / "here" / "media") as first:
        monkeypatch.setitem(app.extensions, "media_storage", first)
        first.write(path, data)
        making.create(tmp_path / "kade.backup", tmp_path / "here")
    with (
        bucket() as url,
        bucket_or_folder(url, then, tmp_path / "there" / "media") as second,
        own_app(tmp_path) as there,
    ):
        there.extensions["media_storage"] = second
        making.restore(tmp_path / "kade.backup", tmp_path / "there")
        assert (list(second.paths()), second.read(path)) == ([path], data)


def test_store_that_is_away_makes_no_backup(
    app: Flask, here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = Storage("s3+http://key:secret@127.0.0.1:1/files", here)
    monkeypatch.setitem(app.extensions, "media_storage", away)
    with pytest.raises(StorageAway):
        making.create(tmp_path / "kade.backup", here)
    assert list(tmp_path.glob("*.backup*")) == []


def test_file_that_is_swept_meanwhile_breaks_nothing(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept = here / "media" / "ab" / "cd.webp"
    pack = archive.pack

    def sweep_and_pack(*given: Any) -> None:
        swept.unlink()
        pack(*given)

    monkeypatch.setattr(archive, "pack", sweep_and_pack)
    making.create(tmp_path / "kade.backup", here)
    with archive.opened(tmp_path / "kade.backup") as tar, archive.member(tar, "files/media/ab/cd.webp") as file:
        assert file.read() == bytes(range(256))


def test_empty_machine_needs_no_folder_and_builds_its_index(file: Path, tmp_path: Path) -> None:
    with own_app(tmp_path):
        making.restore(file, tmp_path / "there")
        assert engine().is_building()


@contextmanager
def own_app(tmp_path: Path) -> Iterator[Flask]:
    """A site whose folder isn't there yet."""
    app = create_app(settings_for(tmp_path / "there", f"sqlite:///{tmp_path / 'there' / 'kade.sqlite3'}"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@contextmanager
def bucket_or_folder(url: str, kind: str, folder: Path) -> Iterator[Storage]:
    folder.parent.mkdir(exist_ok=True)
    yield Storage(url if kind == "bucket" else None, folder)


def test_site_with_members_is_never_written_over(file: Path, empty: Callable[[], Flask]) -> None:
    with (there := empty()).app_context():
        schema.upgrade()
        factories.member("somebody")
        with pytest.raises(NotEmpty):
            making.restore(file, folder_of(there))
        assert [row.username for row in db.session.scalars(select(Member))] == ["somebody"]
    assert not (folder_of(there) / "media").exists()


def test_file_that_is_there_is_never_written_over(file: Path, here: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(Refused, match="is there already"):
        making.create(file, here)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.glob("*backup*")] == [file.name]


def test_file_is_for_its_owner_only(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("entry", ["tables/members.jsonl.gz", "files/media/ab/cd.webp"])
def test_damage_of_one_bit_is_noticed(file: Path, entry: str) -> None:
    """Of an entry: between them are zeros that nobody reads."""
    whole = file.read_bytes()
    with tarfile.open(file) as tar:
        place = tar.getmember(entry).offset_data + 50
    file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    with pytest.raises((Damaged, NotABackup)):
        archive.verify(file)


@pytest.mark.parametrize("kept", [0, 0.3, 0.9])
def test_part_of_a_file_is_refused(file: Path, kept: float) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises((Damaged, NotABackup)):
        archive.verify(file)


def test_anything_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear city,")
    for name in ("letter.txt", "nowhere.backup"):
        with pytest.raises(NotABackup):
            archive.verify(tmp_path / name)


def forged(path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """The same file with another manifest."""
    made = path.with_name("forged.backup")
    with tarfile.open(path) as tar, tarfile.open(made, "w") as into:
        for one in tar.getmembers():
            data = tar.extractfile(one).read()  # type: ignore[union-attr]  # all are files
            if one.name == archive.MANIFEST:
                told = json.loads(data)
                change(told)
                data = json.dumps(told).encode()
            elif one.name == "files/secret-key":
                one.name = "files/../../escaped"
            one.size = len(data)
            into.addfile(one, io.BytesIO(data))
    return made


def escape(told: dict[str, Any]) -> None:
    told["entries"]["files/../../escaped"] = told["entries"].pop("files/secret-key")


def test_forged_file_writes_nothing_outside_the_data_folder(file: Path, empty: Callable[[], Flask]) -> None:
    with (there := empty()).app_context(), pytest.raises(Damaged, match="leads out"):
        making.restore(forged(file, escape), folder_of(there))
    assert not list(file.parent.parent.rglob("escaped"))


def test_backup_of_a_later_version_is_refused(file: Path, empty: Callable[[], Flask]) -> None:
    def put_forward(told: dict[str, Any]) -> None:
        escape(told)
        told["revision"] = "9999_flying"

    later = forged(file, put_forward)
    with (there := empty()).app_context(), pytest.raises(FromLaterVersion, match="Upgrade this checkout"):
        making.restore(later, folder_of(there))


def test_rows_of_one_moment_are_in_it_while_others_write(here: Path, tmp_path: Path, app: Flask) -> None:
    """What is committed after the snapshot began is in none of its tables, though they are read later."""
    dumped: list[str] = []
    original = rows.dump

    def dump_and_disturb(connection: Any, table: Any, into: Any) -> int:
        if not dumped:
            original(connection, table, io.BytesIO())  # the first read is where a snapshot begins
            with app.app_context():
                factories.post()
        dumped.append(table.name)
        return original(connection, table, into)

    before = {name: len(found) for name, found in everything().items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "dump", dump_and_disturb)
        manifest = making.create(tmp_path / "busy.backup", here)
    assert {name: manifest.entries[f"tables/{name}.jsonl.gz"].rows for name in ("posts", "members")} == {
        name: before[name] for name in ("posts", "members")
    }
