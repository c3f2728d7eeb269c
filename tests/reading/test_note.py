"""How far a member got: what moves the place on, what doesn't, and what is counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.accounts.models import Block, Member
from forum.comments.models import Comment
from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.posts.models import Post, PostState
from forum.reading import commands, queries
from forum.reading.commands import Seen
from forum.reading.models import ReadingPlace
from tests import factories


@dataclass
class Thread:
    """A post, who writes below it and who reads."""

    post: Post
    writer: Member
    reader: Member
    comments: list[Comment] = field(default_factory=list)

    def add(self, author: Member | None = None, **fields: object) -> Comment:
        path = f"{len(self.comments):04d}"
        self.comments.append(factories.comment(author or self.writer, self.post, path, **fields))
        with transaction():
            db.session.execute(update(Post).values(comment_count=len(self.comments)))
        return self.comments[-1]

    def see(self, *comments: Comment, seconds: int = 0) -> None:
        with transaction():
            ids = tuple(comment.id for comment in comments)
            commands.note([Seen(self.reader.id, self.post.id, ids, seconds, clock.now())])

    def place(self) -> int | None:
        here = select(ReadingPlace.comment_id).where(ReadingPlace.member_id == self.reader.id)
        return db.session.scalar(here)

    def count(self) -> int:
        return queries.count_new(self.reader.id, self.post.id)

    def totals(self) -> queries.Totals:
        return queries.totals_of(self.reader.id)


@pytest.fixture
def thread(app: Flask) -> Thread:
    thread = Thread(factories.post(), factories.member(), factories.member())
    for _ in range(3):
        thread.add()
    return thread


def test_first_visit_takes_in_all_that_is_there(thread: Thread) -> None:
    thread.see(thread.comments[0])
    assert (thread.place(), thread.count()) == (thread.comments[2].id, 0)


def test_discussion_never_opened_has_nothing_new(thread: Thread) -> None:
    assert thread.count() == 0


def test_later_comment_is_new_until_it_is_seen(thread: Thread) -> None:
    thread.see()
    later = thread.add()
    before = thread.count()
    thread.see(later)
    assert (before, thread.count(), thread.place()) == (1, 0, later.id)


def test_comment_that_was_passed_over_stays_new(thread: Thread) -> None:
    thread.see()
    one, two, three = thread.add(), thread.add(), thread.add()
    thread.see(one, three)
    assert (thread.place(), thread.count()) == (one.id, 2)
    thread.see(two, three)
    assert (thread.place(), thread.count()) == (three.id, 0)


@pytest.mark.parametrize("state", ["hidden", "pending", "removed", "withdrawn", "rejected"])
def test_comment_that_cannot_be_read_is_never_new(thread: Thread, state: str) -> None:
    thread.see()
    thread.add(state=state)
    assert thread.count() == 0


def test_comment_hidden_later_is_no_longer_new(thread: Thread) -> None:
    thread.see()
    later = thread.add()
    with transaction():
        db.session.execute(update(Comment).where(Comment.id == later.id).values(state="hidden"))
    assert thread.count() == 0


def test_hidden_comment_holds_nothing_back(thread: Thread) -> None:
    thread.see()
    thread.add(state="hidden")
    last = thread.add()
    thread.see(last)
    assert (thread.place(), thread.count()) == (last.id, 0)


def test_own_comment_and_one_of_a_blocked_member_are_not_new(thread: Thread) -> None:
    blocked = factories.member()
    with transaction() as session:
        session.add(Block(member_id=thread.reader.id, blocked_id=blocked.id, created_at=clock.now()))
    thread.see()
    thread.add(thread.reader)
    thread.add(blocked)
    assert thread.count() == 0


def test_two_tabs_never_take_the_place_back(thread: Thread) -> None:
    thread.see()
    one, two = thread.add(), thread.add()
    thread.see(one, two)
    thread.see(one)
    assert (thread.place(), thread.count()) == (two.id, 0)


def test_everything_can_be_marked_read_and_twice_is_once(thread: Thread) -> None:
    thread.see()
    thread.add()
    for _ in range(2):
        with transaction():
            commands.mark_all_read(factories.actor(thread.reader), thread.post.id)
        assert thread.count() == 0


def test_sums_grow_by_posts_comments_and_time(thread: Thread) -> None:
    thread.see(*thread.comments, seconds=90)
    totals = thread.totals()
    assert (totals.posts_opened, totals.comments_read, totals.minutes, totals.days_visited) == (1, 3, 1, 1)


def test_same_page_read_twice_counts_once(thread: Thread) -> None:
    for _ in range(2):
        thread.see(*thread.comments)
    totals = thread.totals()
    assert (totals.posts_opened, totals.comments_read) == (1, 3)


def test_two_tabs_at_once_count_no_more_time_than_there_was(thread: Thread) -> None:
    for _ in range(5):
        thread.see(seconds=600)
    assert thread.totals().minutes == 10


def test_another_day_is_counted(thread: Thread, monkeypatch: pytest.MonkeyPatch) -> None:
    thread.see()
    later = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    for _ in range(2):
        thread.see()
    assert thread.totals().days_visited == 2


def test_post_that_readers_do_not_see_leaves_no_trace(thread: Thread) -> None:
    with transaction():
        db.session.execute(update(Post).values(state=PostState.HIDDEN))
    thread.see(*thread.comments)
    assert (thread.place(), thread.totals()) == (None, queries.Totals())


def test_comments_of_other_posts_are_left_aside(thread: Thread) -> None:
    elsewhere = factories.comment(thread.writer, factories.post(), "0000")
    thread.see(elsewhere)
    assert thread.totals().comments_read == 0
