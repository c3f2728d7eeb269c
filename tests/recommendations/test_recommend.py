"""One member, one text, once: whatever is pressed how often, and by how many at the same moment."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.kernel.access import MemberState
from forum.kernel.db import db, transaction
from forum.posts.models import Post
from forum.recommendations import queries
from forum.recommendations.models import CommentRecommendation
from tests import factories
from tests.parallel import at_once
from tests.web import Page, Web


@pytest.fixture
def comment(app: Flask) -> Comment:
    made: Comment = factories.comment(factories.member(), factories.post(), "0000")
    return made


def press(web: Web, path: str, value: str = "on") -> Page:
    token = web.get("/posts/new").form("/posts/new")["csrf_token"][0]
    return web.post(path, {"csrf_token": token, "value": value})


def count_of(comment: Comment) -> tuple[int, int]:
    """The counter, and the rows it counts."""
    db.session.rollback()
    stored = db.session.scalar(select(Comment.recommendation_count).where(Comment.id == comment.id))
    rows = db.session.scalar(select(func.count()).select_from(CommentRecommendation))
    return stored or 0, rows or 0


def test_comment_recommended_leads_back_to_it(web: Web, comment: Comment) -> None:
    page = press(web.sign_in(factories.member()), f"/comments/{comment.id}/recommend")
    assert (page.status, page.response.headers["Location"]) == (303, f"/comments/{comment.id}")
    assert count_of(comment) == (1, 1)


def test_comment_recommended_twice_counts_once_and_can_be_taken_back(web: Web, comment: Comment) -> None:
    web.sign_in(factories.member())
    counts = []
    for value in ("on", "on", "off", "off"):
        press(web, f"/comments/{comment.id}/recommend", value)
        counts.append(count_of(comment))
    assert counts == [(1, 1), (1, 1), (0, 0), (0, 0)]


def test_post_recommended_counts(web: Web) -> None:
    post, member = factories.post(), factories.member()
    press(web.sign_in(member), f"/posts/{post.id}/recommend")
    assert db.session.scalar(select(Post.recommendation_count).where(Post.id == post.id)) == 1
    assert queries.marks_of(member.id, post.id) == (True, frozenset())


def test_own_text_is_refused(web: Web, comment: Comment) -> None:
    author = db.session.get_one(Member, comment.author_id)
    page = press(web.sign_in(author), f"/comments/{comment.id}/recommend")
    assert (page.status, count_of(comment)) == (403, (0, 0))


def test_unconfirmed_member_is_refused(web: Web, comment: Comment) -> None:
    web.sign_in(factories.member(state=MemberState.UNCONFIRMED))
    page = press(web, f"/comments/{comment.id}/recommend")
    assert (page.status, count_of(comment)) == (403, (0, 0))


def test_removed_comment_is_refused(web: Web, comment: Comment) -> None:
    web.sign_in(factories.member())
    with transaction() as session:
        session.get_one(Comment, comment.id).state = "removed"
    assert press(web, f"/comments/{comment.id}/recommend").status == 409


def test_comment_that_is_not_there_is_not_found(web: Web) -> None:
    web.sign_in(factories.member())
    assert [press(web, f"/comments/{number}/recommend").status for number in (1, 10**30)] == [404, 404]


def test_value_that_means_nothing_is_refused(web: Web, comment: Comment) -> None:
    web.sign_in(factories.member())
    assert press(web, f"/comments/{comment.id}/recommend", "maybe").status == 422


def test_reader_is_asked_to_sign_in(web: Web, comment: Comment) -> None:
    assert web.post(f"/comments/{comment.id}/recommend", {"value": "on"}).status == 401


@pytest.mark.drill
def test_hundred_members_at_once_count_exactly(app: Flask, comment: Comment) -> None:
    visitors = [Web(app).sign_in(factories.member()) for _ in range(100)]
    pages = at_once(app, lambda one: press(one, f"/comments/{comment.id}/recommend"), visitors)
    assert {page.status for page in pages} == {303}
    assert count_of(comment) == (100, 100)


@pytest.mark.drill
def test_one_member_hundred_times_at_once_counts_once(app: Flask, comment: Comment) -> None:
    member = factories.member()
    visitors = [Web(app).sign_in(member) for _ in range(100)]
    at_once(app, lambda one: press(one, f"/comments/{comment.id}/recommend"), visitors)
    assert count_of(comment) == (1, 1)
