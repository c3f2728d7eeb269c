"""The index follows what happens, whoever does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from forum.accounts.models import Member
from forum.comments.models import Comment, CommentState
from forum.kernel import clock
from forum.kernel.access import ANONYMOUS, MemberState
from forum.kernel.db import db, transaction
from forum.organisations.models import Organisation
from forum.posts.models import Post, PostState, PostTopic
from forum.search import rebuild
from forum.search.index import engine
from forum.search.models import SearchChange
from forum.search.queries import page_of_results
from forum.search.sync import Writer
from forum.search.wish import Wish
from forum.topics.models import Topic
from tests import factories
from tests.search.finding import comment, find, post, settle, titles


def change(model: Any, **values: Any) -> None:
    """As an operator's own SQL would, past every command."""
    with transaction() as session:
        session.execute(update(model).values(**values))


@pytest.fixture
def discussion(app: Flask) -> Post:
    made = post("Quay walls", "The walls are of brick.", factories.member("nkechi", name="Nkechi Obiora"))
    comment(made, "Ours are of basalt.", factories.member("joost", name="Joost Visser"))
    settle()
    return made


def test_new_words_replace_old_ones(discussion: Post) -> None:
    change(Post, title="Weirs", html="<p>They are of steel.</p>")
    assert (titles(find("steel")), titles(find("brick"))) == (["Weirs"], [])


CHANGES: dict[str, Callable[[], None]] = {
    "hidden post": lambda: change(Post, state=PostState.HIDDEN),
    "removed post": lambda: change(Post, state=PostState.REMOVED),
    "withdrawn post": lambda: change(Post, state=PostState.WITHDRAWN),
    "hidden comment": lambda: change(Comment, state=CommentState.HIDDEN),
    "removed comment": lambda: change(Comment, state=CommentState.REMOVED),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_taken_away_is_not_counted_from_that_moment_on(discussion: Post, name: str) -> None:
    CHANGES[name]()
    before = page_of_results(Wish("basalt"), ANONYMOUS)
    assert (before.total, before.results) == (0, ())
    assert (find("basalt").total, find("basalt").second) == (0, None)


def test_what_comes_back_is_found_again(discussion: Post) -> None:
    change(Post, state=PostState.HIDDEN)
    assert titles(find("basalt")) == []
    change(Post, state=PostState.PUBLISHED)
    assert titles(find("basalt")) == ["Quay walls"]


def test_renamed_member_is_found_by_the_new_name_only(discussion: Post) -> None:
    with transaction() as session:
        session.execute(update(Member).where(Member.username == "joost").values(name="Wilma Bakker"))
    assert (titles(find("visser")), titles(find("wilma basalt"))) == ([], ["Quay walls"])


def test_erased_member_leaves_no_name(discussion: Post) -> None:
    with transaction() as session:
        session.execute(update(Member).where(Member.username == "joost").values(state=MemberState.ERASED))
    assert (titles(find("visser")), titles(find("basalt"))) == ([], ["Quay walls"])


def test_renamed_organisation_and_topic_are_found_under_their_new_names(app: Flask) -> None:
    organisation, topic = factories.organisation("delft"), factories.topic("water")
    post("Pumps", under=topic, organisation_id=organisation.id)
    settle()
    change(Organisation, name="Leiden")
    change(Topic, name="Groundwork")
    assert [find(word, kind="post").total for word in ("delft", "water", "leiden", "groundwork")] == [0, 0, 1, 1]


def test_moved_post_takes_its_comments_along(discussion: Post) -> None:
    other = factories.topic("harbour")
    with transaction() as session:
        session.execute(update(PostTopic).values(topic_id=other.id))
    found = find("", topic="harbour")
    assert (found.total, sorted(titles(found))) == (3, ["Harbour", "Quay walls"])


def test_deleted_rows_are_forgotten(discussion: Post) -> None:
    with transaction() as session:
        session.execute(delete(Comment))
    assert titles(find("basalt")) == []


def test_settled_index_keeps_no_changes(discussion: Post) -> None:
    assert db.session.scalar(select(func.count()).select_from(SearchChange)) == 0


def _make_a_topic_and_fail() -> None:
    with transaction() as session:
        session.add(Topic(slug="water", name="Water", created_at=clock.now()))
        session.flush()
        raise RuntimeError


def test_rolled_back_change_is_never_told(app: Flask) -> None:
    settle()
    with pytest.raises(RuntimeError):
        _make_a_topic_and_fail()
    assert db.session.scalar(select(func.count()).select_from(SearchChange)) == 0


def test_rebuilt_index_has_what_changed_meanwhile(discussion: Post) -> None:
    engine().begin()
    change(Post, title="Weirs")
    settle()
    rebuild.build(lambda _: None)
    assert (titles(find("weirs")), titles(find("basalt"))) == (["Weirs"], ["Weirs"])
    assert db.session.scalar(select(func.count()).select_from(SearchChange)) == 0


def test_stopped_rebuild_goes_on_with_nothing_twice(discussion: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild, "PIECE", 1)
    for _ in range(20):
        if not engine().is_building() and _:
            break
        rebuild.build_for(0)
    assert (find("basalt").total, engine().is_building(), engine().state().documents) == (1, False, 5)


def test_rebuild_killed_before_it_noted_how_far_it_was_has_nothing_twice(
    app: Flask, discussion: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It adds for a while, and notes it afterwards: whoever goes on adds the same again."""
    monkeypatch.setattr(rebuild, "PIECE", 1)
    rebuild.build_for(0)
    note = app.extensions["settings"].data_dir / "search" / "build.json"
    before = note.read_text() if engine().name == "whoosh" else ""
    pieces = iter((True, True, False))
    with engine().building() as build:
        rebuild._go_on(build, lambda: next(pieces), lambda _: None)
    if before:
        note.write_text(before)
    rebuild.build(lambda _: None)
    assert (find("basalt").total, engine().state().documents) == (1, 5)


def test_bulk_work_asks_for_a_new_index(discussion: Post) -> None:
    with transaction():
        rebuild.rebuild_soon()
    settle()
    assert engine().is_building()
    Writer().run()
    assert (engine().is_building(), find("basalt").total) == (False, 1)
