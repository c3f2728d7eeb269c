"""What a page of a thread says beside its rows: what is above, what was cut, whom a reply answers. And its cost."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from forum.comments.errors import NoSuchComment
from forum.comments.models import CommentState
from forum.comments.queries import Sort, page_of_thread
from forum.kernel.db import db
from forum.kernel.ids import CommentId, PostId
from forum.posts.models import Post
from tests import factories
from tests.comments.test_thread import backward, forward, ids_on, thread
from tests.comments.threads import grow, shape
from tests.statements import counted

# A root, a reply with sixty replies, and another root.
BUSH = [None, 0, *[1] * 60, None]


def bush() -> tuple[Post, list[CommentId]]:
    post: Post = factories.post()
    return post, [CommentId(one) for one in grow(post, [factories.member()], shape(BUSH))]


@pytest.mark.parametrize("sort", list(Sort))
def test_page_that_begins_in_a_branch_has_what_is_above(app: Flask, sort: Sort) -> None:
    post, ids = bush()
    pages = (page_of_thread(post.id, sort, after=ids[40]), page_of_thread(post.id, sort, before=ids[61]))
    assert [[row.id for row in page.context] for page in pages] == [ids[:2], ids[:2]]


def test_page_that_begins_at_the_top_has_nothing_above(app: Flask) -> None:
    post, ids = bush()
    assert page_of_thread(post.id).context == page_of_thread(post.id, after=ids[61]).context == ()


def test_branch_has_itself_above_and_its_replies_below(app: Flask) -> None:
    post, ids = bush()
    pages = forward(post, branch=ids[1])
    assert [[row.id for row in page.context] for page in pages] == [[ids[1]], [ids[1]]]
    assert ids_on(pages) == ids_on(backward(post, branch=ids[1])) == ids[2:-1]


def test_branch_shows_all_levels(app: Flask) -> None:
    post = factories.post()
    ids = grow(post, [factories.member()], shape([None, *range(9)]))
    page = page_of_thread(post.id, branch=CommentId(ids[4]))
    assert [row.id for row in page.rows] == ids[5:]
    assert page.cut == frozenset()


def test_page_says_whose_replies_were_cut(app: Flask) -> None:
    post = factories.post()
    ids = grow(post, [factories.member()], shape([None, *range(9)]))
    page = page_of_thread(post.id)
    assert [row.id for row in page.rows] == ids[:5]
    assert page.cut == {ids[4]}
    assert page.rows[-1].reply_count == 5


def test_branch_without_replies_shows_itself(app: Flask) -> None:
    post, ids = bush()
    page = page_of_thread(post.id, branch=ids[-1])
    assert ([row.id for row in page.context], page.rows) == ([ids[-1]], ())


def test_branch_of_another_post_is_not_found(app: Flask) -> None:
    _, ids = bush()
    for wrong in (factories.post().id, PostId(99999)):
        with pytest.raises(NoSuchComment):
            page_of_thread(wrong, branch=ids[0])


@pytest.mark.parametrize("sort", list(Sort))
def test_place_that_is_not_there_gives_the_first_page(app: Flask, sort: Sort) -> None:
    post, _ = bush()
    first = page_of_thread(post.id, sort)
    elsewhere = CommentId(grow(factories.post(), [factories.member()], shape([None]))[0])
    for wrong in (elsewhere, CommentId(10**17), CommentId(0)):
        assert page_of_thread(post.id, sort, after=wrong).rows == first.rows
        assert page_of_thread(post.id, sort, before=wrong).rows == first.rows


def test_flags_say_where_the_page_is(app: Flask) -> None:
    post, _, _ = thread(120, 1.0)
    pages = forward(post)
    assert [(page.is_first, page.is_last) for page in pages] == [(True, False), (False, False), (False, True)]
    assert [page.before is None for page in pages] == [True, False, False]
    assert page_of_thread(post.id, last=True).is_last


def test_deep_reply_says_whom_it_answers(app: Flask) -> None:
    post, authors = factories.post(), [factories.member(f"member-{n}", name=f"Name {n}") for n in range(6)]
    grow(post, authors, shape([None, 0, 1, 2, 3]))
    assert [row.to_name for row in page_of_thread(post.id).rows] == ["", "", "", "", "Name 3"]


def test_placeholder_hides_its_author_from_those_who_answer_it(app: Flask) -> None:
    post, nodes = factories.post(), shape([None, 0, 1, 2, 3])
    nodes[3].state = CommentState.WITHDRAWN
    grow(post, [factories.member()], nodes)
    assert [row.to_name for row in page_of_thread(post.id).rows] == ["", "", "", "", ""]


def test_replies_below_a_hidden_comment_are_in_every_order(app: Flask) -> None:
    post, nodes = factories.post(), shape([None, 0, None])
    nodes[0].state = CommentState.HIDDEN
    ids = grow(post, [factories.member()], nodes)
    orders = [[row.id for row in page_of_thread(post.id, sort).rows] for sort in Sort]
    assert orders == [[ids[1], ids[2]], [ids[2], ids[1]], [ids[2], ids[1]]]


@pytest.mark.parametrize("sort", list(Sort))
def test_statements_do_not_grow_with_the_thread(app: Flask, sort: Sort) -> None:
    first = 1 if sort is Sort.OLDEST else 2
    for count, tops in ((60, 0.4), (900, 0.2)):
        post, _, ids = thread(count, tops)
        middle = CommentId(ids[count // 2])
        assert _cost(app, post, sort) == first
        assert _cost(app, post, sort, after=middle) <= 2
        assert _cost(app, post, sort, before=middle) <= 3
        assert _cost(app, post, sort, last=True) <= 3


def _cost(app: Flask, post: Post, sort: Sort, **place: Any) -> int:
    post_id = post.id
    with counted(app) as statements:
        page_of_thread(post_id, sort, **place)
    return len(statements)


@pytest.mark.parametrize("installed", ["sqlite"], indirect=True, scope="session")
@pytest.mark.parametrize("sort", list(Sort))
def test_thread_is_read_by_its_indexes(app: Flask, sort: Sort) -> None:
    """PostgreSQL reads a table of 300 rows whole, and is right."""
    post, _, ids = thread(300, 0.4)
    with counted(app) as statements:
        page_of_thread(post.id, sort, after=CommentId(ids[100]))
    plans = [row.detail for one in statements for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {_filled(one)}"))]
    assert [plan for plan in plans if plan.startswith("SCAN comments")] == []
    assert any("ix_comments_on_pages (post_id=? AND path>?" in plan for plan in plans)


def _filled(statement: str) -> str:
    return statement.replace("?", "1")
