"""Notes and reminders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forum import wiring
from forum.bookmarks import commands
from forum.bookmarks.events import BookmarkDue
from forum.bookmarks.models import Bookmark
from forum.kernel import clock, events
from forum.kernel.db import db, transaction
from tests import factories
from tests.web import Page, Web

told: list[BookmarkDue] = []


def hear(event: BookmarkDue) -> None:
    told.append(event)


@pytest.fixture(autouse=True)
def listening(app: Flask) -> Iterator[None]:
    told.clear()
    events.connect({BookmarkDue: [hear]}, {})
    yield
    events.connect(wiring.TOGETHER, wiring.LATER)


@pytest.fixture
def bookmark(web: Web) -> Bookmark:
    """Hanna's, who is signed in."""
    hanna, post = factories.member("hanna"), factories.post(title="Heat")
    web.sign_in(hanna)
    with transaction():
        commands.bookmark_post(factories.actor(hanna), post.id, on=True)
    return db.session.scalars(select(Bookmark)).one()


def write(web: Web, bookmark: Bookmark, note: str = "", day: str = "") -> Page:
    path = f"/bookmarks/{bookmark.id}"
    return web.submit(path, path, note=note, remind_on=day)


def in_days(number: int) -> str:
    return (clock.now() + timedelta(days=number)).date().isoformat()


def tell(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    now = datetime.now(UTC) + timedelta(days=days)
    with monkeypatch.context() as patch, transaction():
        patch.setattr(clock, "now", lambda: now)
        commands.tell_due()


def test_note_and_day_are_kept(web: Web, bookmark: Bookmark) -> None:
    assert write(web, bookmark, "  For the <council>\r\nnext week ", in_days(7)).status == 303
    page = web.get("/bookmarks")
    assert "For the <council> next week" in page.words()
    found = web.get(f"/bookmarks/{bookmark.id}").form(f"/bookmarks/{bookmark.id}")
    assert (found["note"], found["remind_on"]) == (["For the <council>\nnext week"], [in_days(7)])


@pytest.mark.parametrize(
    ("note", "day", "words"),
    [
        ("x" * 501, "", "Shorten the note to 500 characters."),
        ("kept", "tomorrow", "Write the day as year-month-day, such as 2026-11-30."),
        ("kept", "2020-01-01", "Choose a day after today, within five years."),
        ("kept", "2999-01-01", "Choose a day after today, within five years."),
        ("kept", "today", "Write the day"),
    ],
)
def test_what_cannot_be_kept_comes_back(web: Web, bookmark: Bookmark, note: str, day: str, words: str) -> None:
    page = write(web, bookmark, note, day)
    assert (page.status, words in page.words()) == (422, True)
    assert page.form(f"/bookmarks/{bookmark.id}")["note"] == [note]
    assert db.session.get_one(Bookmark, bookmark.id).note == ""


def test_reminder_is_told_on_its_day_and_once(web: Web, bookmark: Bookmark, monkeypatch: pytest.MonkeyPatch) -> None:
    write(web, bookmark, day=in_days(2))
    counts = []
    for day in (1, 3, 4):
        tell(monkeypatch, day)
        counts.append(len(told))
    assert (counts, told[0].member_id, told[0].post_id) == ([0, 1, 1], bookmark.member_id, bookmark.post_id)


def test_reminder_at_another_day_is_told_again(web: Web, bookmark: Bookmark, monkeypatch: pytest.MonkeyPatch) -> None:
    write(web, bookmark, day=in_days(2))
    tell(monkeypatch, 3)
    write(web, bookmark, "the same day", day=in_days(2))
    tell(monkeypatch, 4)
    assert len(told) == 1
    write(web, bookmark, day=in_days(5))
    tell(monkeypatch, 6)
    assert len(told) == 2


def test_reminder_taken_away_is_not_told(web: Web, bookmark: Bookmark, monkeypatch: pytest.MonkeyPatch) -> None:
    write(web, bookmark, day=in_days(2))
    write(web, bookmark, day="")
    tell(monkeypatch, 3)
    assert told == []


def test_passed_reminders_stand_first(web: Web, bookmark: Bookmark) -> None:
    with transaction() as session:
        session.get_one(Bookmark, bookmark.id).remind_at = clock.now() - timedelta(days=1)
    headings = [" ".join(one.itertext()) for one in web.get("/bookmarks").tree.findall(".//main//h2")]
    assert headings == ["You asked to be reminded", "All bookmarks"]


def test_passed_day_may_stay(web: Web, bookmark: Bookmark) -> None:
    past = clock.now() - timedelta(days=1)
    with transaction() as session:
        session.get_one(Bookmark, bookmark.id).remind_at = past
    assert write(web, bookmark, "still", past.date().isoformat()).status == 303
