"""Versions of a post and what changed between them."""

from __future__ import annotations

import time

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from forum.kernel.access import ANONYMOUS, Role
from forum.kernel.db import db, transaction
from forum.posts import commands, queries
from forum.posts.differences import MAX_WORDS, Change, Piece, differences
from forum.posts.errors import NoSuchPost
from forum.posts.models import PostRevision
from tests import factories
from tests.posts.drafting import ago, edit, publish, row, save, save_again, send

SAME, ADDED, REMOVED = Change.SAME, Change.ADDED, Change.REMOVED


def test_changed_words_are_told_apart() -> None:
    assert differences("We sent 4,000 letters.", "We sent 5,000 plain letters.") == (
        Piece(SAME, "We sent "), Piece(REMOVED, "4,000"), Piece(ADDED, "5,000 plain"), Piece(SAME, " letters."),
    )  # fmt: skip


def test_marks_between_changed_words_are_read_with_them() -> None:
    assert differences("Ask three, four, and five.", "Ask six, seven, and five.") == (
        Piece(SAME, "Ask "), Piece(REMOVED, "three, four"), Piece(ADDED, "six, seven"), Piece(SAME, ", and five."),
    )  # fmt: skip


def test_passage_that_has_little_in_common_is_shown_whole() -> None:
    old, new = "A picture of it.\n", "Then all of the letters went out again.\n"
    assert differences(f"Same.\n{old}", f"Same.\n{new}") == (
        Piece(SAME, "Same.\n"), Piece(REMOVED, old), Piece(ADDED, new),
    )  # fmt: skip


def test_lines_that_stay_are_not_touched() -> None:
    pieces = differences("one\ntwo\nthree\n", "one\nthree\nfour\n")
    assert pieces == (
        Piece(SAME, "one\n"), Piece(REMOVED, "two\n"), Piece(SAME, "three\n"), Piece(ADDED, "four\n"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "kinds"), [("", "", []), ("a", "a", [SAME]), ("", "a", [ADDED]), ("a", "", [REMOVED])]
)
def test_nothing_and_everything(old: str, new: str, kinds: list[Change]) -> None:
    assert [piece.change for piece in differences(old, new)] == kinds


@given(st.text(alphabet="ab \n", max_size=80), st.text(alphabet="ab \n", max_size=80))
def test_pieces_give_both_texts_back(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert "".join(piece.text for piece in pieces if piece.change != ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.change != REMOVED) == new
    assert all(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 16_000, "b a " * 8_000),
        ("a\n" * 8_000, "b\na\n" * 8_000),
        (" ".join(map(str, range(6_000))), " ".join(map(str, range(6_000, 0, -1)))),
        ("ab " * MAX_WORDS, "ba " * MAX_WORDS),
        ("\n".join("x y " * 9 for _ in range(800)), "\n".join("y x " * 9 for _ in range(800))),
    ],
)
def test_comparing_takes_less_than_a_second(old: str, new: str) -> None:
    started = time.process_time()
    pieces = differences(old, new)
    assert time.process_time() - started < 1
    assert "".join(piece.text for piece in pieces if piece.change != REMOVED) == new


def test_history_lists_versions_newest_first(app: Flask) -> None:
    member = factories.member("anna")
    post_id = publish(factories.actor(member), source="one")
    for source in ("two", "three"):
        edit(factories.actor(member), post_id, source=source)
    history = queries.page_of_revisions(post_id)
    assert [(version.number, version.editor.username) for version in history.versions] == [
        (3, "anna"),
        (2, "anna"),
        (1, "anna"),
    ]
    assert history.comparison is not None
    assert (history.comparison.number, history.comparison.body) == (3, (Piece(REMOVED, "two"), Piece(ADDED, "three")))


def test_history_compares_the_chosen_version(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna, title="One", source="one")
    edit(anna, post_id, title="Two", source="one")
    edit(anna, post_id, title="Two", source="three")
    shown = queries.page_of_revisions(post_id, chosen=2).comparison
    assert shown is not None
    assert (shown.title, shown.body, shown.is_first) == (
        (Piece(REMOVED, "One"), Piece(ADDED, "Two")), (Piece(SAME, "one"),), False,
    )  # fmt: skip


def test_history_begins_with_its_first_version(app: Flask) -> None:
    post_id = publish(factories.actor(factories.member()), source="one")
    shown = queries.page_of_revisions(post_id, chosen=1).comparison
    assert shown is not None
    assert (shown.is_first, shown.body) == (True, (Piece(ADDED, "one"),))


@pytest.mark.parametrize("chosen", [9, 10**30])
def test_history_has_no_other_version(app: Flask, chosen: int) -> None:
    post_id = publish(factories.actor(factories.member()))
    assert queries.page_of_revisions(post_id, chosen=chosen).comparison is None


def test_history_goes_by_pages(app: Flask) -> None:
    author = factories.member()
    post = factories.post(author)
    with transaction() as session:
        for number in range(1, 63):
            session.add(
                PostRevision(post_id=post.id, number=number, title="t", standfirst="", source=str(number),
                             editor_id=author.id, created_at=post.published_at)
            )  # fmt: skip
    first = queries.page_of_revisions(post.id, factories.actor(author))
    second = queries.page_of_revisions(post.id, factories.actor(author), after=first.older)
    assert [first.versions[0].number, first.versions[-1].number, second.versions[0].number] == [62, 33, 32]


def test_words_of_a_draft_are_nobodys(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = save(anna, source="A secret")
    save_again(anna, post_id, source="Still a secret")
    send(anna, post_id, source="Public")
    assert [one.source for one in db.session.query(PostRevision)] == ["Public"]


def test_words_from_before_publication_stay_with_author_and_moderators(app: Flask) -> None:
    author = factories.member()
    post = factories.post(author, published_at=ago(hours=1), revision=3)
    with transaction() as session:
        for number, hours, source in ((1, 3, "secret"), (2, 2, "as published"), (3, 0, "edited")):
            session.add(
                PostRevision(post_id=post.id, number=number, title="t", standfirst="", source=source,
                             editor_id=author.id, created_at=ago(hours=hours))
            )  # fmt: skip
    moderator = factories.actor(factories.member(role=Role.MODERATOR))
    seen = [
        len(queries.page_of_revisions(post.id, who).versions) for who in (ANONYMOUS, moderator, factories.actor(author))
    ]
    assert seen == [2, 3, 3]
    assert queries.page_of_revisions(post.id, chosen=1).comparison is None
    first = queries.page_of_revisions(post.id, chosen=2).comparison
    assert first is not None
    assert (first.is_first, first.body) == (True, (Piece(ADDED, "as published"),))


def test_history_of_a_withdrawn_post_is_its_authors(app: Flask) -> None:
    anna = factories.actor(factories.member())
    post_id = publish(anna)
    with transaction():
        commands.withdraw(anna, post_id)
    with pytest.raises(NoSuchPost):
        queries.page_of_revisions(post_id)
    assert queries.page_of_revisions(post_id, anna).title == row(post_id).title
