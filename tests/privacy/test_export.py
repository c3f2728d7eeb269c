"""A copy of one's data: asked for with the password, made by the worker, its owner's only, gone after a week."""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import html5lib
import pytest
from flask import Flask
from sqlalchemy import select

from forum.kernel.db import db
from forum.kernel.mailer import StoredLetter
from forum.media import storage
from forum.privacy import archive, policy, working
from forum.privacy.models import DataExport
from tests import factories
from tests.accounts import people
from tests.accounts.people import PASSWORD
from tests.media.sending import added
from tests.privacy.leavers import TOKEN, ask, later, planted, remarked, written
from tests.web import Page, Web

PAGE = "/settings/privacy"
FILE = f"{PAGE}/export.zip"


@pytest.fixture(autouse=True)
def _no_files(app: Flask) -> Iterator[None]:
    yield
    with app.app_context():
        for path in archive.folder().glob("*"):
            path.unlink()


def asked(web: Web, password: str = PASSWORD) -> Page:
    return web.submit(PAGE, f"{PAGE}/export", password=password)


def made() -> DataExport:
    working.make_exports()
    db.session.expire_all()
    return db.session.scalars(select(DataExport)).one()


def fetched(web: Web) -> Page:
    """Read to its end, and closed as a server does."""
    page = web.get(FILE)
    page.response.get_data()
    page.response.close()
    return page


def opened(web: Web) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(fetched(web).response.data))


def data_of(packed: zipfile.ZipFile) -> dict[str, list[dict[str, Any]]]:
    told: dict[str, list[dict[str, Any]]] = json.loads(packed.read("data.json"))["data"]
    return told


def test_copy_is_made_told_of_and_downloaded(web: Web) -> None:
    web.sign_in(people.member())
    assert asked(web).status == 303
    assert "It is being made" in web.get(PAGE).words()
    made()
    page = fetched(web)
    assert (page.status, page.response.mimetype, page.response.headers["Cache-Control"]) == (
        200, "application/zip", "private, no-store",
    )  # fmt: skip
    letters = db.session.scalars(select(StoredLetter)).all()
    assert [(one.subject, FILE in one.plain) for one in letters] == [("Your data at Kade is ready", False)]


def test_copy_holds_all_that_is_the_members(web: Web) -> None:
    web.sign_in(hanna := people.member(bio="About me."))
    post = written(hanna, source="What **I** wrote.")
    remarked(hanna, post, "0000", source="And added.")
    remarked(factories.member("joost"), post, "0001", source="Said by another.")
    asked(web)
    made()
    data = data_of(opened(web))
    assert [one["source"] for one in (*data["posts"], *data["comments"])] == ["What **I** wrote.", "And added."]
    assert (data["members"][0]["bio"], "password_hash" in data["members"][0]) == ("About me.", False)
    assert "Said by another." not in json.dumps(data)


def test_copy_reads_without_network_and_scripts(web: Web) -> None:
    web.sign_in(hanna := people.member(name="<b>Hanna</b>"))
    written(hanna, title="Quays & <script>alert(1)</script>", source="What **I** wrote.\n\nTwice.")
    asked(web)
    made()
    text = opened(web).read("index.html").decode()
    tree = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True).parse(text)
    loaded = [node.get("src") or node.get("href") for node in tree.iter() if node.tag in {"link", "img", "script"}]
    addresses = [node.get("href", "") for node in tree.iter("a") if "/posts/" in node.get("href", "")]
    assert loaded == ["style.css"]
    assert "What **I** wrote." in "".join(tree.itertext())
    assert {web.get(one.removeprefix("http://localhost")).status for one in addresses} == {301}


def test_copy_brings_own_pictures(web: Web) -> None:
    web.sign_in(people.member())
    key = added(web, alt="A quay")["address"].rpartition("/")[2].partition(".")[0]
    asked(web)
    made()
    packed = opened(web)
    assert packed.read(f"files/{key}.webp") == storage.current().get(key, "1200.webp")
    assert (f'src="files/{key}.webp"' in packed.read("index.html").decode(), packed.testzip()) == (True, None)


