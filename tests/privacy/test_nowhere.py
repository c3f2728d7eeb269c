"""After a member left, nothing of theirs is found in any table, file, index or page, but for what has a reason."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Text, cast, inspect, select, table
from sqlalchemy import column as named_column

from forum.accounts.models import Member
from forum.kernel.db import db
from forum.kernel.mailer import Postbox
from forum.kernel.worker import Worker
from forum.media import storage
from forum.posts.models import Post
from forum.privacy import archive, policy
from forum.search.index import engine
from tests.privacy.leavers import TOKEN, later, leave, planted
from tests.search.finding import settle
from tests.web import Web

ACT = "a moderator's or administrator's act, under a number; it has to be accounted for"
OFFICE = "an organisation's evidence that it is who it says"
NOTICE = "a notice without name and address of its sender: something was decided because of it"
# What may still hold a member's words, and why.
KEPT = {
    "admin_acts": ACT,
    "curating_acts": ACT,
    "decisions": ACT,
    "internal_notes": ACT,
    "rule_editions": ACT,
    "setting_changes": ACT,
    "statements_of_reasons": "the law asks for it",
    "watched_words": ACT,
    "membership_requests.reason": ACT,
    "notices.address": NOTICE,
    "notices.explanation": NOTICE,
    "notices.law": NOTICE,
    "notices.reference": NOTICE,
    "membership_proofs.domain": OFFICE,
    "membership_proofs.challenge": OFFICE,
    "membership_proofs.problem": OFFICE,
}


@pytest.fixture(autouse=True)
def _index(app: Flask) -> Iterator[None]:
    shutil.rmtree(app.extensions["settings"].data_dir / "search", ignore_errors=True)
    engine().create()
    yield
    storage.current().delete(TOKEN)
    for name in ("exports", "mail", "search"):
        shutil.rmtree(app.extensions["settings"].data_dir / name, ignore_errors=True)


def found_in_tables() -> set[str]:
    """`table.column` wherever TOKEN stands in what can be read as text: of the database, not of the models."""
    return {
        f"{name}.{one['name']}"
        for name in inspect(db.engine).get_table_names()
        for one in inspect(db.engine).get_columns(name)
        if _holds(name, one["name"])
    }


def _holds(name: str, column: str) -> bool:
    held = cast(named_column(column), Text).icontains(TOKEN)
    return db.session.scalar(select(1).select_from(table(name)).where(held).limit(1)) is not None


def found_on_disk(folder: Path) -> list[str]:
    """Names or contents; the database's own files aside, whose tables were read."""
    files = [path for path in folder.rglob("*") if path.is_file() and ".sqlite3" not in path.name]
    return [path.name for path in files if TOKEN in path.name or TOKEN.encode() in path.read_bytes().lower()]


def unexplained(found: set[str]) -> list[str]:
    return sorted(one for one in found if one not in KEPT and one.partition(".")[0] not in KEPT)


def a_leaver() -> Member:
    member = planted()
    storage.current().put(TOKEN, {"640.webp": TOKEN.encode()})
    archive.write(member.id, "en", archive.path_of(TOKEN))
    settle()
    return member


def test_planted_words_are_everywhere_before(app: Flask) -> None:
    a_leaver()
    tables = {one.partition(".")[0] for one in found_in_tables()}
    assert {"members", "posts", "comments", "drafts", "bookmarks", "letters", "reports", "appeals"} - tables == set()
    assert len(found_on_disk(app.extensions["settings"].data_dir)) > 3


def test_planted_words_are_nowhere_after(app: Flask) -> None:
    leave(a_leaver())
    settle()
    engine().optimise()
    assert found_on_disk(app.extensions["settings"].data_dir) == []
    with later(policy.THINK_FOR):
        Worker(Postbox.of(app.extensions["settings"]), {}).drain()
    assert unexplained(found_in_tables()) == []


def test_planted_words_are_on_no_page_after(web: Web) -> None:
    member = planted()
    post = f"/posts/{db.session.scalar(select(Post.id))}/x"
    paths = ("/", "/?tab=latest", post, "/members", "/feeds/latest.atom", "/sitemap.xml", "/topics")
    before = [path for path in paths if TOKEN in web.get(path).text]
    leave(member)
    assert len(before) > 3
    assert [path for path in paths if TOKEN in web.get(path).text] == []
