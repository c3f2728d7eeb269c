"""What an open page asks: little, answered before the application, and 304 while nothing changed."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import update

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.notifications.models import Notification
from forum.posts.models import Post
from tests import factories
from tests.statements import counted
from tests.web import Page, Web


@pytest.fixture
def post(app: Flask) -> Post:
    made: Post = factories.post(slug="quay")
    factories.comment(factories.member(), made, "0000")
    return made


def ask(web: Web, post: Post, since: int | None = None, etag: str = "") -> Page:
    query = f"?since={since}" if since is not None else ""
    return web.get(f"/live/posts/{post.id}{query}", headers={"If-None-Match": etag} if etag else {})


def told(page: Page) -> dict[str, int]:
    found: dict[str, int] = json.loads(page.text)
    return found


def test_new_comments_are_counted_from_where_the_page_is(web: Web, post: Post) -> None:
    newest = told(ask(web, post))["newest"]
    later = factories.comment(factories.member(), post, "0001")
    news = told(ask(web, post, since=newest))
    assert (news["new"], news["first"], news["newest"]) == (1, later.id, later.id)


def test_unchanged_page_is_answered_without_a_body(web: Web, post: Post) -> None:
    etag = ask(web, post).response.headers["ETag"]
    again = ask(web, post, etag=etag)
    assert (again.status, again.text) == (304, "")


def test_change_is_told_at_the_next_question(web: Web, post: Post) -> None:
    etag = ask(web, post).response.headers["ETag"]
    factories.comment(factories.member(), post, "0001")
    assert ask(web, post, etag=etag).status == 200


def test_application_is_asked_nothing(web: Web, post: Post) -> None:
    with counted(web.app) as made:
        ask(web, post)
    assert made == []


def test_own_and_hidden_comments_are_not_news(web: Web, post: Post) -> None:
    reader: Member = factories.member()
    web.sign_in(reader)
    newest = told(ask(web, post))["newest"]
    factories.comment(reader, post, "0001")
    factories.comment(factories.member(), post, "0002", state="hidden")
    assert told(ask(web, post, since=newest))["new"] == 0


def test_comment_hidden_since_is_no_longer_news(web: Web, post: Post) -> None:
    newest = told(ask(web, post))["newest"]
    later = factories.comment(factories.member(), post, "0001")
    with transaction():
        db.session.execute(update(Comment).where(Comment.id == later.id).values(state="removed"))
    assert told(ask(web, post, since=newest))["new"] == 0


def test_member_hears_how_many_updates_wait(web: Web, post: Post) -> None:
    reader: Member = factories.member()
    web.sign_in(reader)
    etag = ask(web, post).response.headers["ETag"]
    with transaction() as session:
        session.add(
            Notification(
                member_id=reader.id,
                kind="post",
                source="x",
                thread="x",
                channel="site",
                at=clock.now(),
                post_id=post.id,
            )
        )
    assert (told(ask(web, post, etag=etag))["updates"], told(web.get("/live"))) == (1, {"updates": 1})


def test_signed_out_reader_hears_nothing_of_updates(web: Web, post: Post) -> None:
    assert ("updates" in told(ask(web, post)), told(web.get("/live"))) == (False, {})


@pytest.mark.parametrize("state", ["draft", "hidden", "removed", "withdrawn"])
def test_post_that_readers_do_not_see_tells_nothing(web: Web, state: str) -> None:
    answer = ask(web, factories.post(state=state))
    assert (answer.status, answer.text) == (404, "{}")


@pytest.mark.parametrize("path", ["/live/posts/999999", "/live/posts/0", "/live/posts/999999999999999999"])
def test_unknown_post_is_not_found(web: Web, path: str) -> None:
    assert web.get(path).status == 404


@pytest.mark.parametrize("since", ["x", "-1", "1e9", "9" * 30, "%00"])
def test_place_that_means_nothing_is_left_aside(web: Web, post: Post, since: str) -> None:
    assert told(web.get(f"/live/posts/{post.id}?since={since}"))["new"] == 0


def test_answers_carry_the_headers_of_every_answer(web: Web, post: Post) -> None:
    headers = ask(web, post).response.headers
    assert ("Content-Security-Policy" in headers, headers["Cache-Control"]) == (True, "private, no-cache")
