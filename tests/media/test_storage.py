"""The same files in a folder and in a store that speaks S3; and what nothing holds goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.accounts.models import Member
from forum.config import ConfigurationError, Settings
from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.media import sweeping
from forum.media.errors import NoSuchFile, StorageAway
from forum.media.models import File
from forum.media.policy import ORPHAN_AFTER
from forum.media.storage import Storage
from tests.media.sending import added
from tests.media.test_serving import published
from tests.stores import bucket
from tests.web import Web

KEY, OTHER = "AbCdEfGhIjKlMnOp", "0123456789abcdef"


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    with bucket() as url:
        yield url


@pytest.fixture(params=["folder", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    return Storage(request.getfixturevalue("moto") if request.param == "s3" else None, tmp_path / "media")


def test_file_is_kept_found_and_deleted(storage: Storage) -> None:
    storage.put(KEY, {"480.webp": b"small", "960.webp": b"large"})
    storage.put(OTHER, {"document.pdf": b"pdf"})
    assert (storage.get(KEY, "480.webp"), storage.get(OTHER, "document.pdf")) == (b"small", b"pdf")
    assert {key for key, _age in storage.stored()} == {KEY, OTHER}
    storage.delete(KEY)
    storage.delete(KEY)
    with pytest.raises(NoSuchFile):
        storage.get(KEY, "480.webp")
    assert {key for key, _age in storage.stored()} == {OTHER}
    storage.delete(OTHER)


def test_check_leaves_nothing_behind(storage: Storage) -> None:
    storage.check()
    assert list(storage.stored()) == []


def test_check_of_a_folder_that_cannot_be_written_fails(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("a file where the folder should be")
    with pytest.raises((StorageAway, FileExistsError)):
        Storage(None, tmp_path / "media").check()


def test_store_that_cannot_be_reached_is_away() -> None:
    with pytest.raises(StorageAway):
        Storage("s3+http://a:b@127.0.0.1:9/bucket", Path()).put(KEY, {"480.webp": b"x"})


@pytest.mark.parametrize("url", ["s3://bucket", "https://a:b@host/bucket", "s3://a:b@host/", "s3://host/bucket"])
def test_setting_that_cannot_be_used_says_so(tmp_path: Path, url: str) -> None:
    with pytest.raises(ConfigurationError, match="FORUM_MEDIA_URL"):
        Settings.from_env({"FORUM_DATA_DIR": str(tmp_path), "FORUM_MEDIA_URL": url})


def aged(days: int) -> None:
    with transaction() as session:
        session.execute(update(File).values(unused_since=clock.now() - timedelta(days=days)))


def stored(app: Flask) -> set[str]:
    return {key for key, _age in app.extensions["media_storage"].stored()}


def test_file_that_nothing_holds_goes_after_a_while(app: Flask, web: Web, ada: Member) -> None:
    added(web)
    aged(ORPHAN_AFTER.days - 1)
    sweeping.sweep_orphans()
    assert len(stored(app)) == 1
    aged(ORPHAN_AFTER.days + 1)
    sweeping.sweep_orphans()
    assert (stored(app), db.session.scalars(select(File)).all()) == (set(), [])


def test_file_in_an_older_version_stays(app: Flask, web: Web, ada: Member) -> None:
    post = published(web, added(web))
    web.submit(f"/posts/{post.id}/edit", f"/posts/{post.id}/edit", body="Words only.")
    aged(ORPHAN_AFTER.days + 1)
    sweeping.sweep_orphans()
    assert len(stored(app)) == 1


def test_file_that_something_holds_is_not_unused(app: Flask, web: Web, ada: Member) -> None:
    published(web, added(web))
    assert db.session.scalars(select(File.unused_since)).one() is None


def test_bytes_that_never_became_a_file_go_after_a_day(
    app: Flask, web: Web, ada: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(web)
    app.extensions["media_storage"].put(OTHER, {"480.webp": b"x"})
    sweeping.sweep_strays()
    assert OTHER in stored(app)
    monkeypatch.setattr(sweeping, "STRAY_AFTER", timedelta(seconds=-5))
    sweeping.sweep_strays()
    assert (OTHER in stored(app), len(stored(app))) == (False, 1)