def test_copy_gives_every_list_and_no_secret(app: Flask, tmp_path: Path) -> None:
    member = planted()
    storage.current().put(TOKEN, {"640.webp": b"bytes"})
    archive.write(member.id, "nl", tmp_path / "copy.zip")
    storage.current().delete(TOKEN)
    data = data_of(zipfile.ZipFile(tmp_path / "copy.zip"))
    assert [name for name, rows in data.items() if not rows] == []
    assert {name for rows in data.values() for row in rows for name in row} & {
        "password_hash", "token_hash", "email_key", "username_key",
    } == set()  # fmt: skip


def test_password_is_asked_again(web: Web) -> None:
    web.sign_in(people.member())
    page = asked(web, "another sentence of mine")
    assert (page.status, db.session.scalar(select(DataExport.id))) == (422, None)


def test_asked_twice_makes_one(web: Web) -> None:
    web.sign_in(people.member())
    form = people.filled(web.get(PAGE), f"{PAGE}/export", password=PASSWORD)
    assert [web.post(f"{PAGE}/export", form).status for _time in range(2)] == [303, 303]
    first = made().key
    web.post(f"{PAGE}/export", form)
    assert (made().key, len(list(archive.folder().iterdir()))) == (first, 1)


def test_copy_is_nobody_elses(web: Web) -> None:
    web.sign_in(people.member())
    asked(web)
    made()
    other = Web(web.app).sign_in(people.member("joost"))
    assert (other.get(FILE).status, Web(web.app).get(FILE).status, fetched(web).status) == (404, 303, 200)


def test_file_is_its_owners_on_disk(web: Web) -> None:
    web.sign_in(people.member())
    asked(web)
    path = archive.path_of(made().key)
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)


def test_copy_is_gone_after_a_week_and_can_be_asked_for_again(web: Web) -> None:
    web.sign_in(hanna := people.member())
    asked(web)
    made()
    with later(policy.EXPORT_KEPT_FOR + timedelta(seconds=1)):
        web.sign_in(hanna)
        before = fetched(web).status
        working.forget_exports()
        assert (before, list(archive.folder().iterdir())) == (404, [])
        assert "deleted after seven days" in web.get(PAGE).words()
        asked(web)
        made()
        assert fetched(web).status == 200


def test_copy_that_cannot_be_made_is_said_to_have_failed(web: Web) -> None:
    web.sign_in(people.member())
    asked(web)
    added(web)
    with patch.object(storage.Storage, "get", side_effect=OSError("the store is away")):
        for _time in range(policy.MAX_FAILURES):
            with pytest.raises(OSError, match="the store is away"):
                working.make_exports()
    db.session.rollback()
    assert ("couldn’t be made" in web.get(PAGE).words(), fetched(web).status) == (True, 404)
    assert asked(web).status == 303


def test_worker_killed_while_it_writes_makes_it_the_next_time(web: Web) -> None:
    web.sign_in(people.member())
    asked(web)
    with patch.object(os, "fdopen", side_effect=SystemExit), pytest.raises(SystemExit):
        working.make_exports()
    db.session.rollback()
    made()
    assert (fetched(web).status, len(list(archive.folder().iterdir()))) == (200, 1)


def test_file_that_no_row_knows_is_swept(app: Flask) -> None:
    archive.write(people.member().id, "en", archive.path_of("stray"))
    working.forget_exports()
    assert list(archive.folder().iterdir()) == []


def test_copy_whose_file_is_lost_can_be_asked_for_again(web: Web) -> None:
    web.sign_in(people.member())
    asked(web)
    archive.path_of(made().key).unlink()
    working.forget_exports()
    assert (asked(web).status, made().state, fetched(web).status) == (303, "ready", 200)


def test_who_leaves_can_still_have_a_copy(web: Web) -> None:
    web.sign_in(hanna := people.member())
    ask(hanna)
    asked(web)
    made()
    assert fetched(web).status == 200
